"""What the characters of a document mean: every value as its type, and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading
from validation.schemas import build_schema, list_groups

Typed = str | int | bool | Decimal | date | time | tuple[str, ...]
Json = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class TypedValues:
    """The values of a document by the ids of its fields, settled or not."""

    values: Mapping[str, Typed]
    json: Mapping[str, Json]
    """The same for other programs: ISO dates, decimals as text, lists."""
    refused: Mapping[str, str]
    """Field -> code of what is wrong with its characters."""


def type_values(template: Template, document: DocumentReading) -> TypedValues:
    """Every value that was read, as its type; characters that fit no type are refused.

    Doubtful values are typed as well, for the person who looks at them; what may be
    built on is the record.
    """
    schema, groups = build_schema(template), list_groups(template)
    asked, printed = _split_readings(template, document)
    loaded, refused = _load(schema, _nest(asked, groups))
    return TypedValues(
        values=dict(_flatten(loaded, groups)) | printed,
        json=dict(_flatten(schema.dump(loaded), groups)) | printed,
        refused={id_: codes[0] for id_, codes in _flatten(refused, groups)},
    )


def _split_readings(
    template: Template, document: DocumentReading
) -> tuple[list[FieldReading], dict[str, bool]]:
    """The answers to questions, and the signatures that the layout adds to each leaf."""
    questions = {question.id for _, question in template.questions()}
    fields = document.fields.values()
    asked = [r for r in fields if r.spec.question in questions and _says_something(r)]
    printed = {
        r.id: r.value
        for r in fields
        if r.spec.question not in questions and isinstance(r.value, bool)
    }
    return asked, printed


def _says_something(reading: FieldReading) -> bool:
    """Whether there is a value at all; blank cells are none."""
    value = reading.value
    return value is not None and not (isinstance(value, str) and not value.strip())


def _nest(readings: list[FieldReading], groups: tuple[str, ...]) -> dict[str, Any]:
    """The raw values in the shape of the schema; the place in its list is a row's number."""
    nested: dict[str, Any] = {group: [] for group in groups}
    for reading in readings:
        spec = reading.spec
        if spec.group is None or spec.row is None:
            nested[spec.question] = reading.value
            continue
        rows = nested[spec.group]
        rows.extend({} for _ in range(spec.row - len(rows)))
        rows[spec.row - 1][spec.question] = reading.value
    return nested


def _load(schema: Schema, nested: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the schema understands, and what it refuses."""
    try:
        return schema.load(nested), {}
    except ValidationError as refusal:
        valid, messages = refusal.valid_data, refusal.messages
        if not isinstance(valid, dict) or not isinstance(messages, dict):
            raise
        return valid, messages


def _flatten(nested: Mapping[str, Any], groups: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The leaves of a nested document by their field ids."""
    for key, value in nested.items():
        if key not in groups:
            yield key, value
            continue
        rows = value.items() if isinstance(value, Mapping) else enumerate(value)
        for index, answers in rows:
            for question, answer in answers.items():
                yield f"{key}[{index + 1}].{question}", answer
