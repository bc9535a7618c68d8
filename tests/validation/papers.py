"""Readings made from plain values, as if a sure reader had read them."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any

from form_templates.catalog import load
from form_templates.model import (
    CELL_KINDS,
    PRESENCE_KINDS,
    Cardinality,
    CorrectionRule,
    FieldSpec,
    Format,
    Kind,
    Region,
)
from form_templates.specification import Question, Template
from ocr.readings import DocumentReading, FieldReading, FieldState, Reason, Value

DAY = date(2015, 11, 25)

Plain = str | int | bool | Decimal | date | time | list[str]

_BOX = Region(20, 40, 10, 10)
_QUAD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@cache
def load_form(form: str) -> Template:
    return load(form)


def read_paper(template: Template, values: Mapping[str, Plain]) -> DocumentReading:
    """A document of the given fields only; "" is a field that was seen empty."""
    return document_of(template, *(read_field(template, id_, v) for id_, v in values.items()))


def document_of(
    template: Template, *readings: FieldReading, missing: tuple[tuple[int, int], ...] = ()
) -> DocumentReading:
    fields = {reading.id: reading for reading in readings}
    return DocumentReading(template.key, 0, (), fields, missing)


def read_field(template: Template, id_: str, plain: Plain = "", /, **changes: Any) -> FieldReading:
    """One sure reading of a plain value; keyword arguments replace parts of it."""
    spec = find_spec(template, id_)
    value = write_value(spec, plain)
    parts: dict[str, Any] = {
        "spec": spec,
        "state": FieldState.EMPTY if value is None else FieldState.READ,
        "reason": Reason.NONE,
        "value": value,
        "confidence": 1.0,
        "review": False,
        "region_px": _QUAD,
    }
    return FieldReading(**(parts | changes))


def find_spec(template: Template, id_: str) -> FieldSpec:
    """The field of an id, in no particular place on the paper."""
    group, row, name = _split_id(id_)
    if name.startswith("foot_signature"):
        return _build_spec(Question(name, Kind.SIGNATURE, template.foot_signature_law), None, None)
    question = next(
        q for section, q in template.questions() if q.id == name and section.group == group
    )
    return _build_spec(question, group, row)


def write_value(spec: FieldSpec, plain: Plain) -> Value:
    """A plain value as the reader gives it: one character a cell, codes, true or false."""
    if plain in ("", []):
        return None
    if isinstance(plain, bool):
        return plain
    if spec.cardinality is Cardinality.MANY and isinstance(plain, list):
        return tuple(plain)
    if isinstance(plain, date):
        return plain.strftime("%d%m%Y")
    if isinstance(plain, time):
        return plain.strftime("%H%M")
    if isinstance(plain, int | Decimal) and spec.format is not Format.INTEGER and spec.decimals:
        digits = str(int(Decimal(plain).scaleb(spec.decimals)))
        return digits.zfill(spec.decimals + 1).rjust(len(spec.cells))
    if isinstance(plain, int):
        return str(plain).rjust(len(spec.cells))
    return str(plain)


def _split_id(id_: str) -> tuple[str | None, int | None, str]:
    if "[" not in id_:
        return None, None, id_
    group, rest = id_.split("[")
    row, name = rest.split("].")
    return group, int(row), name


def _build_spec(question: Question, group: str | None, row: int | None) -> FieldSpec:
    prefix = "" if group is None else f"{group}[{row}]."
    is_foot = question.id.startswith("foot_signature")
    return FieldSpec(
        id=prefix + question.id,
        question="foot_signature" if is_foot else question.id,
        kind=question.kind,
        cardinality=question.cardinality,
        required=question.required,
        format=question.format,
        decimals=question.decimals,
        group=group,
        row=row,
        region=_BOX,
        cells=(_BOX,) * sum(question.cells) if question.kind in CELL_KINDS else (),
        correction_rule=(
            CorrectionRule.NONE if question.kind in PRESENCE_KINDS else question.correction_rule
        ),
        law=question.law,
    )
