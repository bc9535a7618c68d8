from datetime import date

import pytest

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.model import CorrectionRule, FaultsGoTo, Kind
from tests.form_templates.test_forms import question_of, section_of

SHEET = catalog.load("information_sheet", date(2015, 5, 1))
RULE = "order-01-14/annex-1"


@pytest.mark.parametrize(
    ("section", "law"),
    [
        ("rights", f"{RULE}/art-3(4)"),
        ("duties", f"{RULE}/art-3(6)"),
        ("verification", f"{RULE}/art-4(1)"),
    ],
)
def test_it_tells_rights_duties_and_verification_and_asks_nothing_there(
    section: str, law: str
) -> None:
    told = section_of(SHEET, section)
    assert told.law == law and told.paragraphs >= 1 and told.questions == ()


@pytest.mark.parametrize(
    "duty",
    [
        "სათანადო პირობები",
        "სრულყოფილი, ზუსტი და სწორი ინფორმაცია",
        "არაუგვიანეს 1 თვის ვადაში",
        "სამთვიანი ვადის ამოწურვის დღიდან",
        "WorkNet",
    ],
)
def test_no_duty_of_the_family_is_left_out(duty: str) -> None:
    count = section_of(SHEET, "duties").paragraphs
    assert sum(duty in SHEET.label(f"text.duties.{n + 1}") for n in range(count)) == 1


def test_it_says_what_wrong_information_leads_to() -> None:
    warning = SHEET.label("text.verification.1")
    assert "გადამოწმებას" in warning and "ძალას კარგავს" in warning and "ერთი წლის" in warning


def test_the_representative_signs_for_it_and_nobody_else() -> None:
    signed = {q.id: q.required for _, q in SHEET.questions() if q.kind is Kind.SIGNATURE}
    assert signed == {"representative_signature": True}
    assert question_of(SHEET, "representative_signature").law == f"{RULE}/art-11(6)"
    assert SHEET.law == f"{RULE}/art-11(6)"


def test_the_signed_copy_is_found_by_family_person_and_day() -> None:
    asked = {question.id for question in section_of(SHEET, "slip").questions}
    assert {"family_code", "representative_personal_number", "handing_date"} <= asked
    assert (SHEET.case_field, SHEET.day_field) == ("family_code", "handing_date")


def test_text_and_signature_stand_on_one_side_so_that_no_page_can_be_missing() -> None:
    assert list_pages(SHEET) == ((1, 1),)


def test_the_text_is_ours_and_faults_go_to_the_agent() -> None:
    assert SHEET.number == 8 and SHEET.faults_go_to is FaultsGoTo.AGENT
    assert SHEET.correction_rule is CorrectionRule.NONE
    assert all(section.assumed for section in SHEET.sections)
