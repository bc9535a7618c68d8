"""What holds of the forms that ship, by name; what every edition must keep, `form check` says."""

import re
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from form_templates import catalog
from form_templates.answers import LEXICONS
from form_templates.model import (
    MARK_KINDS,
    PRESENCE_KINDS,
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
)
from form_templates.specification import Question, Role, Section, Template

PROJECT = Path(__file__).parents[2]
FONTS = PROJECT / "form_templates" / "fonts"
LAW = re.compile(
    r"(order-[0-9-]+|gurjaani-programme-2015)(/annex-[0-9]+)?(/art-[0-9]+(\([0-9a-z]+\))*)?"
)
GEORGIAN = re.compile("[ა-ჰ]")
NOT_GEORGIAN_ONLY = {"word.simulated"}
DECLARATION = catalog.load("family_declaration", date(2015, 5, 1))
APPLICATION = catalog.load("application", date(2010, 5, 21))
ASSIGNMENT = catalog.load("assignment_form", date(2010, 5, 31))
SHIPPED = [
    catalog.load(form, date.fromisoformat(day))
    for form, _, day in (
        name.partition("/")
        for name in (
            "application/2010-05-21",
            "assignment_form/2010-05-31",
            "assignment_statement/2013-08-21",
            "attachment_cover/2026-11-22",
            "batch_cover/2026-11-22",
            "correction_request/2010-05-31",
            "family_declaration/2015-05-01",
            "information_sheet/2015-05-01",
            "monitor_visit/2013-08-21",
            "municipal_application/2015-01-01",
            "separator_sheet/2026-11-22",
            "termination_protocol/2010-05-20",
        )
    )
]
FORMS = pytest.mark.parametrize("template", SHIPPED, ids=lambda template: str(template.key))
ANSWERED = pytest.mark.parametrize(
    "template", [t for t in SHIPPED if t.role is not Role.SEPARATOR], ids=lambda t: str(t.key)
)
OF_FAMILIES = pytest.mark.parametrize(
    "template",
    [t for t in SHIPPED if t.role in (Role.FORM, Role.ATTACHMENT_COVER)],
    ids=lambda t: str(t.key),
)


def question_of(template: Template, name: str) -> Question:
    return next(question for _, question in template.questions() if question.id == name)


def section_of(template: Template, name: str) -> Section:
    return next(section for section in template.sections if section.id == name)


def test_every_form_is_there() -> None:
    assert {template.key for template in SHIPPED} <= set(catalog.list_templates())


def test_every_edition_is_found_by_its_number() -> None:
    for key in catalog.list_templates():
        template = catalog.load(key.form, key.edition)
        assert catalog.by_number(template.number) is template


def test_numbers_on_paper_already_printed_never_change() -> None:
    assert (APPLICATION.number, DECLARATION.number, ASSIGNMENT.number) == (1, 2, 3)


@FORMS
def test_every_question_cites_an_article(template: Template) -> None:
    laws = {question.law for _, question in template.questions()}
    assert [law for law in laws if not LAW.fullmatch(law)] == []


@FORMS
def test_printed_wording_is_georgian_and_the_other_is_not(template: Template) -> None:
    georgian, english = template.labels["ka"], template.labels["en"]
    assert [k for k, text in georgian.items() if not GEORGIAN.search(text)] == []
    mixed = {k for k, text in english.items() if GEORGIAN.search(text)}
    assert mixed <= NOT_GEORGIAN_ONLY


@FORMS
def test_questions_are_short_enough_for_print(template: Template) -> None:
    wording = template.labels["ka"]
    long = {k for k, t in wording.items() if k.startswith("field.") and len(t) > 110}
    assert long <= {"field.D2"}, "a long quotation belongs into a note"


@pytest.mark.parametrize("style", ["Regular", "Bold"])
@FORMS
def test_the_fonts_have_every_printed_character(template: Template, style: str) -> None:
    drawn: set[int] = set()
    for family in ("NotoSansGeorgian", "NotoSans"):
        drawn |= set(TTFont(FONTS / f"{family}-{style}.ttf", lazy=True).getBestCmap())
    printed = set("".join(template.labels["ka"].values()))
    assert {character for character in printed if ord(character) not in drawn} == set()


def test_the_fonts_stand_beside_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@OF_FAMILIES
def test_personal_numbers_have_eleven_cells_and_are_entered_twice(template: Template) -> None:
    numbers = [q for _, q in template.questions() if q.format is Format.PERSONAL_NUMBER]
    assert numbers and all(q.cells == (11,) and q.critical for q in numbers)


@ANSWERED
def test_dates_are_entered_twice(template: Template) -> None:
    dates = [q for _, q in template.questions() if q.format is Format.DATE]
    assert dates and all(q.cells == (2, 2, 4) and q.critical for q in dates)


@OF_FAMILIES
def test_the_family_code_names_the_case(template: Template) -> None:
    code = question_of(template, template.case_field or "")
    assert (code.id, code.format, code.critical) == ("family_code", Format.CODE, True)


@ANSWERED
def test_boxes_to_sign_and_stamp_have_a_size(template: Template) -> None:
    drawn = PRESENCE_KINDS | {Kind.TEXT}
    boxes = [q for _, q in template.questions() if q.kind in drawn and q.write_at is None]
    assert boxes and all(q.width_mm and q.height_mm for q in boxes)


@pytest.mark.parametrize("name", sorted(LEXICONS))
def test_a_word_list_holds_georgian_words_once_each(name: str) -> None:
    text = (PROJECT / "ocr" / "lexicons" / f"{name}.txt").read_text(encoding="utf-8")
    words = text.splitlines()
    assert len(words) > 50 and words == sorted(set(words))
    assert [word for word in words if not re.fullmatch("[ა-ჰ]+(?:[ -][ა-ჰ]+)*", word)] == []


def test_every_municipality_fits_into_its_cells() -> None:
    text = (PROJECT / "ocr" / "lexicons" / "settlements.txt").read_text(encoding="utf-8")
    longest = max(len(word) for word in text.splitlines())
    for template in (APPLICATION, DECLARATION, ASSIGNMENT):
        assert sum(question_of(template, "municipality").cells) >= longest


def test_faults_go_where_the_order_sends_them() -> None:
    assert ASSIGNMENT.faults_go_to is FaultsGoTo.AGENT
    assert DECLARATION.faults_go_to is FaultsGoTo.AGENT
    assert APPLICATION.faults_go_to is FaultsGoTo.REJECTION


@pytest.mark.parametrize("template", [APPLICATION, ASSIGNMENT], ids=lambda t: str(t.key))
def test_nobody_signs_at_a_correction_where_the_law_names_no_way(template: Template) -> None:
    rules = {question.correction_rule for _, question in template.questions()}
    assert rules == {CorrectionRule.NONE}


@pytest.mark.parametrize("template", [APPLICATION, ASSIGNMENT], ids=lambda t: str(t.key))
def test_a_form_that_was_not_at_hand_is_marked_as_ours_throughout(template: Template) -> None:
    assert all(question.assumed for _, question in template.questions())


def test_the_registry_fills_in_the_head_of_an_assignment_form_and_nothing_else() -> None:
    printed = {q.id for _, q in ASSIGNMENT.questions() if q.agency}
    assert printed == {question.id for question in section_of(ASSIGNMENT, "header").questions}


def test_what_an_assignment_form_prints_comes_from_the_declaration() -> None:
    """Equal ids, kinds and cells, so that every value that was read fits."""
    for question in section_of(ASSIGNMENT, "header").questions:
        known = question_of(DECLARATION, question.id)
        assert (question.kind, question.format) == (known.kind, known.format)
        assert question.cells == known.cells


def test_the_family_circles_one_decision_and_any_number_of_circumstances() -> None:
    decision = question_of(ASSIGNMENT, "family_decision")
    kinds = question_of(ASSIGNMENT, "circumstance_kinds")
    assert (decision.cardinality, len(decision.codes)) == (Cardinality.ONE, 4)
    assert (kinds.cardinality, len(kinds.codes)) == (Cardinality.MANY, 4)


def test_an_application_has_one_of_three_reasons_and_seven_grounds() -> None:
    reason = question_of(APPLICATION, "reason")
    grounds = question_of(APPLICATION, "reassessment_grounds")
    assert (reason.cardinality, len(reason.codes)) == (Cardinality.ONE, 3)
    assert (grounds.cardinality, len(grounds.codes)) == (Cardinality.MANY, 7)
    assert reason.required and not grounds.required
    assert {reason.kind, grounds.kind} <= MARK_KINDS
