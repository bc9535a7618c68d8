"""Cells of which a person said what stands in them: what a network may learn a hand from.

Kept as single cells in an order of chance, so that no name and no number can be put
together again; each knows only the tenth part of the documents that its own is of,
so that no document is both learned from and checked with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec
from ocr.alignment import lay_over, shows_blank
from ocr.cell_rows import cut_cells
from ocr.inked_page import InkedPage, find_ink
from ocr.page_sizes import shrink_page
from ocr.placement import Unregistered
from ocr.references import Reference
from ocr.registration import register_page

PARTS = 10
"""Of the documents; the last two check."""
_FRAME_MM = 0.5
"""Of a cell: its printed border."""


@dataclass(frozen=True, slots=True)
class NamedCells:
    """Crops with the character that stands in each."""

    crops: NDArray[np.uint8]
    """N x height x width, grey, as the reader cuts them."""
    characters: NDArray[np.str_]
    parts: NDArray[np.int64]
    """Which part of the documents each is of, 0 to PARTS - 1."""

    def __post_init__(self) -> None:
        if not len(self.crops) == len(self.characters) == len(self.parts):
            raise ValueError("each crop has one character and one part")

    def __len__(self) -> int:
        return len(self.characters)

    def pick(self, places: NDArray[np.bool_ | np.int64]) -> "NamedCells":
        """Some of the cells, or all in another order."""
        return NamedCells(self.crops[places], self.characters[places], self.parts[places])


def lay_on_blank(pixels: NDArray[np.uint8], reference: Reference) -> InkedPage | None:
    """A decoded page, ready to be cut; None where it cannot be laid straight."""
    page = register_page(pixels)
    if isinstance(page, Unregistered):
        return None
    aligned = lay_over(page, reference.ready.tiles)
    if not shows_blank(aligned):
        return None
    return find_ink(aligned, reference, shrink_page(aligned.grey))


def cut_named_cells(
    inked: InkedPage, spec: FieldSpec, text: str
) -> tuple[NDArray[np.uint8], str] | None:
    """The crops of an answer's cells and their characters.

    None where ink and text do not stand in the same cells: then nobody knows which is which.
    """
    inked_at = [i for i, cell in enumerate(spec.cells) if inked.has_ink(cell.grown(-_FRAME_MM))]
    meant_at = [i for i, character in enumerate(text) if not character.isspace()]
    if not meant_at or len(inked_at) != len(meant_at):
        return None
    if {a - b for a, b in zip(inked_at, meant_at, strict=True)} != {inked_at[0] - meant_at[0]}:
        return None
    crops = cut_cells(inked.page, [spec.cells[i] for i in inked_at])
    return crops, "".join(text[i] for i in meant_at)


def join_cells(
    answers: Sequence[tuple[NDArray[np.uint8], str, int]], rng: np.random.Generator
) -> NamedCells:
    """The cells of many answers (crops, characters, part of the documents), well mixed."""
    if not answers:
        empty = np.zeros(0, np.int64)
        return NamedCells(np.zeros((0, 1, 1), np.uint8), empty.astype(np.str_), empty)
    crops, texts, parts = zip(*answers, strict=True)
    named = NamedCells(
        np.concatenate(crops),
        np.array([character for text in texts for character in text]),
        np.repeat(np.array(parts, np.int64), [len(text) for text in texts]),
    )
    return named.pick(rng.permutation(len(named)))


def write_named_cells(cells: NamedCells, path: Path) -> None:
    """Keep the cells in a file of numpy's."""
    np.savez_compressed(path, crops=cells.crops, characters=cells.characters, parts=cells.parts)


def read_named_cells(path: Path) -> NamedCells:
    """The cells of a file; raises OSError where there is none."""
    with np.load(path, allow_pickle=False) as kept:
        return NamedCells(kept["crops"], kept["characters"], kept["parts"])
