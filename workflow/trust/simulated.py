"""Simulated review, for as long as there is no real one: every field with its truth.

Paper is drawn in the style that the networks were trained with; the styles that measure
them stay untouched, or their figures would mean nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

import numpy as np

from form_templates import catalog
from form_templates.specification import Template
from intake.pages import PageImage
from ocr.pipeline import PageReader
from ocr.readings import FieldReading
from ocr.simulation.document import (
    SimulatedDocument,
    draw_scenarios,
    invent_intents,
    prepare_paper,
    simulate_on,
)
from ocr.simulation.styles import Style
from ocr.thresholds import find_read_kind
from workflow.cases.agreement import is_read_rightly
from workflow.cases.form_fields import find_field
from workflow.demonstration.operators import say_what_stands
from workflow.trust.judged import (
    Evidence,
    JudgedReading,
    Look,
    Origin,
    is_accepted,
    is_threshold_doubt,
)

_SEED = 7_000_000
"""The first; training and benchmarks draw from others."""
_LEVELS = (0, 1, 2)
_CORRECTED = 0.04
"""Share of fields that are not answered plainly."""


def simulate_review(documents: int, forms: Sequence[str], now: datetime) -> Evidence:
    """Read invented documents of some forms in turn, and say of each field whether it is right.

    Nothing is drawn by lot: everything that was accepted is looked at.
    """
    judge = partial(_read_document, PageReader(), now)
    readings = [
        reading
        for number in range(documents)
        for reading in judge(catalog.load(forms[number % len(forms)]), number)
    ]
    accepted = Counter(reading.origin for reading in readings if reading.accepted)
    return Evidence(readings, accepted, simulated=True)


def _read_document(
    reader: PageReader, now: datetime, template: Template, number: int
) -> Iterator[JudgedReading]:
    seed, level = _SEED + number, _LEVELS[number % len(_LEVELS)]
    paper = prepare_paper(template)
    rng = np.random.default_rng([seed, level, 8])
    scenarios = draw_scenarios(paper.pages, rng, _CORRECTED)
    intents = invent_intents(paper, seed)
    document = simulate_on(paper, intents, level, seed, scenarios, Style.TRAINING)
    for page in reader.read_file(_list_images(document)):
        for reading in page.fields:
            judged = _judge(template, document, reading, now, (number, page.index))
            if judged is not None:
                yield judged


def _list_images(document: SimulatedDocument) -> Iterator[PageImage]:
    for index, scan in enumerate(document.scans):
        yield PageImage("simulated", index, scan.picture, scan.dpi)


def _judge(
    template: Template,
    document: SimulatedDocument,
    reading: FieldReading,
    now: datetime,
    place: tuple[int, int],
) -> JudgedReading | None:
    """One field beside its truth; None where no threshold is about it."""
    kind = find_read_kind(reading.spec.kind)
    if kind is None:
        return None
    question = find_field(template, reading.id).question
    verdict, value = say_what_stands(document.truth.get(reading.id))
    return JudgedReading(
        origin=Origin(kind, template.key.form, None),
        page=100 * place[0] + place[1],
        read_at=now,
        confidence=reading.confidence,
        accepted=is_accepted(reading.state, review=reading.review),
        look=_find_look(reading),
        right=is_read_rightly(question, reading.state, reading.value, verdict, value),
        simulated=True,
    )


def _find_look(reading: FieldReading) -> Look:
    if is_accepted(reading.state, review=reading.review):
        return Look.DRAWN
    return Look.DOUBT if is_threshold_doubt(reading.reason, review=reading.review) else Look.OTHER
