import re
from datetime import date

import pytest

from form_templates import catalog
from form_templates.layout import list_pages
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo
from tests.form_templates.test_forms import question_of, section_of

APPLICATION = catalog.load("municipal_application", date(2015, 1, 1))
PROGRAMME = "gurjaani-programme-2015"


def test_it_rests_on_the_programme_and_is_ours_throughout() -> None:
    laws = {question.law for _, question in APPLICATION.questions()}
    assert all(law.startswith(f"{PROGRAMME}/art-") for law in laws)
    assert all(question.assumed for _, question in APPLICATION.questions())


def test_one_of_twenty_benefits_is_asked_for() -> None:
    benefit = question_of(APPLICATION, "benefit")
    assert benefit.cardinality is Cardinality.ONE and benefit.required
    assert benefit.codes == tuple(str(n) for n in range(1, 21))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1", "ახალშობილის"),
        ("3", "4 და მეტი"),
        ("5", "სამედიცინო"),
        ("10", "ბინის ქირა"),
        ("11", "მარჩენალდაკარგული"),
        ("13", "პირველი ჯგუფი"),
        ("16", "100 წლის"),
        ("17", "სახელმწიფო პროგრამით"),
        ("19", "2008 წლის"),
        ("20", "დევნილი"),
    ],
)
def test_the_benefits_stand_in_the_order_of_the_programme(code: str, words: str) -> None:
    assert words in APPLICATION.label(f"option.benefit.{code}")


def test_every_distinct_paper_of_the_programme_has_one_code_and_another_is_written() -> None:
    documents = question_of(APPLICATION, "documents")
    assert documents.cardinality is Cardinality.MANY and documents.law == f"{PROGRAMME}/art-9"
    wordings = {APPLICATION.label(f"option.documents.{code}") for code in documents.codes}
    assert len(wordings) == len(documents.codes) == 14
    assert question_of(APPLICATION, "documents_other").write_at == documents.codes[-1]


@pytest.mark.parametrize(
    ("name", "law", "codes"),
    [
        ("minor_children", "art-10(3)", {3, 11, 12}),
        ("distance_km", "art-10(13)", {17}),
        ("cost", "art-10(5)", {5, 6}),
        ("monthly_rent", "art-10(10)", {10}),
        ("oncology", "art-10(6)", {5, 6}),
        ("had_same_help", "art-8", {5, 6}),
    ],
)
def test_what_an_amount_depends_on_is_asked_with_the_benefits_named_beside_it(
    name: str, law: str, codes: set[int]
) -> None:
    question = question_of(APPLICATION, name)
    assert (question.law, question.required) == (f"{PROGRAMME}/{law}", False)
    named = {int(number) for number in re.findall(r"\d+", APPLICATION.label(f"note.{name}"))}
    assert named == codes


def test_amounts_of_the_year_are_not_printed() -> None:
    wordings = [APPLICATION.label(f"option.benefit.{n}") for n in range(1, 21)]
    assert not any("ლარ" in wording for wording in wordings)


def test_who_applies_may_be_a_parent_a_guardian_or_an_adult_brother_or_sister() -> None:
    role = question_of(APPLICATION, "applicant_role")
    wordings = [APPLICATION.label(f"option.applicant_role.{code}", "en") for code in role.codes]
    assert wordings[1:4] == ["Parent", "Guardian", "Adult brother or sister"]


def test_a_family_of_many_children_gets_a_continuation_sheet() -> None:
    assert list_pages(APPLICATION) == ((1, 1), (2, 1), (3, 1))
    table = section_of(APPLICATION, "persons")
    sheets = list_pages(APPLICATION, {"beneficiaries": table.rows + table.continuation_rows})
    assert len(sheets) == 4


def test_the_applicant_is_asked_about_faults_and_nobody_signs_at_a_correction() -> None:
    assert APPLICATION.number == 9 and APPLICATION.faults_go_to is FaultsGoTo.APPLICANT
    rules = {question.correction_rule for _, question in APPLICATION.questions()}
    assert rules == {CorrectionRule.NONE}
