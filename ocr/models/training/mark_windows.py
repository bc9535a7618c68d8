"""Windows of marked codes from invented forms, through print, pen, scanner and reader."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from form_templates.layout import list_pages
from form_templates.printing import render_pages
from ocr.alignment import lay_over, shows_blank
from ocr.frame import Grey, RegisteredPage
from ocr.inked_page import find_ink
from ocr.marks import (
    CLASSES,
    VIEW_HEIGHT_PX,
    VIEW_WIDTH_PX,
    cut_windows,
    is_touched,
    prepare_view,
)
from ocr.models.training.caching import name_drawing
from ocr.models.training.scenes import mark_page
from ocr.page_sizes import shrink_page
from ocr.references import Reference, ReferenceShelf
from ocr.registration import register_page
from ocr.simulation.hand import make_hand
from ocr.simulation.pen import Pen, choose_pen
from ocr.simulation.questionnaires import invent_dense_page, invent_questionnaire
from ocr.simulation.scanner import choose_bilevel_steps, choose_steps, scan
from ocr.simulation.styles import Style

_log = logging.getLogger(__name__)
_SHARD = 25
_CHECK_SEEDS = 1_000_000
"""Seeds of the forms that are checked with; training stays far below."""
_PRINT_PX_PER_MM = 8
_FILLINGS = 3
"""Of each dense page."""
_LEVELS = (0.12, 0.26, 0.47, 0.15)
"""How often a page is scanned at each level."""
_FINE_DPI_SHARE, _BILEVEL_SHARE, _COPIED_SHARE, _FINE_PEN_SHARE = 0.25, 0.06, 0.06, 0.12


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
    """Fill, scan, register and cut one invented form; the same for the same seed.

    Two forms in three are dense pages, filled several times by several people; the third
    is a questionnaire with worded codes.
    """
    rng = np.random.default_rng([12, seed])
    dense = seed % 3 != 0
    template = invent_dense_page(seed) if dense else invent_questionnaire(seed)
    numbers, shelf = list_pages(template), ReferenceShelf()
    blanks = render_pages(template, numbers, px_per_mm=_PRINT_PX_PER_MM)
    parts = [
        _fill_and_cut(blank, shelf.find(template, *number), style, rng, seed)
        for number, blank in zip(numbers, blanks, strict=True)
        for _ in range(_FILLINGS if dense else 1)
    ]
    return join_windows([part for part in parts if part])


def _fill_and_cut(
    blank: Grey, reference: Reference, style: Style, rng: np.random.Generator, seed: int
) -> Windows | None:
    """One filling of one page; None where the scan cannot be laid straight."""
    picture = np.array(blank)
    hand, pen = make_hand(rng, style), _choose_pen(rng, style)
    truth = mark_page(picture, reference.page, hand, pen, rng, _PRINT_PX_PER_MM)
    level = int(rng.choice(4, p=_LEVELS))
    dpi = 300.0 if rng.random() < _FINE_DPI_SHARE else 200.0
    steps = _choose_machine(level, rng)
    page = register_page(scan(picture, level, rng, dpi, _PRINT_PX_PER_MM, steps).picture)
    return _cut(page, reference, truth, level, seed) if isinstance(page, RegisteredPage) else None


def _choose_pen(rng: np.random.Generator, style: Style) -> Pen:
    """A pen of the style; some are finer and paler than the style's own."""
    pen = choose_pen(rng, style)
    if rng.random() >= _FINE_PEN_SHARE:
        return pen
    width_mm, darkness = float(rng.uniform(0.22, 0.36)), float(rng.uniform(0.45, 0.75))
    return replace(pen, width_mm=width_mm, darkness=darkness)


def _choose_machine(level: int, rng: np.random.Generator) -> tuple[str, ...]:
    """What happens to a page: some go through a copier, some through a scanner without greys."""
    if level in (1, 2) and rng.random() < _BILEVEL_SHARE:
        return choose_bilevel_steps(level, rng)
    steps = choose_steps(level, rng)
    copied = level in (1, 2) and rng.random() < _COPIED_SHARE
    return ("photocopy", *steps) if copied else steps


def _cut(
    page: RegisteredPage,
    reference: Reference,
    truth: dict[tuple[str, str], str | None],
    level: int,
    seed: int,
) -> Windows | None:
    """The windows that the reader would ask the network about."""
    aligned = lay_over(page, reference.ready.tiles)
    inked = find_ink(aligned, reference, shrink_page(aligned.grey))
    known = [
        (option.region, state)
        for field in reference.page.fields
        for option in field.options
        if (state := truth.get((field.id, option.code))) is not None
        and is_touched(inked, option.region)
    ]
    if not shows_blank(aligned) or not known:
        return None
    pixels = cut_windows(prepare_view(aligned.grey, reference.ready.half), [r for r, _ in known])
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
    """The windows of many forms, one after the other.

    Processes start anew: one that is forked after a form was printed waits for ever for
    the typesetter's threads.
    """
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from pool.map(draw_questionnaire, seeds, [style] * len(seeds), chunksize=4)


def keep_windows(seeds: range, style: Style, processes: int, cache: Path) -> Windows:
    """The windows of some questionnaires, drawn once and kept in files of 25."""
    cache.mkdir(parents=True, exist_ok=True)
    parts, drawn = [], name_drawing()
    for start in range(seeds.start, seeds.stop, _SHARD):
        shard = range(start, min(start + _SHARD, seeds.stop))
        file = cache / f"{style.value}-{shard.start}-{shard.stop}-{drawn}.npz"
        if not file.exists():
            windows = join_windows(list(draw_windows(shard, style, processes)))
            np.savez_compressed(
                file,
                pixels=windows.pixels,
                labels=windows.labels,
                levels=windows.levels,
                pages=windows.pages,
            )
            _log.info("%s: %d windows", file.name, len(windows))
        with np.load(file) as kept:
            parts.append(Windows(kept["pixels"], kept["labels"], kept["levels"], kept["pages"]))
    return join_windows(parts)


def keep_checks(count: int, style: Style, processes: int, cache: Path) -> Windows:
    """Windows of forms that are never trained on: they check and calibrate."""
    return keep_windows(range(_CHECK_SEEDS, _CHECK_SEEDS + count), style, processes, cache)
