"""What the characters of a document mean: every value as its type, and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from marshmallow import ValidationError

from form_templates.specification import Template
from ocr.readings import DocumentReading
from validation.fields import Json
from validation.schemas import list_fields

__all__ = ["Json", "Typed", "TypedValues", "type_values"]

Typed = str | int | bool | Decimal | date | time | tuple[str, ...]


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
    fields = list_fields(template)
    values: dict[str, Typed] = {}
    json: dict[str, Json] = {}
    refused: dict[str, str] = {}
    for id_, reading in document.fields.items():
        raw = reading.value
        if raw is None:
            continue
        spec = reading.spec
        field = fields.get((spec.group, spec.question))
        if field is None:
            if isinstance(raw, bool):  # a signature that the layout adds to each leaf
                values[id_] = json[id_] = raw
        elif not isinstance(raw, str) or raw.strip():  # blank cells say nothing
            try:
                values[id_] = value = field.read(raw)
                json[id_] = field.write(value)
            except ValidationError:
                refused[id_] = field.refusal
    return TypedValues(values, json, refused)
