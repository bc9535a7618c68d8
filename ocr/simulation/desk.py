"""Who writes on a sheet, with what, and where there is room beside the answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from form_templates.model import FieldSpec, Region, Signer, TemplatePage
from ocr.simulation.digits import DigitImages, paste_digit, write_digit
from ocr.simulation.hand import Hand, make_hand
from ocr.simulation.letters import list_typefaces, write_letter
from ocr.simulation.pen import Pen, Picture, choose_pen, draw_strokes
from ocr.simulation.strokes import Stroke
from ocr.simulation.styles import Style

_NO_SIGNING = "pencil"


@dataclass(frozen=True, slots=True)
class Scribe:
    """A person with a pen."""

    hand: Hand
    pen: Pen


@dataclass(frozen=True, slots=True)
class Desk:
    """The people at the table, and what the caller lends them."""

    agent: Scribe
    """Writes everything but the other side's signatures."""
    representative: Scribe
    digit_images: DigitImages = field(default_factory=dict)
    """Real digits to write instead of strokes, where there are any."""
    fonts: tuple[Path, ...] = field(default_factory=list_typefaces)
    """Whose letters the hand imitates, and what an office types with."""

    def signer(self, who: Signer) -> Scribe:
        """The person who signs as `who`."""
        return self.representative if who is Signer.REPRESENTATIVE else self.agent


def seat_people(seed: int, style: Style, lent: DigitImages | None = None) -> Desk:
    """Two people with hands and pens of their own; now and then they share a pen."""
    rng = np.random.default_rng([seed, 1])
    agent = Scribe(make_hand(rng, style), choose_pen(rng, style))
    shares_pen = rng.random() < 0.4 and agent.pen.kind != _NO_SIGNING
    signing = agent.pen if shares_pen else _choose_signing_pen(rng, style)
    other = Scribe(make_hand(rng, style), signing)
    return Desk(agent, other, lent or {}, list_typefaces(style))


def _choose_signing_pen(rng: np.random.Generator, style: Style) -> Pen:
    """Any pen but a pencil: nobody lets a paper be signed with one."""
    pen = choose_pen(rng, style)
    while pen.kind == _NO_SIGNING:
        pen = choose_pen(rng, style)
    return pen


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper under the pen."""

    picture: Picture
    px_per_mm: float
    page: TemplatePage
    signed: set[Region] = field(default_factory=set)
    """Signature places that are used: fields of one row may share them."""

    def cut(self, region: Region) -> Picture:
        """The part of the picture that shows a region; what lies outside is left out."""
        scale = self.px_per_mm
        height, width = self.picture.shape[:2]
        top, bottom = (
            np.clip(round(y * scale), 0, height) for y in (region.y_mm, region.bottom_mm)
        )
        left, right = (np.clip(round(x * scale), 0, width) for x in (region.x_mm, region.right_mm))
        return self.picture[top : max(bottom, top + 1), left : max(right, left + 1)]

    def draw(self, scribe: Scribe, strokes: Iterable[Stroke], rng: np.random.Generator) -> None:
        """Leaves the strokes on the sheet in the scribe's ink."""
        draw_strokes(self.picture, strokes, scribe.pen, self.px_per_mm, rng)

    def write_character(
        self, desk: Desk, scribe: Scribe, character: str, cell: Region, rng: np.random.Generator
    ) -> None:
        """Leaves one character in a cell; nothing for a space."""
        images = desk.digit_images.get(character)
        if images is not None:
            image = images[int(rng.integers(len(images)))]
            paste_digit(self.picture, image, cell, scribe.pen, scribe.hand, self.px_per_mm, rng)
        elif character in "0123456789":
            self.draw(scribe, write_digit(scribe.hand, character, cell, rng), rng)
        else:
            strokes = write_letter(scribe.hand, character, cell, rng, desk.fonts)
            self.draw(scribe, strokes, rng)

    def write_characters(
        self, desk: Desk, characters: str, cells: Iterable[Region], rng: np.random.Generator
    ) -> None:
        """Leaves one character a cell in the agent's hand."""
        for character, cell in zip(characters, cells, strict=False):
            self.write_character(desk, desk.agent, character, cell, rng)


def list_places(page: TemplatePage) -> Iterator[Region]:
    """Every place on the page that is meant for ink."""
    yield from page.free
    for spec in page.fields:
        yield from spec.places
        yield from (spec.correction_signatures or {}).values()


def find_room(sheet: Sheet, spec: FieldSpec, width_mm: float, height_mm: float) -> Region:
    """A place beside the answer that is meant for nothing else, and as white as can be.

    It is nearer to this answer than to any other: paper does not say more of whose it is.
    """
    home = spec.region
    lefts = (home.right_mm + 2, home.x_mm, home.x_mm - width_mm - 2, home.right_mm - width_mm)
    tops = (home.y_mm, home.y_mm - height_mm - 0.5, home.bottom_mm + 0.5)
    rooms = [Region(x, y, width_mm, height_mm) for y in tops for x in lefts]
    margin = 8.0
    places = list(list_places(sheet.page))
    others = [place for other in sheet.page.fields if other != spec for place in other.places]

    def crowding(room: Region) -> float:
        outside = room.x_mm < margin or room.right_mm > sheet.page.width_mm - margin
        own = min(room.gap_to(place) for place in spec.places)
        foreign = any(room.gap_to(place) < own for place in others)
        taken = 100.0 * sum(_share(room, place) for place in places)
        white = float((255 - sheet.cut(room)).mean())
        return 100_000.0 * outside + taken + 500.0 * foreign + white

    return min(rooms, key=crowding)


def _share(room: Region, place: Region) -> float:
    """The area that both cover, in square mm."""
    width = min(room.right_mm, place.right_mm) - max(room.x_mm, place.x_mm)
    height = min(room.bottom_mm, place.bottom_mm) - max(room.y_mm, place.y_mm)
    return max(0.0, width) * max(0.0, height)


Roles = Mapping[str, tuple[str, ...]]
"""Role -> codes (marks), or role -> one writing (cells)."""
