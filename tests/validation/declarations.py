"""A declaration without a fault, as answers and as readings."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from form_templates.layout import lay_out
from form_templates.model import PRESENCE_KINDS
from ocr.readings import (
    DocumentReading,
    FieldReading,
    FieldState,
    PageReading,
    PageStatus,
)
from tests.validation.papers import load_form, read_field, write_value

DECLARATION = load_form("family_declaration")


ANSWERS: dict[str, Any] = {
    "family_code": "1234567890",
    "agent_surname": "abc",
    "agent_name": "abc",
    "agent_code": "123456",
    "representative_surname": "abc",
    "representative_name": "abc",
    "representative_personal_number": "01001012345",
    "municipality": "abc",
    "settlement": "abc",
    "phone_mobile": "599123456",
    "sms_consent": "1",
    "subscriber_electricity": "123456789012",
    "A7": ["8"],
    "A8": Decimal("64.5"),
    "A9": 3,
    "A10": "4",
    "A11": "1",
    "A12": 150,
    "B2": 1,
    "C4": 0,
    "D1": "2",
    "D3": "1",
    "D4_5": 12,
    "E1": Decimal("120.5"),
    "E2": 0,
    "E3": 0,
    "E4": 0,
    "F1": "2",
    "F2": "2",
    "F2_reasons": ["1"],
    "filling_date": date(2015, 11, 23),
    "visit_start": time(10, 0),
    "visit_end": time(11, 30),
}


MEMBERS: list[dict[str, Any]] = [
    {
        "surname": "abc",
        "first_name": "abc",
        "personal_number": "01001012345",
        "birth_date": date(1950, 3, 1),
        "age": 65,
        "sex": "1",
        "B3": ["1"],
        "C2": "6",
        "C3_03": 160,
    },
    {
        "surname": "abc",
        "first_name": "abc",
        "personal_number": "01001012346",
        "birth_date": date(2005, 12, 1),
        "age": 9,
        "sex": "2",
        "C1": "2",
    },
]


def fill_declaration(rows: int = 6, /, **other: Any) -> DocumentReading:
    """A whole declaration of two members as the form lays it out; all else is seen empty."""
    answers = dict(ANSWERS)
    for row, member in enumerate(MEMBERS, start=1):
        answers |= {f"members[{row}].{question}": value for question, value in member.items()}
    answers |= other
    fields: dict[str, FieldReading] = {}
    pages = []
    for ref, page in enumerate(lay_out(DECLARATION, {"members": rows})):
        for spec in page.template.fields:
            sign = True if spec.kind in PRESENCE_KINDS else ""
            value = write_value(spec, answers.get(spec.id, sign))
            state = FieldState.EMPTY if value is None else FieldState.READ
            blank = read_field(DECLARATION, "A9")
            fields[spec.id] = replace(blank, spec=spec, value=value, state=state, page_ref=ref)
        read = PageReading("scan.pdf", ref, PageStatus.READ)
        pages.append(replace(read, page=page.template.page, sheet=page.template.sheet))
    return DocumentReading(DECLARATION.key, 0, tuple(pages), fields)
