"""The correction table on simulated declarations: does each row end where the law sends it?"""

import argparse
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.result import Cell, Result
from benchmarks.simulated import Compared, Job, compare_documents

QUESTION = "Does each row of the correction table end where the law sends it, at levels 0 to 2?"

QUICK = False
"""A declaration has 14 pages, and each row needs many."""

_FIRST_SEED = 6_000_000


def run(arguments: Sequence[str]) -> Result:
    """Read declarations with many corrections and sort the outcomes by the table's rows."""
    parser = argparse.ArgumentParser(prog="corrections", description=__doc__)
    parser.add_argument("--documents", type=int, default=12, help="declarations of each level")
    parser.add_argument("--levels", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--share", type=float, default=0.35, help="of fields with a scenario")
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args(arguments)
    jobs = [
        Job("family_declaration", level, seed, chosen.share)
        for level in chosen.levels
        for seed in range(_FIRST_SEED, _FIRST_SEED + chosen.documents)
    ]
    by_row: dict[str, list[Compared]] = defaultdict(list)
    for compared in compare_documents(jobs, chosen.processes):
        if compared.truth.row:
            by_row[compared.truth.row].append(compared)
    rows = [_count(name, part) for name, part in sorted(by_row.items())]
    everything = [c for part in by_row.values() for c in part]
    rows.append(_count("all rows", everything))
    return Result(
        "The correction table, read from simulated declarations",
        (
            "row of the table",
            "fields",
            "right, %",
            "to a person instead, %",
            "graver than due, %",
            "milder than due, %",
            "accepted wrongly",
        ),
        tuple(rows),
        notes=(
            "right: the disposition of the table, or another that the scenario allows a careful"
            " reader; to a person instead: needs_review or rescan where the table decides",
        ),
        extra={"accepted wrongly": [_name(c) for c in everything if _is_accepted_wrongly(c)]},
    )


_GRAVITY = (
    "accepted",
    "needs_review",
    "ask_applicant",
    "return_to_agent",
    "reject",
    "new_declaration_required",
    "rescan",
)


def _is_right(c: Compared) -> bool:
    return c.disposition in (c.truth.disposition, *c.truth.cautious)


def _is_accepted_wrongly(c: Compared) -> bool:
    return c.silent_error or (
        c.disposition == "accepted" and not _is_right(c) and c.seen is not None
    )


def _count(name: str, part: Sequence[Compared]) -> tuple[Cell, ...]:
    total = len(part)
    right = sum(_is_right(c) for c in part)
    wrong = [c for c in part if not _is_right(c)]
    person = [c for c in wrong if c.disposition in ("needs_review", "rescan", "")]
    decided = [c for c in wrong if c not in person]
    graver = sum(
        _GRAVITY.index(c.disposition) > _GRAVITY.index(c.truth.disposition) for c in decided
    )
    return (
        name,
        total,
        100 * right / total,
        100 * len(person) / total,
        100 * graver / total,
        100 * (len(decided) - graver) / total,
        sum(_is_accepted_wrongly(c) for c in part),
    )


def _name(c: Compared) -> str:
    seen = c.seen and f"{c.seen.state.value} {c.seen.reason.value} {c.seen.value}"
    return (
        f"level {c.level} seed {c.seed} {c.truth.field} {c.truth.scenario}: {c.truth.value},"
        f" read as {seen}"
    )
