"""Windows of marked codes from invented questionnaires, through print, pen, scanner and reader."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from form_templates.layout import list_pages
from form_templates.printing import render_pages
from ocr.alignment import align_locally
from ocr.frame import RegisteredPage
from ocr.marks import CLASSES, VIEW_HEIGHT_PX, VIEW_WIDTH_PX, cut_windows, prepare_view
from ocr.models.training.scenes import mark_page
from ocr.references import Reference, ReferenceShelf
from ocr.registration import register_page
from ocr.simulation.hand import make_hand
from ocr.simulation.pen import choose_pen
from ocr.simulation.questionnaires import invent_questionnaire
from ocr.simulation.scanner import scan
from ocr.simulation.styles import Style

_PRINT_PX_PER_MM = 8
_LEVELS = (0.15, 0.30, 0.40, 0.15)
"""How often a page is scanned at each level."""
_FINE_DPI_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Windows:
    """Training windows with their truth."""

    pixels: NDArray[np.uint8]
    """N x 2 x height x width, as `ocr.marks.cut_windows` gives them."""
    labels: NDArray[np.int64]
    """Index into `ocr.marks.CLASSES`."""
    levels: NDArray[np.int8]
    pages: NDArray[np.int32]
    """Seed of the questionnaire, so that no page stands on both sides of a split."""

    def __len__(self) -> int:
        return len(self.labels)


def draw_questionnaire(seed: int, style: Style) -> Windows:
    """Fill, scan, register and cut one invented questionnaire; the same for the same seed."""
    rng = np.random.default_rng([11, seed])
    template = invent_questionnaire(seed)
    numbers = list_pages(template)
    shelf = ReferenceShelf()
    parts = []
    for number, blank in zip(
        numbers, render_pages(template, numbers, px_per_mm=_PRINT_PX_PER_MM), strict=True
    ):
        reference = shelf.find(template, *number)
        level = int(rng.choice(4, p=_LEVELS))
        picture = np.ascontiguousarray(blank)
        hand, pen = make_hand(rng, style), choose_pen(rng, style)
        truth = mark_page(picture, reference.page, hand, pen, rng, _PRINT_PX_PER_MM)
        dpi = 300.0 if rng.random() < _FINE_DPI_SHARE else 200.0
        page = register_page(scan(picture, level, rng, dpi, _PRINT_PX_PER_MM).picture)
        if isinstance(page, RegisteredPage):
            parts.append(_cut(page, reference, truth, level, seed))
    return join_windows(parts)


def _cut(
    page: RegisteredPage,
    reference: Reference,
    truth: dict[tuple[str, str], str | None],
    level: int,
    seed: int,
) -> Windows:
    aligned = align_locally(page, reference.blank)
    known = [
        (option.region, state)
        for field in reference.page.fields
        for option in field.options
        if (state := truth.get((field.id, option.code))) is not None
    ]
    pixels = cut_windows(prepare_view(aligned.grey, reference.blank), [r for r, _ in known])
    count = len(known)
    return Windows(
        pixels,
        np.array([CLASSES.index(state) for _, state in known], np.int64),
        np.full(count, level, np.int8),
        np.full(count, seed, np.int32),
    )


def join_windows(parts: Sequence[Windows]) -> Windows:
    """One set out of several."""
    if not parts:
        empty = np.zeros((0, 2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX), np.uint8)
        return Windows(empty, np.zeros(0, np.int64), np.zeros(0, np.int8), np.zeros(0, np.int32))
    return Windows(
        np.concatenate([p.pixels for p in parts]),
        np.concatenate([p.labels for p in parts]),
        np.concatenate([p.levels for p in parts]),
        np.concatenate([p.pages for p in parts]),
    )


def draw_windows(seeds: Sequence[int], style: Style, processes: int) -> Iterator[Windows]:
    """The windows of many questionnaires, one after the other."""
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(draw_questionnaire, seeds, [style] * len(seeds), chunksize=4)
