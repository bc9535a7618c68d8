"""What the reader works out about a blank once, for all the pages that are laid over it."""

from dataclasses import dataclass

from ocr.alignment import BlankTiles, prepare_tiles, shrink_half
from ocr.blank_map import BlankMap, map_blank
from ocr.frame import Grey
from ocr.ink import BlankPrint, study_print
from ocr.packing import PackedPicture, pack_picture
from ocr.tiles import Tiles


@dataclass(frozen=True, slots=True)
class ReadyBlank:
    """All that depends on the blank alone."""

    tiles: BlankTiles
    map: BlankMap
    print: BlankPrint

    @property
    def half(self) -> Grey:
        """The blank at half the frame's scale."""
        return self.tiles.sizes[0]


@dataclass(frozen=True, slots=True)
class PackedBlank:
    """A blank with what was worked out about it, in little memory."""

    picture: PackedPicture
    half: PackedPicture
    pulls: Tiles
    map: BlankMap
    print: BlankPrint

    def make_ready(self) -> ReadyBlank:
        """What was packed, for one page to be read."""
        tiles = BlankTiles(shrink_half(self.half.unpack()), self.pulls)
        return ReadyBlank(tiles, self.map, self.print)


def prepare_blank(blank: Grey) -> ReadyBlank:
    """Work out what depends on the blank alone."""
    return ReadyBlank(prepare_tiles(blank), map_blank(blank), study_print(blank))


def pack_blank(blank: Grey) -> PackedBlank:
    """Work it out and make it small."""
    ready = prepare_blank(blank)
    half, pulls = pack_picture(ready.half), ready.tiles.pulls
    return PackedBlank(pack_picture(blank), half, pulls, ready.map, ready.print)
