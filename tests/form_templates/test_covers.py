import re
from datetime import date

import pytest

from form_templates import catalog
from form_templates.layout import lay_out, list_pages
from form_templates.model import FaultsGoTo, Kind
from form_templates.specification import Role, Template
from tests.form_templates.test_forms import question_of, section_of

DAY = date(2026, 11, 22)
BATCH = catalog.load("batch_cover", DAY)
ATTACHMENT = catalog.load("attachment_cover", DAY)
SEPARATOR = catalog.load("separator_sheet", DAY)
COVERS = pytest.mark.parametrize(
    "template", [BATCH, ATTACHMENT, SEPARATOR], ids=lambda template: template.key.form
)
# Every letter under which order 01-14, annex 1, art. 7(7)(b) names a disease.
LETTERS_OF_THE_ORDER = set("CDEGIJMN")


@COVERS
def test_one_leaf_is_enough(template: Template) -> None:
    assert list_pages(template) == ((1, 1),)


@COVERS
def test_paper_of_our_own_does_not_look_official(template: Template) -> None:
    assert "დადგენილ ფორმას არ წარმოადგენს" in template.label("act")
    assert all(section.assumed for section in template.sections)
    assert template.law == "order-02-150/annex-3/art-2(8)"
    assert template.faults_go_to is FaultsGoTo.AGENT


def test_each_paper_says_what_it_is_for() -> None:
    roles = (BATCH.role, ATTACHMENT.role, SEPARATOR.role)
    assert roles == (Role.BATCH_COVER, Role.ATTACHMENT_COVER, Role.SEPARATOR)
    assert (BATCH.number, ATTACHMENT.number, SEPARATOR.number) == (10, 11, 12)


def test_a_separator_asks_nothing_and_says_how_to_use_it() -> None:
    assert not list(SEPARATOR.questions())
    assert [page.template.fields for page in lay_out(SEPARATOR)] == [()]
    assert section_of(SEPARATOR, "use").paragraphs == 4


def test_a_batch_is_counted_by_the_forms_that_people_fill_in() -> None:
    counted = {
        question.id.removeprefix("count_")
        for _, question in BATCH.questions()
        if question.id.startswith("count_")
    }
    templates = [catalog.load(key.form, key.edition) for key in catalog.list_templates()]
    filled = {t.key.form for t in templates if t.role in (Role.FORM, Role.ATTACHMENT_COVER)}
    assert counted == filled


def test_a_batch_says_its_totals_and_who_gave_it_to_whom() -> None:
    required = {question.id for _, question in BATCH.questions() if question.required}
    people = {
        f"{who}_{what}"
        for who in ("giver", "taker")
        for what in ("surname", "name", "code", "signature")
    }
    assert required == people | {
        *("local_unit", "handover_date", "handover"),
        *("total_documents", "total_sheets"),
    }
    assert BATCH.day_field == "handover_date" and BATCH.case_field is None


def test_the_four_ways_of_handing_over_are_those_of_the_order() -> None:
    question = question_of(BATCH, "handover")
    ways = [BATCH.label(f"option.handover.{code}", "en") for code in question.codes]
    assert ways == [
        "Officer responsible for registration to operator",
        "Social agent to coordinator of the social agents",
        "Coordinator of the social agents to operator",
        "Operator to archivist",
    ]


def test_an_attachment_is_one_of_twelve_kinds_and_another_is_written() -> None:
    kind = question_of(ATTACHMENT, "attachment_kind")
    assert len(kind.codes) == 12
    assert question_of(ATTACHMENT, "attachment_kind_other").write_at == kind.codes[-1]
    assert "IV-100/ა" in ATTACHMENT.label("option.attachment_kind.5")


def test_an_attachment_names_the_family_and_perhaps_the_member() -> None:
    assert question_of(ATTACHMENT, "family_code").required
    assert not question_of(ATTACHMENT, "member_personal_number").required
    assert question_of(ATTACHMENT, "sheet_count").required


def test_a_diagnosis_is_a_circled_letter_and_digits() -> None:
    letter, number = section_of(ATTACHMENT, "iv_100_a").questions
    assert letter.kind is Kind.CIRCLE and set(letter.codes) >= LETTERS_OF_THE_ORDER
    assert (number.kind, number.cells) == (Kind.DIGITS, (2, 1))
    assert {letter.law, number.law} == {"order-01-14/annex-1/art-7(7)(b)"}


def test_letters_of_diagnoses_stand_in_the_order_of_the_alphabet() -> None:
    letters = question_of(ATTACHMENT, "letter").codes
    assert list(letters) == sorted(letters) and all(re.fullmatch("[A-Z]", one) for one in letters)


def test_more_diagnoses_go_on_a_continuation_sheet() -> None:
    assert len(list_pages(ATTACHMENT, {"diagnoses": 4})) == 2
