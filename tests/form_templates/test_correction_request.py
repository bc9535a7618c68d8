from datetime import date

import pytest

from form_templates import catalog
from form_templates.layout import lay_out, list_pages
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Format, Kind
from tests.form_templates.test_forms import question_of, section_of

REQUEST = catalog.load("correction_request", date(2010, 5, 31))
ARTICLE = "order-02-150/annex-3/art-12"
PARTS = ("requisites_part", "address_part", "score_part", "demographic_part")


def test_it_asks_for_any_of_the_four_kinds_of_correction() -> None:
    kinds = question_of(REQUEST, "correction_kinds")
    assert (kinds.cardinality, kinds.law) == (Cardinality.MANY, f"{ARTICLE}(1)")
    assert kinds.required and len(kinds.codes) == len(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_each_kind_has_a_part_of_its_own_number(part: str) -> None:
    number = str(PARTS.index(part) + 1)
    assert number in question_of(REQUEST, "correction_kinds").codes
    assert REQUEST.label(f"section.{part}").startswith(f"{number}. ")


@pytest.mark.parametrize(
    ("part", "paragraph"),
    [
        ("requisites_part", 2),
        ("address_part", 3),
        ("score_part", 4),
        ("demographic_part", 8),
    ],
)
def test_each_part_cites_its_paragraph(part: str, paragraph: int) -> None:
    assert {q.law for q in section_of(REQUEST, part).questions} == {f"{ARTICLE}({paragraph})"}


def test_requisites_are_name_surname_and_personal_number_of_a_registered_member() -> None:
    questions = section_of(REQUEST, "requisites_part").questions
    assert [q.id for q in questions if q.required] == ["registered_personal_number"]
    new = {q.id for q in questions if not q.required}
    assert new == {"new_personal_number", "new_surname", "new_first_name"}


def test_an_address_comes_with_its_proof_or_with_another_that_is_written_out() -> None:
    proof = question_of(REQUEST, "address_proof")
    assert (proof.cardinality, len(proof.codes)) == (Cardinality.MANY, 4)
    assert question_of(REQUEST, "address_proof_other").write_at == proof.codes[-1]


def test_an_address_is_asked_as_the_declaration_asks_it() -> None:
    declaration = catalog.load("family_declaration", date(2015, 5, 1))
    for name in ("municipality", "settlement", "street", "house", "flat"):
        known, asked = question_of(declaration, name), question_of(REQUEST, name)
        assert (asked.kind, asked.format, asked.cells) == (known.kind, known.format, known.cells)
        assert not asked.required


def test_a_datum_that_scores_is_named_by_its_box_in_blocks_a_to_e() -> None:
    assert question_of(REQUEST, "block").codes == tuple("ABCDE")
    required = [q.id for q in section_of(REQUEST, "score_part").questions if q.required]
    assert required == ["block", "box", "registered_value", "correct_value"]


def test_paper_says_how_long_data_that_score_may_be_corrected() -> None:
    assert "3 თვის" in REQUEST.label("note.score_part")


def test_a_demographic_change_is_a_member_fewer_or_a_child_born_or_adopted() -> None:
    change = question_of(REQUEST, "change")
    wordings = [REQUEST.label(f"option.change.{code}") for code in change.codes]
    assert wordings == ["ოჯახს გამოაკლდა წევრი", "ოჯახში დაიბადა ბავშვი", "ოჯახმა იშვილა ბავშვი"]
    day = question_of(REQUEST, "event_date")
    assert (day.format, day.required) == (Format.DATE, True)


def test_a_recipient_may_ask_for_a_recalculation_or_insist_on_the_check() -> None:
    question = question_of(REQUEST, "recalculation")
    assert (question.law, question.required) == (f"{ARTICLE}(9)", False)
    assert question.cardinality is Cardinality.ONE and len(question.codes) == 2


def test_it_says_where_it_was_filled_and_how_many_documents_come_with_it() -> None:
    assert question_of(REQUEST, "filled_at").law == f"{ARTICLE}(7)"
    assert question_of(REQUEST, "document_sheets").law == f"{ARTICLE}(6)"


def test_the_representative_signs_and_the_officer_takes_it_in() -> None:
    signed = {q.id for _, q in REQUEST.questions() if q.kind is Kind.SIGNATURE and q.required}
    assert signed == {"representative_signature", "officer_signature"}
    assert REQUEST.day_field == "request_date"


def test_with_faults_the_applicant_is_asked_again() -> None:
    assert REQUEST.number == 6 and REQUEST.faults_go_to is FaultsGoTo.APPLICANT
    assert REQUEST.correction_rule is CorrectionRule.NONE
    assert all(question.assumed for _, question in REQUEST.questions())


def test_it_takes_three_sides_and_ends_with_the_signatures() -> None:
    assert list_pages(REQUEST) == ((1, 1), (2, 1), (3, 1))
    last = {field.question for field in lay_out(REQUEST)[-1].template.fields}
    assert {"change", "recalculation", "request_date", "officer_signature"} <= last


@pytest.mark.parametrize("table", ["requisites", "values", "changes"])
def test_every_table_goes_on_on_another_sheet(table: str) -> None:
    fields = {f.id for p in lay_out(REQUEST, {table: 7}) for f in p.template.fields}
    assert {f"{table}[1]", f"{table}[7]"} <= {name.partition(".")[0] for name in fields}
