"""Marks on simulated paper: what is wrong and seen by nobody, and what it costs to look."""

import argparse
from collections import Counter
from collections.abc import Sequence

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.simulated import Compared, Job, compare_documents
from ocr.readings import Reason

QUESTION = (
    "How many marked answers are taken wrong with nobody looking, and how many are looked at?"
)

_FIRST_SEED = 5_000_000
"""Far from every seed that was trained or calibrated with."""
_FORM_EVERY = 6
"""One declaration to so many questionnaires."""
_FILLINGS = 4
"""Of each dense page: printing one costs more than filling it."""


def run(arguments: Sequence[str]) -> Result:
    """Read marked pages of a stroke style that no network was trained on."""
    parser = argparse.ArgumentParser(prog="marks", description=__doc__)
    parser.add_argument("--documents", type=int, default=8, help="of each level")
    parser.add_argument("--dense", type=int, default=0, help="pages full of questions, of each")
    parser.add_argument("--levels", type=int, nargs="+", default=[0, 1, 2, 3])
    parser.add_argument("--share", type=float, default=0.12, help="of fields with a correction")
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args(arguments)
    jobs = [job for level in chosen.levels for job in _plan_level(level, chosen)]
    fields = [c for c in compare_documents(jobs, chosen.processes) if c.truth.marks]
    levels = [[c for c in fields if c.level == level] for level in chosen.levels]
    rows = [
        _count(str(level), part) for level, part in zip(chosen.levels, levels, strict=True) if part
    ]
    rows.append(_count("0-2", [c for c in fields if c.level <= 2]))
    return Result(
        "Marked questions on simulated paper",
        (
            "level",
            "fields",
            "silent errors",
            "per 1,000, at most (95 %)",
            "to review, %",
            "thereof without need, %",
            "right, %",
        ),
        tuple(rows),
        notes=(
            "simulated paper in the measuring style; the network learned from the training style",
            "silent: the program would take a wrong value by itself; an error that only a person"
            " can put into effect (return, new declaration) is none",
            "without need: of the fields that the paper itself does not send to a person",
        ),
        extra={"silent": [str(c) for c in fields if c.silent_error], "doubts": _doubts(fields)},
    )


def _plan_level(level: int, chosen: argparse.Namespace) -> list[Job]:
    """Declarations, questionnaires and dense pages of one level."""
    jobs = [
        Job("family_declaration" if i % _FORM_EVERY == 0 else None, level, seed, chosen.share)
        for i, seed in enumerate(range(_FIRST_SEED, _FIRST_SEED + chosen.documents))
    ]
    return jobs + [
        Job(None, level, seed, chosen.share, layout=seed // _FILLINGS, dense=True)
        for seed in range(_FIRST_SEED, _FIRST_SEED + chosen.dense)
    ]


def _count(name: str, fields: Sequence[Compared]) -> tuple[Cell, ...]:
    silent = sum(c.silent_error for c in fields)
    clear = [c for c in fields if not c.asks_review]
    needless = sum(c.to_review for c in clear)
    return (
        name,
        len(fields),
        silent,
        1000 * upper_rate(silent, len(fields)),
        100 * sum(c.to_review for c in fields) / max(1, len(fields)),
        100 * needless / max(1, len(clear)),
        100 * sum(c.right for c in fields) / max(1, len(fields)),
    )


def _doubts(fields: Sequence[Compared]) -> dict[str, int]:
    """Why fields that are clear on paper went to a person."""
    reasons = Counter(
        (c.seen.reason if c.seen else Reason.IMAGE).value
        for c in fields
        if c.to_review and not c.asks_review
    )
    return dict(reasons)
