"""Rows of digits written closer or wider than their cells, read with and without the second look.

Each declaration is filled twice in the same hand, in its cells and across their borders;
of the second both readings are set side by side.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from unittest.mock import patch

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.simulated import Compared, Job, OpenPaper, compare_readings, open_paper, read_sides
from form_templates.model import Kind
from ocr.readings import FieldState
from ocr.simulation.document import SimulatedDocument, invent_intents, simulate_on
from ocr.simulation.styles import Style

QUESTION = "How are digits read that stand across the borders of their cells?"

QUICK = False
"""A declaration has 14 pages, and each is read three times."""

_FIRST_SEED = 8_900_000
_ACROSS = "straddling"
_COLUMNS = (
    *("style", "level", "written, and read", "fields", "value right, %", "accepted, %"),
    *("accepted wrong", "per 1,000 fields, at most (95 %)", "called changed, %"),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """One field, and how it was written and read."""

    style: Style
    level: int
    how: str
    compared: Compared


def run(arguments: Sequence[str]) -> Result:
    """Fill and read declarations and count their rows of digits."""
    parser = argparse.ArgumentParser(prog="straddling", description=__doc__)
    parser.add_argument("--documents", type=int, default=6, help="of each style and level")
    parser.add_argument("--levels", type=int, nargs="+", default=[0, 1, 2])
    chosen = parser.parse_args(arguments)
    jobs = [
        Job("family_declaration", level, _FIRST_SEED + number, 0.0, style=style)
        for style in (Style.MEASURING, Style.GUARD)
        for level in chosen.levels
        for number in range(chosen.documents)
    ]
    reads = [read for job in jobs for read in _read_job(job)]
    groups = sorted({(r.style, r.level, r.how) for r in reads}, reverse=True)
    rows = [
        (style.value, level, how, *_count([r.compared for r in reads if _is_of(r, group)]))
        for group in groups
        for style, level, how in (group,)
    ]
    return Result(
        "Rows of two digits and more on simulated declarations",
        _COLUMNS,
        tuple(rows),
        notes=(
            "across: the last digit stands 0.25 to 0.42 of a cell beside its own, those before it"
            " each a little less",
            "value right: as it stands in the field for whoever confirms it; called changed: said"
            " to be written over or crossed out, with no value",
        ),
        extra={"wrong": [str(r.compared) for r in reads if r.compared.silent_error]},
    )


def _is_of(read: _Read, group: tuple[Style, int, str]) -> bool:
    return (read.style, read.level, read.how) == group


def _read_job(job: Job) -> list[_Read]:
    ready = open_paper(job)
    fields = [
        field.id
        for page in ready.paper.pages
        for field in page.fields
        if field.kind is Kind.DIGITS and len(field.cells) > 1
    ]
    intents = invent_intents(ready.paper, job.seed)
    said = {name: intents[name].value for name in fields if name in intents}
    answered = [name for name, value in said.items() if isinstance(value, str) and value.strip()]

    def fill(scenario: str | None) -> SimulatedDocument:
        chosen = dict.fromkeys(answered, scenario) if scenario else {}
        return simulate_on(ready.paper, intents, job.level, job.seed, chosen, job.style)

    def read(document: SimulatedDocument, how: str) -> list[_Read]:
        compared = _compare(ready, document)
        wanted = [c for c in compared if c.truth.field in answered and c.seen is not None]
        return [_Read(job.style, job.level, how, c) for c in wanted]

    across = fill(_ACROSS)
    with patch("ocr.cell_rows.look_across_borders", lambda *looked_at: {}):
        alone = read(across, "across, cell by cell")
    return [*read(fill(None), "in the cells"), *alone, *read(across, "across, with a second look")]


def _compare(ready: OpenPaper, document: SimulatedDocument) -> list[Compared]:
    pages = read_sides(document, ready.paper.template, ready.shelf)
    return compare_readings(document, pages)


def _count(fields: Sequence[Compared]) -> tuple[Cell, ...]:
    total = len(fields)
    silent = sum(c.silent_error for c in fields)
    changed = sum(c.seen is not None and c.seen.state is not FieldState.READ for c in fields)
    return (
        total,
        100 * sum(c.right for c in fields) / total,
        100 * sum(not c.to_review and c.seen is not None and c.right for c in fields) / total,
        silent,
        1000 * upper_rate(silent, total),
        100 * changed / total,
    )
