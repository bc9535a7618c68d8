"""What the civil register has is offered where it resembles what was read, and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ocr.readings import Correction, FieldState, Reason
from tests.validation.papers import document_of, read_field
from tests.validation.test_confirmed_people import (
    BESIDE,
    BORN,
    DOUBTED,
    ENTRY,
    FORM,
    NUMBER,
    SUGGESTED,
    read,
    tell,
)
from validation.confirmed_people import find_confirmed
from validation.known import NOTHING_KNOWN, Known
from validation.registered_names import find_registered_values
from validation.registers import Register

UNREAD = {
    "state": FieldState.UNREADABLE,
    "reason": Reason.IMAGE,
    "value": None,
    "review": True,
}
UNCLEAR = UNREAD | {"state": FieldState.UNCLEAR}
NOT_SURELY_CHANGED = UNCLEAR | {"reason": Reason.DOUBTFUL_VALUE}
OVERWRITTEN = UNCLEAR | {"reason": Reason.OVERWRITTEN}
MISREAD: Mapping[str, Any] = {"surname": ("ბერიძი", SUGGESTED)}
"""One letter of six."""
OTHER_DAY = date(1979, 11, 12)


def list_offered(known: Known | None = None, **changes: Any) -> dict[str, str]:
    """Question of the row -> what the register has there for whoever decides it."""
    found = find_registered_values(FORM, read(**changes), known or tell(ENTRY))
    return {field.rpartition(".")[2]: one.value for field, one in found.items()}


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        (MISREAD, {"surname": "ბერიძე"}),
        ({"first_name": ("ნინა", SUGGESTED)}, {"first_name": "ნინო"}),
        ({"first_name": ("ნინა", DOUBTED)}, {"first_name": "ნინო"}),
        ({"birth_date": ("23051988", DOUBTED)}, {"birth_date": "23051986"}),
        ({"birth_date": ("23051 86", DOUBTED)}, {"birth_date": "23051986"}),
        ({**MISREAD, "personal_number": (NUMBER, DOUBTED)}, {"surname": "ბერიძე"}),
        (
            {**MISREAD, "first_name": ("ნინა", SUGGESTED)},
            {"surname": "ბერიძე", "first_name": "ნინო"},
        ),
    ],
    ids=str,
)
def test_what_resembles_the_reading_is_offered(
    changes: Mapping[str, Any], offered: Mapping[str, str]
) -> None:
    assert list_offered(**changes) == offered


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"surname": ("ბერიძი", {})},
        {"surname": ("კვარაცხელია", SUGGESTED)},
        {"surname": ("მაისურაძე", SUGGESTED)},
        {"first_name": ("გიორგი", SUGGESTED)},
        {"birth_date": (OTHER_DAY, DOUBTED)},
        {"surname": ("ბერიძი", BESIDE)},
        {"surname": ("ბერიძი", SUGGESTED | {"correction": Correction("ბ", "ბერიძი", {})})},
        {"surname": ("", OVERWRITTEN)},
        {"surname": ("", UNCLEAR | {"reason": Reason.AMBIGUOUS_CORRECTION})},
        {"surname": ("", DOUBTED)},
        {**MISREAD, "personal_number": ("01024035861", {})},
        {**MISREAD, "personal_number": ("0102403586", DOUBTED)},
        {**MISREAD, "personal_number": (NUMBER, BESIDE)},
    ],
    ids=str,
)
def test_nothing_is_offered_for_what_is_sure_another_s_or_was_put_right(
    changes: Mapping[str, Any],
) -> None:
    assert list_offered(**changes) == {}


@pytest.mark.parametrize("unread", [UNREAD, NOT_SURELY_CHANGED], ids=["unread", "not surely"])
@pytest.mark.parametrize(
    ("question", "others", "is_offered"),
    [
        ("surname", {}, True),
        ("surname", {"birth_date": (OTHER_DAY, DOUBTED)}, True),
        ("surname", {"first_name": ("ნანა", SUGGESTED)}, True),
        (
            "surname",
            {"first_name": ("ნანა", SUGGESTED), "birth_date": (OTHER_DAY, DOUBTED)},
            False,
        ),
        ("first_name", {}, True),
        ("first_name", {"birth_date": (OTHER_DAY, DOUBTED)}, False),
        ("first_name", {"birth_date": (BORN, BESIDE)}, False),
        ("birth_date", {}, True),
        ("birth_date", {"first_name": ("ნანა", SUGGESTED)}, False),
    ],
    ids=str,
)
def test_where_nothing_was_read_something_else_must_be_the_same_and_no_surname_will_do(
    unread: Mapping[str, Any], question: str, others: Mapping[str, Any], is_offered: bool
) -> None:
    offered = list_offered(**{**others, question: ("", unread)})
    assert (question in offered) is is_offered


@pytest.mark.parametrize(
    "known",
    [
        NOTHING_KNOWN,
        tell(),
        tell(ENTRY, ENTRY),
        tell(replace(ENTRY, surname=" ")),
        tell(replace(ENTRY, surname="ბერიძი")),
        tell(ENTRY, number="60001000001"),
    ],
)
def test_a_register_without_one_other_value_offers_none(known: Known) -> None:
    assert list_offered(known, **MISREAD) == {}


@pytest.mark.parametrize(("cells", "is_offered"), [(17, True), (18, False)])
def test_a_name_that_has_no_room_on_the_paper_is_not_offered(cells: int, is_offered: bool) -> None:
    known = tell(replace(ENTRY, surname="ა" * cells))
    offered = list_offered(known, surname=("ა" * 16, SUGGESTED))
    assert ("surname" in offered) is is_offered


def test_the_blanks_around_a_registered_name_fall_away() -> None:
    known = tell(replace(ENTRY, surname=" ბერიძე "))
    assert list_offered(known, **MISREAD) == {"surname": "ბერიძე"}


def test_a_day_that_the_register_lacks_is_not_offered() -> None:
    known = tell(replace(ENTRY, birth_date=None))
    assert list_offered(known, birth_date=("23051988", DOUBTED)) == {}


def test_the_representative_is_offered_too_and_the_answer_goes_with_it() -> None:
    document = document_of(
        FORM,
        read_field(FORM, "representative_surname", "ბერიძი", **SUGGESTED),
        read_field(FORM, "representative_name", "ნინო", **SUGGESTED),
        read_field(FORM, "representative_personal_number", NUMBER),
    )
    known = tell(ENTRY)
    ((field, offered),) = find_registered_values(FORM, document, known).items()
    assert (field, offered.value) == ("representative_surname", "ბერიძე")
    assert offered.answer is known.registers[Register.CIVIL][NUMBER]


def test_an_offer_changes_nothing_and_confirms_nobody() -> None:
    document, known = read(**MISREAD), tell(ENTRY)
    before = dict(document.fields)
    assert find_registered_values(FORM, document, known)
    assert dict(document.fields) == before
    assert find_confirmed(FORM, document, known) == ()
