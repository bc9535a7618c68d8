from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from form_templates.editions import Loss
from form_templates.errors import UnknownForm
from form_templates.model import TemplateKey
from tests.form_templates.two_editions import (
    DECLARATION,
    DECLARED,
    EN,
    KA,
    TEMPLATE,
    make_editions,
)
from tests.workflow.registered import EDITIONS, POOR, register_case
from workflow.contents import ContentStore
from workflow.printing.issuing import issue_once, issue_print, prepare_print, renew_serials
from workflow.printing.prefill import (
    ASSIGNMENT_FORM,
    Prefilled,
    count_rows,
    prefill_assignment,
    prefill_declaration,
)
from workflow.store.families import find_print
from workflow.store.models.trail import AuditEvent
from workflow.store.prints import list_prints

KNOWN = {"family_code": "0123456789", "representative_surname": "ბერიძე"}
APPLICATION = TemplateKey("application", EDITIONS["application"])
APPLIED = {
    "applicant_surname": "ბერიძე",
    "applicant_first_name": "ნინო",
    "applicant_personal_number": "01001012345",
    "applicant_is_member": "1",
    "municipality": "გორი",
    "flat": 7,
    "members[1].surname": "ბერიძე",
    "members[3].surname": "ბერიძე",
}


def prepare(settings, values=KNOWN, form=ASSIGNMENT_FORM, rows=None):
    return prepare_print(settings, form, None, rows or {}, Prefilled(values))


def test_a_print_lies_whole_among_the_prints(settings):
    prepared = prepare(settings)
    path = ContentStore(settings.prints).path(prepared.sha256)
    assert len(PdfReader(path).pages) == 2
    assert (prepared.values, prepared.left_out) == (KNOWN, ())


def test_no_two_prints_share_a_serial(settings):
    first, second = prepare(settings), prepare(settings)
    assert (first.serial, second.serial) == (1, 2)
    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("representative_surname", "ა" * 18),
        ("flat", "12345"),
        ("family_decision", "9"),
        ("no_such_field", "1"),
        ("agent_signature", "x"),
        ("house", " "),
    ],
)
def test_what_does_not_fit_is_left_out_and_said_to_be(settings, field, value):
    prepared = prepare(settings, {"family_code": "0123456789", field: value})
    assert prepared.left_out == (field,)
    assert prepared.values == {"family_code": "0123456789"}


def test_a_longest_value_fits(settings):
    assert prepare(settings, {"representative_surname": "ა" * 17}).left_out == ()


def test_a_form_has_the_rows_that_were_asked_for(settings):
    small = prepare(settings, {}, "family_declaration", {"members": 2})
    large = prepare(settings, {}, "family_declaration", {"members": 9})
    path = ContentStore(settings.prints).path
    assert small.rows == {"members": 2}
    assert len(PdfReader(path(small.sha256)).pages) < len(PdfReader(path(large.sha256)).pages)


def test_an_unknown_form_takes_no_serial(settings):
    with pytest.raises(UnknownForm):
        prepare(settings, {}, "no_such_form")
    assert prepare(settings).serial == 1


def test_an_issued_print_is_found_by_its_serial_and_stands_in_the_trail(store, settings, act):
    prepared = prepare(settings)
    with act() as doing:
        case = register_case(doing)
        issued = issue_print(doing, case, prepared, "assignment")
    edition = date(2010, 5, 31)
    with store.read() as session:
        found = find_print(session, ASSIGNMENT_FORM, edition, prepared.serial)
        assert found is not None and found.id == issued.id
        assert found.values == KNOWN and found.sha256 == prepared.sha256
        assert [p.id for p in list_prints(session, case.id)] == [issued.id]


def test_two_who_print_at_once_give_out_one_copy(store, settings, act):
    with act() as doing:
        case = register_case(doing)
    drafts, start = [prepare(settings), prepare(settings)], Barrier(2)

    def press(draft):
        start.wait()
        with act() as doing:
            return issue_once(doing, case, draft, "visit", seen=0)

    with ThreadPoolExecutor(2) as pool:
        issued = list(pool.map(press, drafts))
    with store.read() as session:
        prints = list_prints(session, case.id)
    assert [one.id for one in prints] == [one.id for one in issued if one is not None]
    assert len(prints) == 1


def test_a_declaration_is_prefilled_from_the_application():
    assert prefill_declaration("0123456789", APPLIED, APPLICATION).values == {
        "family_code": "0123456789",
        "municipality": "გორი",
        "flat": "7",
        "representative_surname": "ბერიძე",
        "representative_name": "ნინო",
        "representative_personal_number": "01001012345",
    }


def test_an_applicant_who_is_no_member_is_not_presumed_to_represent_the_family():
    applied = {**APPLIED, "applicant_is_member": "2"}
    values = prefill_declaration("0123456789", applied, APPLICATION).values
    assert values == {"family_code": "0123456789", "municipality": "გორი", "flat": "7"}


def test_a_declaration_has_a_row_for_each_member_of_the_application():
    assert count_rows(APPLIED) == {"members": 3}
    assert count_rows({"reason": "1"}) == {}


def test_what_an_older_edition_said_otherwise_is_told_in_the_trail(store, settings, act):
    known = Prefilled(KNOWN, APPLICATION, {"flat": Loss.OTHER_KIND, "street": Loss.NO_QUESTION})
    prepared = prepare_print(settings, ASSIGNMENT_FORM, None, {}, known)
    with act() as doing:
        issue_print(doing, register_case(doing), prepared, "assignment")
        issue_print(doing, register_case(doing, "0123456790"), prepare(settings), "assignment")
    with store.read() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "print:issue"))
        told = [event.after["lost"] for event in events]
    assert told == [["flat other_kind", "street no_question"], None]


def test_only_answers_that_would_be_printed_count_as_lost(tmp_path):
    make_editions(
        tmp_path,
        (TEMPLATE, 'id = "flat"', 'id = "flat_number"'),
        (KA, "flat = ", "flat_number = "),
        (EN, "flat = ", "flat_number = "),
        form=DECLARATION,
        old=DECLARED,
    )
    key = TemplateKey(DECLARATION, DECLARED)
    known = prefill_assignment("0123456789", {**POOR, "no_such": "x"}, key, tmp_path)
    assert (known.source, known.lost) == (key, {"flat": Loss.NO_QUESTION})
    assert "flat" not in known.values and known.values["house"] == "12"


def test_an_assignment_form_is_prefilled_from_the_declaration(settings):
    declared = TemplateKey("family_declaration", EDITIONS["family_declaration"])
    values = prefill_assignment("0123456789", POOR, declared).values
    assert values == {
        "family_code": "0123456789",
        "representative_surname": "ბერიძე",
        "representative_name": "ნინო",
        "representative_personal_number": "01001012345",
        "municipality": "გორი",
        "house": "12",
        "flat": "7",
    }
    assert prepare(settings, values).left_out == ()


def test_a_number_that_was_issued_is_never_given_again(settings, store, act):
    with act() as doing:
        case = register_case(doing)
        first = prepare(settings)
        issue_print(doing, case, first, "visit")
    (settings.data / "serial").unlink()
    with store.read() as session:
        renew_serials(session, settings)
    assert prepare(settings).serial == first.serial + 1
