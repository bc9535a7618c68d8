"""Invented declarations as a reader would hand them on: no picture is drawn, nothing is read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import CELL_KINDS, PRESENCE_KINDS, FieldSpec, Format, TemplatePage
from form_templates.specification import Template
from ocr.readings import (
    DocumentReading,
    FieldReading,
    FieldState,
    PageReading,
    PageStatus,
    Quad,
    Reason,
    Value,
)
from ocr.simulation.declaration import declare_family
from ocr.simulation.people import invent_family

LARGEST_FAMILY = 8
MOST_FAULTS = 3
"""On one declaration; as many have none, one, two or so many."""

_NOWHERE: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_FIRST_DAY, _LAST_DAY = 30, 200
"""Days after the edition's date in which the declarations are filled."""
_Fault = Callable[[FieldReading], FieldReading]


@cache
def load_declaration() -> Template:
    """The newest edition of the form."""
    return catalog.load("family_declaration")


def invent_declarations(count: int, seed: int) -> Iterator[tuple[DocumentReading, date]]:
    """So many declarations, each of a family of its own, with the day it is checked."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        size = int(rng.integers(1, LARGEST_FAMILY + 1))
        filled = load_declaration().key.edition + timedelta(
            days=int(rng.integers(_FIRST_DAY, _LAST_DAY))
        )
        yield _fill(rng, size, filled), filled + timedelta(days=int(rng.integers(0, 8)))


def _fill(rng: np.random.Generator, size: int, filled: date) -> DocumentReading:
    """The declaration of a family, with some of its fields spoilt."""
    template = load_declaration()
    pages = _lay_out(max(size, template.default_rows["members"]))
    said = declare_family(invent_family(rng, size, filled), pages, rng)
    fields = {
        spec.id: _read(spec, ref, said[spec.id].value if spec.id in said else None)
        for ref, page in enumerate(pages)
        for spec in page.fields
    }
    answered = list(said)
    for _ in range(int(rng.integers(0, MOST_FAULTS + 1))):
        field = answered[int(rng.integers(len(answered)))]
        fields[field] = _FAULTS[int(rng.integers(len(_FAULTS)))](fields[field])
    scanned = tuple(
        PageReading("invented.pdf", ref, PageStatus.READ, page=page.page, sheet=page.sheet)
        for ref, page in enumerate(pages)
    )
    return DocumentReading(template.key, 0, scanned, fields)


@cache
def _lay_out(rows: int) -> tuple[TemplatePage, ...]:
    return tuple(laid.template for laid in lay_out(load_declaration(), {"members": rows}))


def _read(spec: FieldSpec, page: int, value: Value) -> FieldReading:
    state = FieldState.EMPTY if value is None else FieldState.READ
    return FieldReading(spec, state, Reason.NONE, value, 1.0, False, _NOWHERE, page_ref=page)


def _leave_blank(reading: FieldReading) -> FieldReading:
    return replace(reading, value=None, state=FieldState.EMPTY)


def _doubt(reading: FieldReading) -> FieldReading:
    return replace(reading, reason=Reason.DOUBTFUL_VALUE, review=True)


def _correct_unsigned(reading: FieldReading) -> FieldReading:
    return replace(reading, reason=Reason.UNSIGNED_CORRECTION, state=FieldState.UNSIGNED)


def _misread(reading: FieldReading) -> FieldReading:
    """Another answer of the same kind: a digit more, no signature, the first code."""
    spec, value = reading.spec, reading.value
    if spec.kind in PRESENCE_KINDS:
        return replace(reading, value=False)
    if isinstance(value, str) and spec.kind in CELL_KINDS and spec.format is not Format.PLAIN:
        return replace(reading, value=value[:-1] + ("1" if value.endswith("9") else "9"))
    return replace(reading, value=spec.options[0].code) if spec.options else reading


_FAULTS: tuple[_Fault, ...] = (_leave_blank, _doubt, _correct_unsigned, _misread)
