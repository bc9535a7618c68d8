"""What follows from a finding, beside its code: who must act, and what of it is assumed."""

from datetime import date
from typing import Any

import pytest

from tests.law.known import build_known
from tests.validation.papers import load_form, read_paper
from validation.disposition import Disposition
from validation.documents import ValidatedDocument, validate_document

DAY = date(2015, 11, 25)
MEMBER = "01001012345"
DECLARED_LATE = {"family": {"declared_on": date(2010, 6, 1)}}


def check(
    form: str, values: dict[str, Any], known: dict[str, Any] | None = None, day: date = DAY
) -> ValidatedDocument:
    template = load_form(form)
    return validate_document(template, read_paper(template, values), day, build_known(known or {}))


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("application", {"officer_signature": False}),
        ("application", {"registration_number": "", "received_date": "", "local_unit": ""}),
        ("municipal_application", {"officer_signature": False, "officer_surname": ""}),
        ("correction_request", {"filled_at": "", "local_unit": "", "officer_signature": False}),
        ("application", {"reason": "2", "family_code": ""}),
        ("application", {"members[1].surname": "abc", "members[1].personal_number": ""}),
        ("termination_protocol", {"grounds": ["5"], "representative_personal_number": ""}),
        ("assignment_form", {"visit_date": date(2015, 11, 5), "n1_date": date(2015, 11, 4)}),
    ],
)
def test_a_person_looks_at_what_is_not_the_familys_fault(form: str, values: dict[str, Any]) -> None:
    assert check(form, values).disposition is Disposition.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("form", "values", "disposition"),
    [
        ("application", {"applicant_signature": False}, Disposition.REJECT),
        (
            "correction_request",
            {"representative_signature": False},
            Disposition.ASK_APPLICANT,
        ),
        ("municipal_application", {"applicant_signature": False}, Disposition.ASK_APPLICANT),
    ],
)
def test_what_the_family_left_blank_is_a_fault_still(
    form: str, values: dict[str, Any], disposition: Disposition
) -> None:
    assert check(form, values).disposition is disposition


@pytest.mark.parametrize(
    ("code", "values", "assumed"),
    [
        ("score_corrected_in_time", {"correction_kinds": ["3"], "request_date": DAY}, True),
        (
            "child_entered_in_time",
            {"request_date": DAY, "changes[1].surname": "abc", "changes[1].change": "2"},
            False,
        ),
    ],
)
def test_a_term_whose_first_day_is_assumed_says_so(
    code: str, values: dict[str, Any], assumed: bool
) -> None:
    findings = check("correction_request", values, DECLARED_LATE).findings
    assert [f.assumed for f in findings if f.code == code] == [assumed]


@pytest.mark.parametrize(
    ("year", "law", "assumed"),
    [(2014, "order-141/annex-1", True), (2015, "order-01-14/annex-1/art-7(2)(d)", False)],
)
def test_a_stay_abroad_is_judged_by_the_order_of_its_day(
    year: int, law: str, assumed: bool
) -> None:
    abroad = {MEMBER: [{"left_on": date(year, 1, 5)}]}
    values = {"application_date": date(year, 11, 20), "members[1].personal_number": MEMBER}
    known = {"stage": "intake", "registers": {"border": abroad}}
    [finding] = check("application", values, known, date(year, 11, 25)).findings
    assert (finding.code, finding.law, finding.assumed) == ("members_count", law, assumed)


def test_the_signed_explanation_of_a_ban_is_our_reading() -> None:
    values = {"reason": "3", "explanation_officer_signature": False}
    [finding] = check("application", values).findings
    assert (finding.code, finding.assumed) == ("waiver_explained", True)
