"""The correction table on simulated declarations: does each row end where the law sends it?"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.measured.outcomes import Outcome, judge_outcome
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
    for level in chosen.levels:
        rows.append(_count(f"all rows, level {level}", [c for c in everything if c.level == level]))
    return Result(
        "The correction table, read from simulated declarations",
        ("row of the table", "fields", "right, %", *(f"{o.value}, %" for o in Outcome)),
        tuple(rows),
        notes=(
            "right: the table's disposition (or another that the scenario allows a careful"
            " reader), or state and value as they are on the paper and a person to confirm them",
        ),
        extra={
            outcome.value: [str(c) for c in everything if judge_outcome(c) is outcome]
            for outcome in Outcome
            if not outcome.is_right
        },
    )


def _count(name: str, part: Sequence[Compared]) -> tuple[Cell, ...]:
    counts = Counter(judge_outcome(c) for c in part)
    right = sum(count for outcome, count in counts.items() if outcome.is_right)
    shares = [100 * count / max(len(part), 1) for count in (right, *(counts[o] for o in Outcome))]
    return (name, len(part), *shares)
