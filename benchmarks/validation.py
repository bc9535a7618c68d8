"""How fast declarations are checked, from what was read and from what is kept."""

import argparse
import gc
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar

from benchmarks.declarations import (
    LARGEST_FAMILY,
    MOST_FAULTS,
    invent_declarations,
    load_declaration,
)
from benchmarks.result import Result
from ocr.readings import DocumentReading
from validation.disposition import find_track
from validation.documents import ValidatedDocument, validate_document
from validation.fields import Json
from validation.parameters import load_law
from validation.rules.catalog import list_rules
from validation.rules.paper import Paper, open_paper
from validation.schemas import build_schema
from validation.stored import restore_record

QUESTION = "How many declarations does one core validate?"

_MANY = 100_000
"""Declarations whose time is told; that many are made with --full."""
_BATCH = 500
_WARMING = 5
_SAMPLE = 10
"""One declaration in so many is also checked with a schema of its own, and rule by rule."""
_SLOWEST = 5
_READ = "from readings: values, fields, pages, rules"
_KEPT = "from kept records: rules alone"
_ANEW = "from readings, the schema built anew for each"
Asked = TypeVar("Asked")
Found = TypeVar("Found")


@dataclass(slots=True)
class Measured:
    """Processor seconds, summed up; nothing of a declaration is kept."""

    ways: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Way of checking -> declarations and seconds."""
    rules: Counter[str] = field(default_factory=Counter)
    """Rule -> nanoseconds of all declarations of the sample."""
    dispositions: Counter[str] = field(default_factory=Counter)
    findings: int = 0
    fields: int = 0

    def time(
        self, way: str, check: Callable[[Asked, date], Found], batch: Sequence[tuple[Asked, date]]
    ) -> list[Found]:
        """Check a batch and count what it took."""
        begun = time.process_time()
        found = [check(asked, day) for asked, day in batch]
        taken = time.process_time() - begun
        number, seconds = self.ways.get(way, (0, 0.0))
        self.ways[way] = number + len(batch), seconds + taken
        return found


def run(arguments: Sequence[str]) -> Result:
    """Invent declarations one by one, check each in every way, and keep the times alone."""
    parser = argparse.ArgumentParser(prog="validation", description=__doc__)
    parser.add_argument("--declarations", type=int, default=2000)
    parser.add_argument("--full", action="store_true", help=f"{_MANY} declarations")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    count = _MANY if chosen.full else chosen.declarations
    for document, day in invent_declarations(_WARMING, chosen.seed + 1):
        _check_kept(_check(document, day).typed, day)
    return _report(_measure(count, chosen.seed), count, chosen.seed)


def _measure(count: int, seed: int) -> Measured:
    """A batch at a time is invented and then checked, as one that waits in a queue is."""
    measured, invented = Measured(), invent_declarations(count, seed)
    while batch := list(islice(invented, _BATCH)):
        gc.freeze()  # a worker holds one document at a time, not a batch of them
        checked = measured.time(_READ, _check, batch)
        kept = [(found.typed, day) for found, (_, day) in zip(checked, batch, strict=True)]
        measured.time(_KEPT, _check_kept, kept)
        measured.time(_ANEW, _check_anew, batch[::_SAMPLE])
        for values, day in kept[::_SAMPLE]:
            _measure_rules(measured, _reopen(values, day))
        measured.fields += sum(len(document.fields) for document, _ in batch)
        measured.findings += sum(len(found.findings) for found in checked)
        measured.dispositions.update(found.disposition.value for found in checked)
        gc.unfreeze()
    return measured


def _check(document: DocumentReading, day: date) -> ValidatedDocument:
    return validate_document(load_declaration(), document, day)


def _check_anew(document: DocumentReading, day: date) -> ValidatedDocument:
    """The naive way: what follows from the form alone is worked out for each document."""
    build_schema(load_declaration())
    return _check(document, day)


def _check_kept(values: Mapping[str, Json], day: date) -> int:
    """The rules on a record as the registry has it; how many findings they made."""
    paper, track = _reopen(values, day), find_track(load_declaration())
    return sum(1 for rule in list_rules(paper.form) for _ in rule.examine(paper, track))


def _reopen(values: Mapping[str, Json], day: date) -> Paper:
    template = load_declaration()
    return open_paper(template, restore_record(template, values), load_law(), day)


def _measure_rules(measured: Measured, paper: Paper) -> None:
    """Each rule alone; the clock costs about as much as the quickest of them."""
    track = find_track(load_declaration())
    for rule in list_rules(paper.form):
        begun = time.process_time_ns()
        list(rule.examine(paper, track))
        measured.rules[rule.code] += time.process_time_ns() - begun


def _report(measured: Measured, count: int, seed: int) -> Result:
    return Result(
        f"{count} invented declarations, one core",
        ("way", "checked", "ms each", "declarations/s", f"{_MANY} take s"),
        tuple((way, *_rate(number, taken)) for way, (number, taken) in measured.ways.items()),
        notes=(
            f"seed {seed}; families of 1 to {LARGEST_FAMILY}, no two alike, with up to"
            f" {MOST_FAULTS} fields spoilt: blank, doubtful, misread, corrected unsigned",
            "processor time of this process, collecting its garbage included; inventing the"
            " declarations is not counted",
            f"{measured.fields / count:.0f} fields and {measured.findings / count:.2f} findings"
            f" a declaration, {len(list_rules(load_declaration().key.form))} rules",
            "what becomes of them: "
            + ", ".join(f"{name} {n}" for name, n in measured.dispositions.most_common()),
        ),
        extra={
            "findings": measured.findings,
            "dispositions": dict(measured.dispositions),
            "law_edition": load_law().edition,
        },
        more=(_report_rules(measured),),
    )


def _rate(number: int, seconds: float) -> tuple[int, float, float, float]:
    each = seconds / number
    return number, each * 1e3, 1 / each, each * _MANY


def _report_rules(measured: Measured) -> Result:
    checked, whole = measured.ways[_ANEW][0], measured.rules.total()
    slowest = measured.rules.most_common(_SLOWEST)
    return Result(
        f"The slowest {_SLOWEST} of {len(measured.rules)} rules",
        ("rule", "us a declaration", "share of all rules"),
        tuple((code, taken / checked / 1e3, taken / whole) for code, taken in slowest),
    )
