import pytest

from workflow.letters.checking import LONGEST_TEXT, LONGEST_WORD, check_values
from workflow.letters.faults import (
    LetterValueFault,
    MissingLetterValue,
    UnknownLetterValue,
    WrongLetterValue,
)
from workflow.letters.loading import load_letter, load_sample
from workflow.letters.printing import print_letter

EXTRACT = load_letter("score_extract")
PACKET = load_letter("visit_packet")
REGISTER = load_letter("families_to_recheck")


def refuse(letter, **values) -> LetterValueFault:
    with pytest.raises(LetterValueFault) as refused:
        print_letter(letter, {**load_sample(letter), **values})
    return refused.value


@pytest.mark.parametrize("key", [s.id for s in EXTRACT.values if s.required])
def test_a_letter_with_a_hole_is_not_printed(key):
    values = {k: v for k, v in load_sample(EXTRACT).items() if k != key}
    with pytest.raises(MissingLetterValue) as refused:
        print_letter(EXTRACT, values)
    assert refused.value.key == key and str(refused.value).startswith(f"{key}: ")


def test_null_is_as_good_as_nothing():
    assert isinstance(refuse(EXTRACT, score=None), MissingLetterValue)
    assert check_values(EXTRACT, {**load_sample(EXTRACT), "officer": None}).get("officer") is None


def test_a_value_that_nobody_asked_for_is_refused():
    fault = refuse(EXTRACT, scores=1)
    assert isinstance(fault, UnknownLetterValue) and fault.key == "scores"


def test_a_fault_in_a_table_names_the_row_and_the_column():
    member = {"name": "x", "birth_date": "1984-08-02"}
    assert refuse(EXTRACT, members=[member, {"name": "x"}]).key == "members[2].birth_date"
    assert refuse(EXTRACT, members=[{**member, "age": 3}]).key == "members[1].age"
    assert refuse(EXTRACT, members=[{**member, "birth_date": 3}]).key == "members[1].birth_date"


@pytest.mark.parametrize(
    ("letter", "key", "value"),
    [
        (EXTRACT, "day", "7.12.2026"),
        (EXTRACT, "day", "2026-02-30"),
        (EXTRACT, "declared", 20261105),
        (EXTRACT, "score", "48250"),
        (EXTRACT, "score", -1),
        (EXTRACT, "score", True),
        (EXTRACT, "score", 48250.5),
        (EXTRACT, "official", "yes"),
        (EXTRACT, "official", 1),
        (EXTRACT, "unit", ""),
        (EXTRACT, "unit", "  "),
        (EXTRACT, "unit", 7),
        (EXTRACT, "unit", "\u4e2d"),
        (EXTRACT, "unit", "two\nlines"),
        (EXTRACT, "unit", "x" * (LONGEST_WORD + 1)),
        (EXTRACT, "unit", "x " * LONGEST_TEXT),
        (EXTRACT, "family_code", 430),
        (EXTRACT, "family_code", "04 30"),
        (EXTRACT, "personal_number", "0000000017"),
        (EXTRACT, "personal_number", "0000000001x"),
        (EXTRACT, "members", {}),
        (EXTRACT, "members", []),
        (EXTRACT, "members", ["x"]),
        (EXTRACT, "members", "x"),
        (PACKET, "incomes", [{"name": "x", "C3_01": 60.0}]),
        (PACKET, "incomes", [{"name": "x", "C3_01": "60,00"}]),
        (PACKET, "incomes", [{"name": "x", "C3_01": "-1.00"}]),
        (PACKET, "utilities", [{"service": "phone", "paid": "1"}]),
        (PACKET, "utilities", [{"service": ["gas"], "paid": "1"}]),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_key(letter, key, value):
    fault = refuse(letter, **{key: value})
    assert isinstance(fault, WrongLetterValue) and fault.key.startswith(key)
    assert fault.detail and fault.code == "wrong_letter_value"


@pytest.mark.parametrize("reasons", [[], "sample", ["sample", "no_such"], [1], [["sample"]]])
def test_what_cannot_be_chosen_is_refused(reasons):
    (row, *_) = load_sample(REGISTER)["families"]  # type: ignore[misc]
    fault = refuse(REGISTER, families=[{**row, "reasons": reasons}])
    assert fault.key == "families[1].reasons"


def test_days_as_json_gives_them_are_days():
    as_json = {**load_sample(EXTRACT), "day": "2026-12-07", "declared": "2026-11-05"}
    assert check_values(EXTRACT, as_json) == check_values(EXTRACT, load_sample(EXTRACT))
