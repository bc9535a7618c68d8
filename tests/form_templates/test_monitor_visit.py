from datetime import date

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Kind
from tests.form_templates.test_forms import question_of, section_of

VISIT = catalog.load("monitor_visit", date(2013, 8, 21))
DECLARATION = catalog.load("family_declaration", date(2015, 5, 1))
ARTICLE = "order-02-150/annex-3/art-4(3)"


def test_it_rests_on_the_article_that_names_it_and_is_ours_throughout() -> None:
    assert VISIT.law == ARTICLE
    assert all(question.assumed for _, question in VISIT.questions())


def test_the_family_and_its_address_are_asked_as_the_declaration_asks_them() -> None:
    for question in section_of(VISIT, "family").questions:
        known = question_of(DECLARATION, question.id)
        assert (question.kind, question.format) == (known.kind, known.format)
        assert (question.cells, question.lexicon) == (known.cells, known.lexicon)


def test_reasons_are_the_three_grounds_of_a_check_and_another_that_is_written() -> None:
    reason = question_of(VISIT, "visit_reason")
    assert reason.law == "order-01-14/annex-1/art-16"
    assert (reason.cardinality, len(reason.codes)) == (Cardinality.ONE, 4)
    other = question_of(VISIT, "visit_reason_other")
    assert (other.kind, other.write_at, other.required) == (Kind.TEXT, "4", False)


def test_no_difference_has_a_code_so_that_an_overlooked_question_never_looks_like_none() -> None:
    differences = question_of(VISIT, "differences")
    assert differences.cardinality is Cardinality.MANY
    assert VISIT.label(f"option.differences.{differences.codes[-1]}", "en") == (
        "No difference was found"
    )


def test_it_is_passed_to_a_senior_agent_or_an_agent_after_the_visit() -> None:
    kinds = [VISIT.label(f"option.passed_to.{code}", "en") for code in ("1", "2")]
    assert kinds == ["Senior social agent", "Social agent"]
    questions = section_of(VISIT, "follow_up").questions
    assert {q.law for q in questions} == {ARTICLE}
    assert not any(q.required for q in questions), "empty until the head passes it on"


def test_a_visit_where_nobody_was_met_needs_no_representative() -> None:
    asked = {q.id for q in section_of(VISIT, "family").questions if q.required}
    assert asked == {"family_code", "municipality"}


def test_nobody_signs_at_a_correction_and_faults_go_back() -> None:
    rules = {question.correction_rule for _, question in VISIT.questions()}
    assert rules == {CorrectionRule.NONE} and VISIT.faults_go_to is FaultsGoTo.AGENT


def test_the_day_of_the_visit_is_its_day_and_it_has_two_pages() -> None:
    assert (VISIT.number, VISIT.day_field) == (7, "visit_date")
    assert list_pages(VISIT) == ((1, 1), (2, 1))
