"""Whom the civil register has just as they were read needs no person to look."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ocr.readings import DocumentReading, FieldState, Reason
from tests.validation.papers import document_of, load_form, read_field
from validation.confirmed_people import (
    find_confirmed,
    report_confirmed,
    take_confirmed,
)
from validation.disposition import Disposition, Severity, find_track
from validation.known import NOTHING_KNOWN, Known
from validation.record import build_record
from validation.registered_people import list_numbers_read
from validation.registers import CivilEntry, Register, RegisterAnswer

FORM = load_form("family_declaration")
NUMBER, BORN = "01024035867", date(1986, 5, 23)
SUGGESTED = {"reason": Reason.SUGGESTION, "review": True, "confidence": 0.8}
DOUBTED = {"reason": Reason.DOUBTFUL_VALUE, "review": True, "confidence": 0.8}
BESIDE = {"reason": Reason.INK_BESIDE, "review": True}
PERSON = {
    "surname": ("ბერიძე", SUGGESTED),
    "first_name": ("ნინო", SUGGESTED),
    "personal_number": (NUMBER, {}),
    "birth_date": (BORN, {}),
}
ENTRY = CivilEntry("ნინო", "ბერიძე", BORN, None, None, None, None)


def read(**changes: Any) -> DocumentReading:
    """A row whose names were read from handwriting, but for the changes."""
    fields = PERSON | changes
    return document_of(
        FORM,
        *(read_field(FORM, f"members[2].{q}", v, **parts) for q, (v, parts) in fields.items()),
    )


def tell(*entries: CivilEntry, number: str = NUMBER) -> Known:
    answer = RegisterAnswer(Register.CIVIL, number, entries, date(2026, 11, 1), "x.csv, edition 1")
    return replace(NOTHING_KNOWN, registers={Register.CIVIL: {number: answer}})


def list_confirmed(document: DocumentReading, known: Known) -> list[str]:
    """The questions of the row that nobody is asked about any more."""
    found = find_confirmed(FORM, document, known)
    return [field.rpartition(".")[2] for one in found for field in one.fields]


@pytest.mark.parametrize(
    ("changes", "confirmed"),
    [
        ({}, ["surname", "first_name"]),
        ({"surname": ("ბერიძე", DOUBTED)}, ["surname", "first_name"]),
        ({"surname": ("ბერიძე", {})}, ["first_name"]),
        (
            {"personal_number": (NUMBER, DOUBTED)},
            ["personal_number", "surname", "first_name"],
        ),
        ({"birth_date": (BORN, DOUBTED)}, ["surname", "first_name", "birth_date"]),
        ({"surname": ("ბერიძე", {}), "first_name": ("ნინო", {})}, []),
    ],
    ids=str,
)
def test_whom_the_register_has_as_they_were_read_is_settled(
    changes: dict[str, Any], confirmed: list[str]
) -> None:
    document = read(**changes)
    assert list_confirmed(document, tell(ENTRY)) == confirmed
    settled = take_confirmed(document, find_confirmed(FORM, document, tell(ENTRY)))
    assert not any(reading.review for reading in settled.fields.values())
    values = build_record(FORM, settled).rows["members"][2].values
    assert {question: values[question] for question in PERSON} == {
        question: value for question, (value, _) in PERSON.items()
    }


def test_whoever_audits_is_told_what_it_rests_on() -> None:
    known = tell(ENTRY)
    (finding,) = report_confirmed(find_confirmed(FORM, read(), known), find_track(FORM))
    assert finding.field == "members[2].personal_number"
    assert (finding.severity, finding.consequence) == (Severity.INFO, Disposition.ACCEPTED)
    assert finding.parameters == {"other": ("members[2].surname", "members[2].first_name")}
    assert finding.evidence == (known.registers[Register.CIVIL][NUMBER],)


@pytest.mark.parametrize(
    "changes",
    [
        {"surname": ("ბერიძი", SUGGESTED)},
        {"first_name": ("ნანა", SUGGESTED)},
        {"first_name": ("ნინო", BESIDE)},
        {"first_name": ("ნინო", SUGGESTED | {"state": FieldState.UNSIGNED})},
        {"first_name": ("", {})},
        {"personal_number": ("01024035861", {})},
        {"personal_number": (NUMBER, DOUBTED | {"reason": Reason.OVERWRITTEN})},
        {"personal_number": ("0102403586", DOUBTED)},
        {"birth_date": (date(1986, 5, 28), {})},
        {"birth_date": (date(1986, 5, 28), DOUBTED)},
        {"birth_date": (BORN, BESIDE)},
        {"birth_date": ("", {})},
    ],
    ids=str,
)
def test_one_thing_that_differs_or_is_doubted_for_more_leaves_all_to_a_person(
    changes: dict[str, Any],
) -> None:
    document = read(**changes)
    assert list_confirmed(document, tell(ENTRY)) == []
    assert take_confirmed(document, ()) is document


@pytest.mark.parametrize(
    "known",
    [
        NOTHING_KNOWN,
        tell(),
        tell(ENTRY, ENTRY),
        tell(replace(ENTRY, surname=" ")),
        tell(ENTRY, number="60001000001"),
        tell(replace(ENTRY, birth_date=date(1968, 5, 23))),
    ],
)
def test_a_register_that_does_not_say_just_this_confirms_nobody(known: Known) -> None:
    assert list_confirmed(read(), known) == []


def test_a_birth_date_that_the_register_lacks_is_no_hindrance() -> None:
    known = tell(replace(ENTRY, birth_date=None))
    assert list_confirmed(read(birth_date=("", {})), known) == ["surname", "first_name"]


def test_the_representative_is_a_person_too() -> None:
    names = {"representative_surname": "ბერიძე", "representative_name": "ნინო"}
    document = document_of(
        FORM,
        *(read_field(FORM, field, name, **SUGGESTED) for field, name in names.items()),
        read_field(FORM, "representative_personal_number", NUMBER),
    )
    assert list_confirmed(document, tell(ENTRY)) == [*names]


def test_names_alone_do_not_vouch_for_a_number_that_is_not_sure() -> None:
    known = tell(replace(ENTRY, birth_date=None))
    assert list_confirmed(read(personal_number=(NUMBER, DOUBTED)), known) == []
    assert list_confirmed(read(personal_number=(NUMBER, {})), known) != []


def test_registers_are_looked_into_for_numbers_that_are_not_sure_yet() -> None:
    assert list(list_numbers_read(FORM, read(personal_number=(NUMBER, DOUBTED)))) == [NUMBER]
    assert list(list_numbers_read(FORM, read(personal_number=(NUMBER, BESIDE)))) == []
    assert list(list_numbers_read(FORM, read(personal_number=("0102403586", DOUBTED)))) == []
