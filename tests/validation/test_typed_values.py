from dataclasses import replace
from typing import Any

import pytest
from marshmallow import ValidationError

from form_templates.specification import Template
from tests.validation.declarations import DECLARATION
from tests.validation.papers import read_paper
from validation.schemas import build_schema, list_fields
from validation.template_cache import once_a_template
from validation.typed_values import type_values

SOUND = {
    "A7": ["1", "4"],
    "A8": "64.5",
    "A9": 3,
    "A10": "4",
    "visit_start": "1005",
    "filling_date": "23112015",
    "family_code": "0012345678",
    "phone_mobile": "599123456",
    "agent_signature": True,
    "members[1].surname": "abc",
    "members[1].personal_number": "01001012345",
    "members[1].birth_date": "29021952",
    "members[1].C3_07": "12050",
}
REFUSED = {
    "A9": "1 2",
    "A10": "99",
    "visit_start": "2460",
    "filling_date": "29022015",
    "family_code": "12 45",
    "phone_mobile": "59x",
    "members[1].personal_number": "123",
    "members[1].birth_date": "00012000",
    "members[1].C3_07": "1 050",
}


def nest(values: dict[str, Any]) -> dict[str, Any]:
    """A record in the shape of the schema, one member."""
    nested: dict[str, Any] = {"members": [{}]}
    for field, value in values.items():
        place = nested["members"][0] if field.startswith("members") else nested
        place[field.removeprefix("members[1].")] = value
    return nested


def test_a_value_read_alone_is_what_the_schema_makes_of_a_whole_record() -> None:
    schema, document = build_schema(DECLARATION), read_paper(DECLARATION, SOUND)
    raw = {field: reading.value for field, reading in document.fields.items()}
    typed, loaded = type_values(DECLARATION, document), schema.load(nest(raw))
    assert nest(dict(typed.values)) == loaded
    assert nest(dict(typed.json)) == schema.dump(loaded)


def test_a_value_refused_alone_is_refused_in_a_whole_record() -> None:
    document = read_paper(DECLARATION, REFUSED)
    raw = {field: reading.value for field, reading in document.fields.items()}
    with pytest.raises(ValidationError) as refusal:
        build_schema(DECLARATION).load(nest(raw))
    messages = dict(refusal.value.messages_dict)
    messages["members"] = [messages["members"][0]]
    refused = {field: [code] for field, code in type_values(DECLARATION, document).refused.items()}
    assert nest(refused) == messages
    assert refused.keys() == REFUSED.keys()


@pytest.mark.parametrize("column", list_fields(DECLARATION), ids=str)
def test_every_question_refuses_what_is_no_answer_at_all(column: tuple[str | None, str]) -> None:
    with pytest.raises(ValidationError):
        list_fields(DECLARATION)[column].read(object())


def test_what_follows_from_a_template_is_worked_out_once_for_each() -> None:
    worked: list[Template] = []

    @once_a_template
    def work(template: Template) -> int:
        worked.append(template)
        return len(worked)

    assert [work(DECLARATION), work(DECLARATION), work(replace(DECLARATION))] == [1, 1, 2]
    assert len(worked) == 2
