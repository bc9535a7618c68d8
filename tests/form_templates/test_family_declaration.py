"""What holds of the forms that ship, by name; what every edition must keep, `form check` says."""

import pytest

from form_templates.model import (
    CELL_KINDS,
    PRESENCE_KINDS,
    Cardinality,
    CorrectionRule,
    Format,
    Signer,
)
from tests.form_templates.test_forms import DECLARATION, question_of, section_of


def test_the_declaration_has_every_box_that_the_order_describes() -> None:
    ids = {question.id for _, question in DECLARATION.questions()}
    boxes = [f"A{n}" for n in range(7, 13)] + [f"B{n}" for n in range(2, 6)]
    boxes += ["C1", "C2", "C4", "D1", "D2", "D3", "E1", "E2", "E3", "E4", "F1", "F2", "F2_reasons"]
    boxes += [f"C3_{n:02}" for n in range(1, 15)] + [f"D5_{n}" for n in range(1, 7)]
    assert set(boxes) <= ids


def test_what_the_order_does_not_describe_is_not_invented() -> None:
    ids = {question.id for _, question in DECLARATION.questions()}
    assert ids.isdisjoint({f"A{n}" for n in range(1, 7)})


def test_several_codes_may_be_circled_only_where_the_order_says_so() -> None:
    many = [q.id for _, q in DECLARATION.questions() if q.cardinality is Cardinality.MANY]
    assert many == ["A7", "B3", "B4", "F2_reasons"]


@pytest.mark.parametrize(
    ("name", "wording"),
    [
        ("A7", "ქვემოთ ჩამოთვლილთაგან რა უძრავ ქონებას ფლობთ?"),
        (
            "A10",
            "ძირითადად რა მასალის არის იატაკი შინამეურნეობის მიერ დაკავებულ საცხოვრებელ ნაწილში",
        ),
        (
            "A11",
            "ფლობთ თუ არა ძირითადი საცხოვრებლის გარდა სხვა საცხოვრებელს (ბინას, სახლს, აგარაკს)",
        ),
        ("A12", "ჩაწერეთ სხვა საცხოვრებლ(ებ)ის მთლიანი ფართობი"),
        ("B3", "ფიზიკური მდგომარეობა"),
        ("B4", "სპეციალური სტატუსი და კატეგორია"),
        ("C2", "განათლების მიღწეული დონე"),
        ("C3_10", "სხვა ფულადი დახმარება, რომლის გაცემა დამოკიდებულია სარეიტინგო ქულაზე"),
        ("D3", "გყავთ თუ არა ზრდასრული შინაური ფრინველი ან პირუტყვი"),
        ("F2", "ოჯახის მიერ მოწოდებული ინფორმაციის სანდოობის შეფასება"),
    ],
)
def test_quoted_questions_are_printed_as_the_order_quotes_them(name: str, wording: str) -> None:
    assert DECLARATION.label(f"field.{name}") == wording


@pytest.mark.parametrize(
    ("question", "code", "english"),
    [("A10", "1", "Parquet"), ("A10", "4", "Concrete"), ("A10", "6", "Other material")],
)
def test_codes_that_the_order_names_are_kept(question: str, code: str, english: str) -> None:
    assert DECLARATION.label(f"option.{question}.{code}", "en") == english


@pytest.mark.parametrize("name", ["A7", "A10", "B3", "B4", "C1", "C2", "F1", "family_code"])
def test_codes_that_the_order_leaves_open_are_marked_as_ours(name: str) -> None:
    assert question_of(DECLARATION, name).assumed


def test_income_columns_of_the_agency_are_those_of_the_order() -> None:
    columns = section_of(DECLARATION, "C3").questions
    agency = [int(q.id.removeprefix("C3_")) for q in columns if q.agency]
    assert agency == [1, 3, 4, 5, 8, 9, 12, 13]


def test_no_member_needs_every_kind_of_income() -> None:
    columns = section_of(DECLARATION, "C3").questions
    assert len(columns) == 14 and not any(q.required for q in columns)
    assert all(q.format is Format.MONEY and q.decimals == 2 and q.critical for q in columns)


@pytest.mark.parametrize("name", ["A8", "A12", "C4", "D2", "E1", "E2", "E3", "E4"])
def test_amounts_that_score_are_entered_twice(name: str) -> None:
    question = question_of(DECLARATION, name)
    assert question.kind in CELL_KINDS and question.critical


def test_the_agent_corrects_own_parts_alone_and_the_rest_with_the_representative() -> None:
    alone = {
        question.id
        for _, question in DECLARATION.questions()
        if question.correction_rule is CorrectionRule.AGENT_ALONE
    }
    own = {"family_code", "agent_surname", "agent_name", "agent_code"}
    parts = (section_of(DECLARATION, "F"), section_of(DECLARATION, "closing"))
    assert alone == own | {question.id for part in parts for question in part.questions}
    both = {
        question.correction_rule
        for _, question in DECLARATION.questions()
        if question.id not in alone and question.kind not in PRESENCE_KINDS
    }
    assert both == {CorrectionRule.DECLARATION}


def test_the_representative_signs_below_blocks_a_to_e_and_no_other() -> None:
    signed = {s.id for s in DECLARATION.sections if s.foot_signature is Signer.REPRESENTATIVE}
    unsigned = {s.id for s in DECLARATION.sections if s.foot_signature is None}
    assert unsigned == {"header", "information_sheet", "F", "closing"}
    assert signed | unsigned == {s.id for s in DECLARATION.sections}


def test_the_agents_part_begins_a_page_of_its_own() -> None:
    fresh = [section.id for section in DECLARATION.sections if section.new_page]
    names = [section.id for section in DECLARATION.sections]
    assert fresh == ["F"] and names[-2:] == ["F", "closing"]


def test_all_tables_of_the_declaration_are_of_its_members() -> None:
    groups = [section.group for section in DECLARATION.sections if section.group]
    assert set(groups) == {"members"} and DECLARATION.default_rows == {"members": 6}
