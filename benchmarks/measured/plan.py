"""Which simulated papers the benchmark of reading makes: parts of jobs, all from seeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from benchmarks.simulated import Job
from form_templates import catalog
from ocr.simulation.styles import Style

USUAL_SHARE, HARD_SHARE, TABLE_SHARE = 0.04, 0.12, 0.35
"""Of the fields that are not answered plainly: an ordinary pile, a bad one, one for the table."""
USUAL_LEVELS = (0, 1, 2)
WORST_LEVEL = 3
LEVEL_GROUPS = {"0-2": USUAL_LEVELS, "3": (WORST_LEVEL,)}
"""Levels that are counted together."""
STYLES = (Style.MEASURING, Style.GUARD)
"""Neither was trained with; on paper of the guard nothing was tuned."""

_FIRST_SEEDS = {"dense": 12_000_000, "documents": 12_400_000, "corrections": 13_000_000}
"""Far from every seed that was trained, calibrated or tuned with."""
_LEVELS_APART = 20_000
"""Seeds between those of two levels: errors at each are of other hands, and count by themselves."""
_PAGES_A_LAYOUT = 25
_DECLARATION = "family_declaration"


@dataclass(frozen=True, slots=True)
class Size:
    """How much paper of each part is made, for every style and level."""

    dense: int
    """Pages full of questions, corrections as on ordinary paper."""
    worst: int
    """Of these at the worst level, where a tenth as many fields say as much."""
    hard: int
    """The same with a correction in every eighth question."""
    documents: int
    """Of each form of the catalogue."""
    corrections: int
    """Declarations with something in every third field."""
    lent: int
    """Declarations written with MNIST's test digits, where they are at hand."""


SMOKE = Size(dense=1, worst=1, hard=0, documents=0, corrections=0, lent=0)
QUICK = Size(dense=4, worst=4, hard=3, documents=0, corrections=1, lent=0)
FULL = Size(dense=2400, worst=780, hard=220, documents=1, corrections=48, lent=6)
_GUARD_SHARE, _MOST_OF_GUARD = 0.25, 195
"""Paper of the guard style, of what the measuring style has; of a part and level at most."""


@dataclass(frozen=True, slots=True)
class Task:
    """One job and the part that its fields count for."""

    part: str
    job: Job


def plan_tasks(size: Size, mnist: Path | None) -> list[Task]:
    """All tasks of a size; papers of one layout follow each other, for they share its print."""
    return [
        *_fill_dense_pages("ordinary", size.dense, size.worst, USUAL_SHARE),
        *_fill_dense_pages("hard", size.hard, size.hard, HARD_SHARE),
        *_fill_documents(size.documents),
        *_correct_declarations(size.corrections),
        *(_lend_digits(size.lent, mnist) if mnist else ()),
    ]


def _count_papers(count: int, style: Style) -> int:
    if style is Style.MEASURING or not count:
        return count
    return min(max(1, round(count * _GUARD_SHARE)), _MOST_OF_GUARD)


def _vary(count: int, levels: Sequence[int], first: int) -> Iterator[tuple[Style, int, int]]:
    """Style, level and seed of each paper; styles share seeds, and are counted apart."""
    for style in STYLES:
        for level, number in product(levels, range(_count_papers(count, style))):
            yield style, level, first + level * _LEVELS_APART + number


def _fill_dense_pages(part: str, count: int, worst: int, share: float) -> list[Task]:
    """Papers of one number have one layout at all levels."""
    first = _FIRST_SEEDS["dense"] + round(share * 1_000_000)
    papers = (*_vary(count, USUAL_LEVELS, first), *_vary(worst, (WORST_LEVEL,), first))
    jobs = [
        Job(None, level, seed, share, style=style, layout=_choose_layout(first, seed), dense=True)
        for style, level, seed in papers
    ]
    return [Task(part, job) for job in sorted(jobs, key=lambda job: job.layout or 0)]


def _choose_layout(first: int, seed: int) -> int:
    return (first + (seed - first) % _LEVELS_APART) // _PAGES_A_LAYOUT


def _fill_documents(count: int) -> list[Task]:
    return [
        Task("documents", Job(key.form, level, seed, USUAL_SHARE, edition=key.edition, style=style))
        for key in catalog.list_templates()
        for style, level, seed in _vary(
            count, (*USUAL_LEVELS, WORST_LEVEL), _FIRST_SEEDS["documents"]
        )
    ]


def _correct_declarations(count: int) -> list[Task]:
    return [
        Task("corrections", Job(_DECLARATION, level, seed, TABLE_SHARE, style=style))
        for style, level, seed in _vary(count, USUAL_LEVELS, _FIRST_SEEDS["corrections"])
    ]


def _lend_digits(count: int, mnist: Path) -> list[Task]:
    first = _FIRST_SEEDS["documents"] + 100_000
    return [
        Task("lent digits", Job(_DECLARATION, level, seed, USUAL_SHARE, mnist=mnist))
        for style, level, seed in _vary(count, USUAL_LEVELS, first)
        if style is Style.MEASURING
    ]
