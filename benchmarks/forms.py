"""What each form costs to load and print, and what comes back of it from simulated paper."""

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.simulated import Compared, Job, compare_documents
from form_templates import catalog
from form_templates.describe import describe_form
from form_templates.layout import list_pages
from form_templates.loading import read_template
from form_templates.model import TemplateKey
from form_templates.printing import print_form
from form_templates.specification import Template

QUESTION = "What does each form cost to load and print, and is it read back as it was filled?"
QUICK = False

_COLUMNS = (
    "edition",
    "pages",
    "load ms",
    "print ms",
    "same bytes",
    "fields",
    "right %",
    "person %",
    "silent",
    "per 1,000",
)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What one edition costs."""

    load_ms: float
    print_ms: float
    same: bool
    pages: int


def run(arguments: Sequence[str]) -> Result:
    """Load, print, describe twice; then fill, distort, read and compare some documents."""
    parser = argparse.ArgumentParser(prog="forms", description=__doc__)
    parser.add_argument("--documents", type=int, default=8, help="of each edition")
    parser.add_argument("--level", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.1, help="of fields answered not plainly")
    parser.add_argument("--seed", type=int, default=700)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args(arguments)
    rows = []
    for key in catalog.list_templates():
        jobs = [
            Job(key.form, chosen.level, chosen.seed + n, chosen.share, edition=key.edition)
            for n in range(chosen.documents)
        ]
        compared = list(compare_documents(jobs, chosen.processes))
        rows.append(_row(key, _measure(key), compared))
    return Result(
        f"Each edition, simulated paper of level {chosen.level}",
        _COLUMNS,
        tuple(rows),
        notes=(
            f"{chosen.documents} documents an edition, seeds from {chosen.seed}, measuring style;"
            f" {chosen.share:.0%} of the fields corrected, crossed or otherwise not plain",
            "print: laid out anew and printed; same bytes: print and description of two loads",
            "person: letters by hand always go to one; silent: wrong and taken without a look;"
            " per 1,000: the upper end of the 95 % interval",
        ),
    )


def _measure(key: TemplateKey) -> _Cost:
    template = catalog.load(key.form, key.edition)
    assert template.folder is not None
    folder = template.folder
    load = _best(lambda: read_template(folder, key))
    prints = _best(lambda: print_form(read_template(folder, key)))
    pages = len(list_pages(template))
    return _Cost(load, prints, _describe(template) == _describe(read_template(folder, key)), pages)


def _describe(template: Template) -> str:
    said = json.dumps(describe_form(template), sort_keys=True)
    return hashlib.sha256(said.encode() + print_form(template)).hexdigest()


def _best(work: Callable[[], object], repeat: int = 3) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def _row(key: TemplateKey, cost: _Cost, compared: Sequence[Compared]) -> tuple[Cell, ...]:
    count = len(compared)
    silent = sum(c.silent_error for c in compared)
    return (
        str(key),
        cost.pages,
        round(cost.load_ms, 1),
        round(cost.print_ms),
        "yes" if cost.same else "NO",
        count,
        round(100 * sum(c.right for c in compared) / count, 1) if count else None,
        round(100 * sum(c.to_review for c in compared) / count, 1) if count else None,
        silent,
        round(1000 * upper_rate(silent, count), 2),
    )
