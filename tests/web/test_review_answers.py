from datetime import date

import pytest

from form_templates import catalog
from web.review.answers import UnusableAnswer, Value, find_oddity, show_answer, take_answer
from web.review.questions import Asked, find_asked, name_field
from web.review.slips import find_slip

APPLICATION = catalog.load("application")
DECLARATION = catalog.load("family_declaration")


def find(field: str) -> Asked:
    found = find_asked(APPLICATION, field) or find_asked(DECLARATION, field)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("applicant_birth_date", "28.03.1960", "28031960"),
        ("applicant_birth_date", "28031960", "28031960"),
        ("applicant_birth_date", "1.2.1960", "01021960"),
        ("applicant_birth_date", " 1 / 2 / 1960 ", "01021960"),
        ("applicant_personal_number", "010 1044 7977", "01010447977"),
        ("visit_start", "9:5", "0905"),
        ("A8", "83,5", "8350"),
        ("A8", "83", "8300"),
        ("A8", ".5", "050"),
        ("applicant_surname", "  Two   words ", "Two words"),
    ],
)
def test_what_is_typed_becomes_the_characters_of_the_cells(
    field: str, typed: str, kept: str
) -> None:
    assert take_answer(find(field).question, typed, []) == kept


@pytest.mark.parametrize(
    ("field", "raw"),
    [("applicant_birth_date", "28031960"), ("A8", "8350"), ("visit_start", "0905")],
)
def test_what_is_shown_is_taken_back_as_it_was(field: str, raw: str) -> None:
    question = find(field).question
    assert take_answer(question, show_answer(question, raw), []) == raw


def test_a_date_with_a_hole_is_shown_with_the_hole() -> None:
    assert show_answer(find("applicant_birth_date").question, "2 031960") == "2 031960"


@pytest.mark.parametrize(
    ("field", "typed", "marked", "code"),
    [
        ("applicant_birth_date", "", [], "nothing_typed"),
        ("applicant_birth_date", "28.O3.1960", [], "digits_only"),
        ("applicant_birth_date", "280319600", [], "too_long"),
        ("A8", ".", [], "digits_only"),
        ("A8", "83.505", [], "too_long"),
        ("applicant_surname", "a" * 200, [], "too_long"),
        ("reason", "", [], "nothing_chosen"),
        ("reason", "", ["9"], "nothing_chosen"),
        ("reason", "", ["1", "2"], "one_only"),
        ("applicant_signature", "", ["perhaps"], "nothing_chosen"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused_with_a_reason(
    field: str, typed: str, marked: list[str], code: str
) -> None:
    with pytest.raises(UnusableAnswer) as refused:
        take_answer(find(field).question, typed, marked)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("field", "marked", "kept"),
    [
        ("reason", ["2"], "2"),
        ("reassessment_grounds", ["5", "1"], ("1", "5")),
        ("applicant_signature", ["present"], True),
        ("applicant_signature", ["absent"], False),
    ],
)
def test_marks_are_kept_as_the_reader_keeps_them(
    field: str, marked: list[str], kept: Value
) -> None:
    assert take_answer(find(field).question, "", marked) == kept


@pytest.mark.parametrize(
    ("field", "value", "oddity"),
    [
        ("applicant_birth_date", "31021960", "invalid_date"),
        ("applicant_birth_date", "28031960", None),
        ("members[3].personal_number", "123", "invalid_personal_number"),
        ("members[3].personal_number", "12345678901", None),
    ],
)
def test_an_answer_that_would_be_a_finding_is_known_before_it_is_saved(
    field: str, value: str, oddity: str | None
) -> None:
    assert find_oddity(APPLICATION.key, find(field), value) == oddity


def test_a_field_is_named_from_the_large_to_the_small() -> None:
    name = name_field(DECLARATION, "members[3].C3_07", "en")
    assert (name.row, name.label, name.code) == ("Family member 3", "Alimony", "C3_07")


def test_the_signature_of_a_leaf_is_named_by_its_page() -> None:
    name = name_field(DECLARATION, "foot_signature.p3s1", "en")
    assert name.row == "Page 3"
    assert name.label


def test_an_id_that_the_form_has_not_names_itself() -> None:
    assert name_field(APPLICATION, "no.such[thing]", "en").label == "no.such[thing]"


@pytest.mark.parametrize(
    ("field", "value", "slip"),
    [
        ("family_code", "123", "too_short"),
        ("family_code", "6625113588", None),
        ("applicant_personal_number", "00000000000", "one_digit"),
        ("applicant_birth_date", "31122099", "not_yet"),
        ("applicant_birth_date", "28031960", None),
        ("applicant_phone", "1", "too_short"),
        ("applicant_surname", "12", "not_letters"),
        ("applicant_surname", "\N{GRINNING FACE}", "not_letters"),
        ("applicant_surname", "\N{GEORGIAN LETTER AN}-\N{GEORGIAN LETTER BAN}", None),
        ("registration_number", "12", None),
    ],
)
def test_what_is_likelier_a_slip_than_an_answer_is_asked_about(
    field: str, value: str, slip: str | None
) -> None:
    assert find_slip(find(field).question, value, date(2026, 11, 23)) == slip
