"""People that the civil register confirms: what it spares operators, and at what risk."""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context

import cv2
import numpy as np

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.simulated import (
    Compared,
    Job,
    compare_readings,
    open_paper,
    read_sides,
    simulate_job,
)
from form_templates.specification import Template
from ocr.lexicon import load_lexicon
from ocr.readings import DocumentReading
from ocr.simulation.styles import Style
from validation.confirmed_people import find_confirmed, take_confirmed
from validation.known import Known
from validation.people import NAMINGS, Naming
from validation.registers import CivilEntry, Register, RegisterAnswer
from validation.typed_values import Typed, type_values

QUESTION = "How much looking does a civil register spare, and does it let a wrong value pass?"
QUICK = False

_FORMS: Mapping[str, date | None] = {"application": date(2010, 5, 21), "family_declaration": None}
_LEVELS = (0, 1, 2, 3)
_SHARE = 0.04
_RELATIVES = 0.5
"""Of the strangers: brothers and sisters often have numbers that follow each other."""
_COLUMNS = (
    *("level", "people", "fields", "to look at without a register %", "with it %"),
    *("with one full of strangers %", "wrong accepted without", "with", "with strangers"),
)
_AS_OF = date(2026, 11, 1)

Count = Counter[tuple[int, str]]
"""Level and what was counted -> how often."""


@dataclass(frozen=True, slots=True)
class _Person:
    """One person as they stand on the paper: question -> field as it should be and was read."""

    naming: Naming
    fields: Mapping[str, Compared]


def run(arguments: Sequence[str]) -> Result:
    """Fill applications and declarations, read them, and ask two registers about their people."""
    parser = argparse.ArgumentParser(prog="confirming", description=__doc__)
    parser.add_argument("--papers", type=int, default=12, help="of each form, level and style")
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args(arguments)
    jobs = [
        Job(form, level, chosen.seed * 10_000 + number, _SHARE, style=style, edition=edition)
        for form, edition in _FORMS.items()
        for level in _LEVELS
        for style in (Style.MEASURING, Style.GUARD)
        for number in range(chosen.papers)
    ]
    counts: Count = Counter()
    with ProcessPoolExecutor(chosen.processes, get_context("spawn")) as pool:
        for count in pool.map(_count_job, jobs, chunksize=chosen.papers):
            counts += count
    return Result(
        "Who people are, on papers filled by simulated hands",
        _COLUMNS,
        tuple(_describe(counts, level) for level in _LEVELS),
        notes=(
            f"{len(jobs)} simulated papers of {len(_FORMS)} forms, two styles, seed {chosen.seed};"
            f" {_SHARE:.0%} of the answers corrected, smudged or crossed",
            "fields: personal number, surname, first name and, where asked for, birth date",
            "the first register has the people on the papers as they should be read; in the second"
            " every misread number is somebody else's, half of the time of the same surname",
            "wrong accepted: fields that pass unseen and are wrong; of the people whom the"
            f" register confirmed, at most {_bound(counts):.2f} in 1,000 fields (95 %)",
        ),
        extra={f"{level} {name}": n for (level, name), n in sorted(counts.items())},
    )


def _describe(counts: Count, level: int) -> tuple[Cell, ...]:
    fields = counts[level, "fields"]
    looks = (counts[level, f"looks {way}"] for way in ("alone", "known", "strangers"))
    wrong = (counts[level, f"wrong {way}"] for way in ("alone", "known", "strangers"))
    shares = (100 * n / fields if fields else None for n in looks)
    return level, counts[level, "people"], fields, *shares, *wrong


def _bound(counts: Count) -> float:
    confirmed, wrong = (
        sum(counts[level, name] for level in _LEVELS) for name in ("confirmed", "confirmed wrong")
    )
    return 1000 * upper_rate(wrong, confirmed)


def _count_job(job: Job) -> Count:
    """Read one paper, and see who is confirmed by either register."""
    cv2.setNumThreads(1)
    ready = open_paper(job)
    template = ready.paper.template
    simulated = simulate_job(job, ready)
    compared = compare_readings(simulated, read_sides(simulated, template, ready.shelf))
    people = list(_list_people({one.truth.field: one for one in compared}))
    seen = {one.truth.field: one.seen for one in compared if one.seen is not None}
    document = DocumentReading(template.key, 0, (), seen, ())
    rng = np.random.default_rng([job.seed, job.level])
    known = dict(_list_entries(template, people))
    read = type_values(template, document).values
    strangers = dict(_invent_strangers(people, read, rng)) | known
    fields = [one for person in people for one in person.fields.values()]
    count: Count = Counter({(job.level, "people"): len(people), (job.level, "fields"): len(fields)})
    for way, register in (("alone", {}), ("known", known), ("strangers", strangers)):
        found = find_confirmed(template, document, Known(registers={Register.CIVIL: register}))
        settled = take_confirmed(document, found).fields
        for one in fields:
            now = Compared(one.level, one.seed, one.truth, settled.get(one.truth.field))
            count[job.level, f"looks {way}"] += now.to_review
            count[job.level, f"wrong {way}"] += now.silent_error
    # Of the last register, which has everybody of the first: no field is counted twice.
    names = {name for person in found for name in person.fields}
    count[job.level, "confirmed"] += len(names)
    count[job.level, "confirmed wrong"] += sum(
        one.truth.field in names and not one.right for one in fields
    )
    return count


def _list_people(fields: Mapping[str, Compared]) -> Iterator[_Person]:
    """Everybody whose number stands on the paper."""
    for field, one in fields.items():
        prefix, dot, question = field.rpartition(".")
        for naming in NAMINGS:
            if question == naming.number and one.truth.value:
                asked = (naming.number, naming.surname, naming.first_name, naming.birth_date)
                found = {q: fields.get(prefix + dot + q) for q in asked if q is not None}
                yield _Person(naming, {q: seen for q, seen in found.items() if seen is not None})


def _list_entries(
    template: Template, people: Sequence[_Person]
) -> Iterator[tuple[str, RegisterAnswer]]:
    """The people as a register has them whose papers are right."""
    schema = partial(_type_truth, template)
    for person in people:
        said = {question: schema(one) for question, one in person.fields.items()}
        number, born = said[person.naming.number], said.get(person.naming.birth_date or "")
        names = (said.get(person.naming.first_name), said.get(person.naming.surname))
        if isinstance(number, str) and all(isinstance(name, str) for name in names):
            day = born if isinstance(born, date) else None
            yield number, _answer(number, str(names[0]), str(names[1]), day)


def _type_truth(template: Template, one: Compared) -> Typed | None:
    """What stands on the paper, as its type; None where it has no reading to stand in for."""
    if one.seen is None or one.truth.value is None:
        return None
    field = one.truth.field
    reading = replace(one.seen, value=one.truth.value)
    document = DocumentReading(template.key, 0, (), {field: reading}, ())
    return type_values(template, document).values.get(field)


def _invent_strangers(
    people: Sequence[_Person], read: Mapping[str, Typed], rng: np.random.Generator
) -> Iterator[tuple[str, RegisterAnswer]]:
    """Somebody else with each number that was read."""
    surnames, first_names = (load_lexicon(name).words for name in ("surnames", "first_names"))
    for person in people:
        number = read.get(person.fields[person.naming.number].truth.field)
        if isinstance(number, str):
            born = date.fromordinal(int(rng.integers(711_000, 735_000)))
            first_name, surname = (str(rng.choice(list_)) for list_ in (first_names, surnames))
            theirs = person.fields[person.naming.surname].truth.value
            if rng.random() < _RELATIVES and isinstance(theirs, str):
                surname = theirs.strip()
            yield number, _answer(number, first_name, surname, born)


def _answer(number: str, first_name: str, surname: str, born: date | None) -> RegisterAnswer:
    entry = CivilEntry(first_name, surname, born, None, None, None, None)
    return RegisterAnswer(Register.CIVIL, number, (entry,), _AS_OF, "invented")
