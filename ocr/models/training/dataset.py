"""Cells to learn from: many strips, cut, prepared as the product does, and kept."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.cells import prepare_crops
from ocr.models.training.caching import name_drawing
from ocr.models.training.crops import UNSURE, choose_wear, make_strip
from ocr.models.training.writers import Writer

_STRIPS_A_TASK = 500
_BLANKS_KEPT, _STRUCK_KEPT = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Cells:
    """Prepared crops and their classes."""

    pixels: NDArray[np.uint8]
    """N x 40 x 32, as `prepare_crops` gives them."""
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Source:
    """A writer and how many strips it fills."""

    writer: Writer
    strips: int


Draw = Callable[[Writer, np.random.Generator], Cells]
"""Has one strip filled and cuts it."""


def draw_cells(writer: Writer, rng: np.random.Generator) -> Cells:
    """The cells of one strip; many blank and struck ones are left out, they are alike."""
    strip = make_strip(writer, choose_wear(rng), rng)
    keep = strip.labels != UNSURE
    chance = rng.random(len(keep))
    blank = strip.labels == len(writer.alphabet)
    struck = strip.labels == len(writer.alphabet) + 1
    keep &= ~(blank & (chance > _BLANKS_KEPT) | struck & (chance > _STRUCK_KEPT))
    return Cells(prepare_crops(strip.crops[keep]), strip.labels[keep])


def _make_task(task: tuple[Draw, Writer, int, tuple[int, ...]]) -> Cells:
    draw, writer, strips, seed = task
    rng = np.random.default_rng(seed)
    return _join_cells([draw(writer, rng) for _ in range(strips)])


def _join_cells(parts: Sequence[Cells]) -> Cells:
    return Cells(
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


def make_cells(
    sources: Sequence[Source], seed: int, processes: int, draw: Draw = draw_cells
) -> Cells:
    """Fill all strips; the same seed gives the same cells however many processes work."""
    tasks = [
        (draw, source.writer, min(_STRIPS_A_TASK, source.strips - start), (seed, i, start))
        for i, source in enumerate(sources)
        for start in range(0, source.strips, _STRIPS_A_TASK)
    ]
    with ProcessPoolExecutor(processes) as pool:
        return _join_cells(list(pool.map(_make_task, tasks)))


def keep_cells(
    sources: Sequence[Source],
    seed: int,
    processes: int,
    cache: Path | None,
    name: str,
    draw: Draw = draw_cells,
) -> Cells:
    """Like `make_cells`, but take what an earlier run kept that would have drawn the same."""
    if cache is None:
        return make_cells(sources, seed, processes, draw)
    kept = cache / f"{name}-{name_drawing(seed, sources)}.npz"
    if kept.exists():
        arrays = np.load(kept)
        return Cells(arrays["pixels"], arrays["labels"])
    cells = make_cells(sources, seed, processes, draw)
    cache.mkdir(parents=True, exist_ok=True)
    np.savez(kept, pixels=cells.pixels, labels=cells.labels)
    return cells
