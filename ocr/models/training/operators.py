"""What operators read in the cells of their agency, to learn its hands from.

`blanki training export FOLDER` writes it. No torch is needed here.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.cells import prepare_crops
from ocr.models.training.dataset import Cells
from ocr.named_cells import PARTS, read_named_cells

_log = logging.getLogger(__name__)
_CHECKING = 2
"""Parts of the documents, of PARTS, that only check."""
_SHARE = 0.1
"""Of all cells that are learned from: a small agency's hands must count beside the drawn."""
_MOST_TIMES = 20
"""That one cell is shown for it."""


def add_named_cells(
    learn: Cells, check: Cells, folder: Path | None, name: str, classes: Sequence[str]
) -> tuple[Cells, Cells]:
    """The cells to learn from and to check with, and those of a folder among them.

    No document stands on both sides. Characters that the network has no class for are left out.
    """
    path = None if folder is None else folder / f"{name}.npz"
    if path is None:
        return learn, check
    named = read_named_cells(path)
    named = named.pick(np.isin(named.characters, classes))
    checks = named.parts >= PARTS - _CHECKING
    labels = np.array([list(classes).index(c) for c in named.characters], np.int64)
    pixels = prepare_crops(named.crops) if len(named) else learn.pixels[:0]
    times = _count_times(len(learn), int((~checks).sum()))
    _log.info(
        "operators named %d cells to learn from, shown %d times, and %d of other documents to "
        "check with", (~checks).sum(), times, checks.sum(),
    )  # fmt: skip
    return (
        _append(learn, np.tile(pixels[~checks], (times, 1, 1)), np.tile(labels[~checks], times)),
        _append(check, pixels[checks], labels[checks]),
    )


def _count_times(drawn: int, named: int) -> int:
    """How often each named cell is shown so that they make up their share."""
    wanted = _SHARE / (1 - _SHARE) * drawn / max(named, 1)
    return int(np.clip(np.ceil(wanted), 1, _MOST_TIMES))


def _append(cells: Cells, pixels: NDArray[np.uint8], labels: NDArray[np.int64]) -> Cells:
    return Cells(np.concatenate([cells.pixels, pixels]), np.concatenate([cells.labels, labels]))
