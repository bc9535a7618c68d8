from datetime import date

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.model import CorrectionRule, FaultsGoTo, Format, Kind
from tests.form_templates.test_forms import question_of, section_of

STATEMENT = catalog.load("assignment_statement", date(2013, 8, 21))
ASSIGNMENT = catalog.load("assignment_form", date(2010, 5, 31))
ARTICLE = "order-02-150/annex-3/art-10"


def test_the_statement_asks_for_assistance_or_declines_it() -> None:
    request = question_of(STATEMENT, "request")
    assert (request.kind, request.codes, request.required) == (Kind.CIRCLE, ("1", "2"), True)
    assert request.law == f"{ARTICLE}(3)"
    assert "form N1" in STATEMENT.label("title", "en")


def test_the_choice_of_displaced_persons_is_asked_of_them_alone() -> None:
    choice = question_of(STATEMENT, "displaced_choice")
    assert (choice.codes, choice.required) == (("1", "2"), False)
    assert choice.id in {key.split(".")[1] for key in STATEMENT.labels["ka"] if "note." in key}


def test_request_and_choice_say_what_the_four_codes_of_the_assignment_form_say() -> None:
    asked = question_of(STATEMENT, "request").codes
    chosen = question_of(STATEMENT, "displaced_choice").codes
    assert len(asked) * len(chosen) == len(question_of(ASSIGNMENT, "family_decision").codes)


def test_the_day_that_the_two_weeks_run_from_stands_on_it() -> None:
    assert STATEMENT.day_field == "statement_date"
    day = question_of(STATEMENT, "statement_date")
    assert day.required and day.format == question_of(ASSIGNMENT, "n1_date").format == Format.DATE


def test_the_family_and_the_agent_sign() -> None:
    signed = {q.id: q.law for _, q in STATEMENT.questions() if q.kind is Kind.SIGNATURE}
    assert signed == {
        "representative_signature": f"{ARTICLE}(3)",
        "agent_signature": f"{ARTICLE}(4)",
    }


def test_who_signs_reads_on_paper_what_the_assistance_excludes_and_what_must_be_reported() -> None:
    assert section_of(STATEMENT, "signing").paragraphs == 2
    assert "გამორიცხავს" in STATEMENT.label("text.signing.1")
    assert "1 თვის" in STATEMENT.label("text.signing.2")


def test_it_names_the_family_as_the_assignment_form_does() -> None:
    for question in section_of(STATEMENT, "header").questions:
        known = question_of(ASSIGNMENT, question.id)
        assert (question.kind, question.format) == (known.kind, known.format)
        assert question.cells == known.cells


def test_no_account_is_asked_for_that_no_source_names() -> None:
    assert not any("account" in question.id for _, question in STATEMENT.questions())


def test_the_whole_statement_is_ours_and_its_faults_go_to_the_agent() -> None:
    assert STATEMENT.number == 5 and STATEMENT.faults_go_to is FaultsGoTo.AGENT
    assert STATEMENT.correction_rule is CorrectionRule.NONE
    assert all(question.assumed for _, question in STATEMENT.questions())


def test_it_is_one_side_of_paper() -> None:
    assert list_pages(STATEMENT) == ((1, 1),)
