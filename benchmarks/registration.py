"""How often pages are laid straight and named, and how near their print lies to the blank's."""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import process_time

import cv2
import numpy as np

from benchmarks.result import Cell, Result
from form_templates import catalog
from form_templates.marks import PageCode
from ocr.alignment import lay_over
from ocr.frame import PX_PER_MM, Grey
from ocr.identity import read_page_code
from ocr.placement import Unregistered
from ocr.quality import measure_quality
from ocr.references import ReferenceShelf
from ocr.registration import register_page
from ocr.simulation.answers import invent_answers
from ocr.simulation.document import Paper, prepare_paper
from ocr.simulation.effects import tear
from ocr.simulation.fill import fill_pages
from ocr.simulation.scanner import LEVELS, Scan, scan
from ocr.simulation.styles import Style

QUESTION = "How many pages are laid straight and named, and how near lies their print to the blank?"

_FORM = "family_declaration"
_DPIS = (200, 150, 300)
_TORN = "1, a corner torn off"
_TEAR_MM = 32.0
_PATCH_PX = (96, 112)
_REACH_PX = 16
_NEAR_PX, _ALIKE = 5, 0.6
_FOUND = 0.6
_PRINTED = 12.0


@dataclass(slots=True)
class _Tally:
    """What became of the pages of one level."""

    pages: int = 0
    straight: int = 0
    named: int = 0
    wrong: int = 0
    before_mm: list[float] = field(default_factory=list)
    after_mm: list[float] = field(default_factory=list)
    agreement: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def run(arguments: Sequence[str]) -> Result:
    """Register simulated scans of a filled declaration at every level."""
    parser = argparse.ArgumentParser(prog="registration", description=__doc__)
    parser.add_argument("--pages", type=int, default=15, help="pages a level")
    parser.add_argument("--seed", type=int, default=11)
    chosen = parser.parse_args(arguments)
    # The figures are for one core.
    cv2.setNumThreads(1)
    papers = [prepare_paper(catalog.load(_FORM), None, dpi) for dpi in _DPIS]
    shelf = ReferenceShelf()
    tallies: dict[str, _Tally] = {str(level): _Tally() for level in LEVELS} | {_TORN: _Tally()}
    for number in range(chosen.pages):
        paper = papers[number % len(papers)]
        for name, tally in tallies.items():
            _register(tally, paper, name, [chosen.seed, number], shelf)
    return Result(
        "Registration of simulated scans",
        (
            "level",
            "pages",
            "straight",
            "named",
            "named wrong",
            "off, mm: half of the print",
            "off, mm: 95 % of it",
            "95 % before aligning",
            "least agreement",
            "ms CPU a page",
        ),
        tuple(_sum_up(name, tally) for name, tally in tallies.items()),
        notes=(
            "ms: find, warp, read the code, measure quality; decoding and aligning are not in it",
            f"{_FORM} at {', '.join(map(str, _DPIS))} dpi, seed {chosen.seed}, style measuring",
            "offsets from the blank are of distinct patches of print, 12 x 14 mm, over all pages",
            *(f"level {n} refused: {dict(t.refused)}" for n, t in tallies.items() if t.refused),
        ),
    )


def _sum_up(name: str, tally: _Tally) -> tuple[Cell, ...]:
    def share(values: list[float], percent: float) -> Cell:
        return round(float(np.percentile(values, percent)), 3) if values else None

    return (
        name,
        tally.pages,
        tally.straight,
        tally.named,
        tally.wrong,
        share(tally.after_mm, 50),
        share(tally.after_mm, 95),
        share(tally.before_mm, 95),
        min(tally.agreement, default=None),
        round(1000 * float(np.median(tally.seconds)), 1),
    )


def _register(
    tally: _Tally, paper: Paper, name: str, seed: list[int], shelf: ReferenceShelf
) -> None:
    """Fill, scan and register one page, and count what comes of it."""
    at = seed[-1] % len(paper.pages)
    page = paper.pages[at]
    rng = np.random.default_rng([*seed, len(name)])
    answers = invent_answers([page], rng, 0.6)
    filled = fill_pages([paper.blanks[at]], [page], answers, seed[-1], Style.MEASURING)
    picture = _scan(filled.pictures[0], name, rng, paper)
    tally.pages += 1
    start = process_time()
    straight = register_page(picture.picture)
    if isinstance(straight, Unregistered):
        tally.refused[straight.reason] += 1
        return
    code = read_page_code(straight)
    measure_quality(straight)
    tally.seconds.append(process_time() - start)
    tally.straight += 1
    tally.named += code is not None
    number = paper.template.number
    tally.wrong += code not in (None, PageCode(number, page.page, page.sheet, 0))
    reference = shelf.find(paper.template, page.page, page.sheet)
    aligned = lay_over(straight, reference.ready.tiles)
    tally.agreement.append(round(aligned.agreement or 0.0, 3))
    tally.before_mm += _measure_offsets(straight.grey, reference.blank)
    tally.after_mm += _measure_offsets(aligned.grey, reference.blank)


def _scan(page: Grey, name: str, rng: np.random.Generator, paper: Paper) -> Scan:
    if name != _TORN:
        return scan(page, int(name), rng, paper.dpi, paper.px_per_mm)
    torn = tear(page, paper.px_per_mm, rng, {"tear_mm": _TEAR_MM})
    return scan(torn, 1, rng, paper.dpi, paper.px_per_mm)


def _measure_offsets(grey: Grey, blank: Grey) -> list[float]:
    """How far each distinct patch of print lies beside the blank's, in mm; in whole px."""
    height, width = _PATCH_PX
    offsets = []
    for top in range(_REACH_PX, blank.shape[0] - height - _REACH_PX, height):
        for left in range(_REACH_PX, blank.shape[1] - width - _REACH_PX, width):
            patch = blank[top : top + height, left : left + width]
            around = (
                slice(top - _REACH_PX, top + height + _REACH_PX),
                slice(left - _REACH_PX, left + width + _REACH_PX),
            )
            if patch.std() < _PRINTED or not _is_distinct(blank[around], patch):
                continue
            likeness = cv2.matchTemplate(grey[around], patch, cv2.TM_CCOEFF_NORMED)
            _, best, _, (x, y) = cv2.minMaxLoc(likeness)
            if best >= _FOUND:
                offsets.append(float(np.hypot(x - _REACH_PX, y - _REACH_PX)) / PX_PER_MM)
    return offsets


def _is_distinct(around: Grey, patch: Grey) -> bool:
    """Whether a patch is found in one place only; a long line is found all along it."""
    likeness = np.asarray(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED))
    near = slice(_REACH_PX - _NEAR_PX, _REACH_PX + _NEAR_PX + 1)
    likeness[near, near] = -1
    return float(likeness.max()) < _ALIKE
