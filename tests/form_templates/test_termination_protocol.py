from datetime import date

import pytest

from form_templates import catalog
from form_templates.layout import lay_out, list_pages
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Format, Kind
from tests.form_templates.test_forms import question_of, section_of

PROTOCOL = catalog.load("termination_protocol", date(2010, 5, 20))
ARTICLE = "order-01-14/annex-1/art-14"


def test_the_protocol_names_agent_family_representative_and_day() -> None:
    named = {q.id for _, q in PROTOCOL.questions() if q.law == f"{ARTICLE}(2)"}
    assert named == {
        "agent_surname",
        "agent_name",
        "family_code",
        "representative_surname",
        "representative_name",
        "representative_personal_number",
        "filling_date",
    }


def test_the_representative_need_not_be_named_where_nobody_was_met() -> None:
    people = [q for q in section_of(PROTOCOL, "header").questions if "representative" in q.id]
    assert len(people) == 3 and not any(q.required for q in people)


@pytest.mark.parametrize(
    ("code", "wording"),
    [
        ("1", "ოჯახი ხელოვნურად არის გაერთიანებული"),
        ("2", "ოჯახი ხელოვნურად არის დაყოფილი"),
        (
            "3",
            "ოჯახი მითითებულ მისამართზე მუდმივად არ ცხოვრობს, ან ვერ ხერხდება ოჯახის "
            "უფლებამოსილ წარმომადგენელთან შეხვედრა",
        ),
        (
            "4",
            "ოჯახი სააგენტოს უფლებამოსილ პირს არ აძლევს ქონების/დოკუმენტების დათვალიერების "
            "საშუალებას",
        ),
        (
            "5",
            "ოჯახის ყველა წევრს არ გააჩნია დეკლარაციის შევსებისათვის კანონმდებლობით "
            "განსაზღვრული საბუთები",
        ),
        ("6", "სხვა მიზეზი"),
    ],
)
def test_the_grounds_stand_in_the_order_and_words_of_the_article(code: str, wording: str) -> None:
    assert PROTOCOL.label(f"option.grounds.{code}") == wording


def test_no_protocol_is_complete_without_a_ground() -> None:
    grounds = question_of(PROTOCOL, "grounds")
    assert grounds.required and grounds.law == f"{ARTICLE}(1)"
    assert grounds.codes == tuple("123456") and grounds.cardinality is Cardinality.MANY


def test_another_reason_is_one_of_those_the_article_lists_or_is_written_out() -> None:
    reason, written = (question_of(PROTOCOL, n) for n in ("other_reason", "other_reason_other"))
    assert not reason.required and not written.required
    assert (written.kind, written.write_at) == (Kind.TEXT, reason.codes[-1])


def test_there_is_room_for_three_visits_with_a_witness_who_is_not_demanded() -> None:
    visits = section_of(PROTOCOL, "B")
    assert (visits.group, visits.rows, visits.law) == ("visits", 3, f"{ARTICLE}(4)")
    assert [q.id for q in visits.questions if q.required] == ["visit_date"]
    witness = {"witness_surname", "witness_name", "witness_relation", "witness_signature"}
    assert {q.id for q in visits.questions} == witness | {"visit_date"}


def test_the_witness_is_a_neighbour_a_relative_an_official_or_another() -> None:
    relation = question_of(PROTOCOL, "witness_relation")
    wordings = [PROTOCOL.label(f"option.{relation.id}.{c}", "en") for c in relation.codes]
    assert wordings == [
        "Neighbour",
        "Relative",
        "Representative of a local self-government body",
        "Other",
    ]


def test_the_warning_names_members_day_and_takes_the_signature_of_the_family() -> None:
    members = section_of(PROTOCOL, "C")
    assert {q.id for q in members.questions} == {"surname", "first_name"}
    day, signature = section_of(PROTOCOL, "warning").questions
    assert (day.format, signature.kind) == (Format.DATE, Kind.SIGNATURE)
    assert {members.law, day.law, signature.law} == {f"{ARTICLE}(6)"}
    assert not day.required and not signature.required


def test_who_signs_the_warning_reads_on_paper_what_follows() -> None:
    assert section_of(PROTOCOL, "warning").paragraphs == 1
    assert "ერთთვიანი ვადა" in PROTOCOL.label("text.warning.1")


def test_the_agent_must_sign_and_the_representative_may() -> None:
    required = {q.id: q.required for _, q in PROTOCOL.questions() if q.kind is Kind.SIGNATURE}
    assert required.pop("agent_signature")
    assert set(required) == {"witness_signature", "warning_signature", "representative_signature"}
    assert not any(required.values())


def test_no_stamp_is_asked_for_where_the_article_asks_for_none() -> None:
    assert Kind.STAMP not in {q.kind for _, q in PROTOCOL.questions()}


def test_a_faulty_protocol_goes_back_to_the_agent_and_nobody_signs_at_a_correction() -> None:
    assert PROTOCOL.faults_go_to is FaultsGoTo.AGENT
    assert PROTOCOL.correction_rule is CorrectionRule.NONE


def test_codes_and_layout_are_marked_as_ours() -> None:
    assert PROTOCOL.number == 4 and PROTOCOL.day_field == "filling_date"
    assert all(question.assumed for _, question in PROTOCOL.questions())


def test_each_block_begins_where_the_agent_looks_for_it() -> None:
    assert list_pages(PROTOCOL) == ((1, 1), (2, 1), (3, 1))
    pages = {f.question: p.template.page for p in lay_out(PROTOCOL) for f in p.template.fields}
    assert (pages["grounds"], pages["visit_date"], pages["surname"]) == (1, 2, 3)
    assert pages["filling_date"] == 3


def test_a_family_with_many_undocumented_members_goes_on_on_another_sheet() -> None:
    fields = [f.id for p in lay_out(PROTOCOL, {"members": 14}) for f in p.template.fields]
    assert "members[14].first_name" in fields
