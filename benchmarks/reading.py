"""All of reading in one run: what the program accepts by itself, measured honestly."""

import argparse
import sys
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks.catalog import load_benchmark
from benchmarks.measured.counting import (
    count_confusion,
    count_kinds,
    count_marks,
    count_numbers,
    count_outcomes,
)
from benchmarks.measured.gallery import pick_worst, write_gallery
from benchmarks.measured.observation import Observation, observe_task
from benchmarks.measured.outcomes import Outcome
from benchmarks.measured.plan import FULL, QUICK, SMOKE, Size, Task, plan_tasks
from benchmarks.measured.reliability import count_reliability
from benchmarks.result import Result
from ocr.models.training.mnist import fetch_mnist

QUESTION = "How right is what the program accepts by itself, and what does a person have to see?"

_SIZES = {"smoke": SMOKE, "quick": QUICK, "full": FULL}
_BESIDE = {
    "smoke": (),
    "quick": ("speed",),
    "full": ("digits", "commas", "typed", "presence", "placed", "speed"),
}
"""Benchmarks of their own that belong to the whole picture."""
_FOLDER = Path(__file__).parent
"""Where galleries and results go."""
_CHUNK = 5
"""Papers of one layout that one process fills one after the other."""


def run(arguments: Sequence[str]) -> Result:
    """Make paper of all levels and two styles from seeds, read it, and count."""
    parser = argparse.ArgumentParser(prog="reading", description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    for name, told in (
        ("smoke", "a few pages, to see that it runs"),
        ("quick", "two minutes on two cores (what happens without a choice)"),
        ("full", "half an hour on two cores; its figures are kept in benchmarks/results"),
    ):
        sizes.add_argument(f"--{name}", dest="size", action="store_const", const=name, help=told)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--mnist", type=Path, default=Path("var/mnist"), help="kept there")
    parser.add_argument("--gallery", type=Path, help="file for the worst crops")
    parser.set_defaults(size="quick")
    chosen = parser.parse_args(arguments)
    size: Size = _SIZES[chosen.size]
    mnist = fetch_mnist(chosen.mnist) if size.lent else None
    observed = list(_observe(plan_tasks(size, mnist), chosen.processes))
    named = f"reading-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.html"
    gallery = chosen.gallery or _FOLDER / "out" / named
    write_gallery(pick_worst(observed), gallery)
    result = _tell(observed, gallery)
    beside = tuple(map(measure_beside, _BESIDE[chosen.size]))
    keep_in = "results" if chosen.size == "full" else result.keep_in
    return replace(result, more=(*result.more, *beside), keep_in=keep_in)


def measure_beside(name: str) -> Result:
    """Another benchmark's answer; what it lacks must not cost half an hour of reading."""
    try:
        return load_benchmark(name).run(())
    except Exception as fault:
        traceback.print_exc()
        return Result(f"{name}: not measured", ("why",), ((repr(fault),),))


def _observe(tasks: Sequence[Task], processes: int) -> Iterator[Observation]:
    """All fields of all tasks; a process keeps the print of the papers it filled last."""
    chunk = max(1, min(_CHUNK, len(tasks) // (4 * processes)))
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        results = pool.map(observe_task, tasks, chunksize=chunk)
        shown = Console(file=sys.stderr)
        for fields in track(results, "Reading", total=len(tasks), console=shown):
            yield from fields


def _tell(observed: Sequence[Observation], gallery: Path) -> Result:
    """The table of marks, and behind it all others."""
    tables = (
        count_kinds(observed),
        count_outcomes(observed),
        count_numbers(observed),
        count_confusion(observed),
        count_reliability(observed),
    )
    return replace(
        count_marks(observed),
        more=tuple(table for table in tables if table.rows),
        extra={
            "gallery": gallery.name,
            "silent": [_name(o) for o in observed if o.silent],
            "accepted wrongly": [_name(o) for o in observed if _is_unseen(o)],
        },
    )


def _is_unseen(o: Observation) -> bool:
    return o.outcome is Outcome.ACCEPTED_WRONGLY and not o.silent


def _name(o: Observation) -> str:
    return (
        f"{o.style}, level {o.level}, seed {o.seed}, {o.form} {o.field} ({o.part}, {o.scenario}):"
        f" {o.meant}, read as {o.seen}"
    )
