import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from validation.diagnoses import Verdict, find_codes, is_covered, judge_diagnoses, write_code
from validation.parameters import load_law
from validation.wording import LANGUAGES, load_wording

DAY = date(2015, 11, 25)
SUFFICIENT, INSUFFICIENT = Verdict.SUFFICIENT, Verdict.INSUFFICIENT
PERSON = Verdict.PERSON_DECIDES
LISTS = Path(__file__).parents[2] / "validation/law/diagnoses"


def read_codes(name: str) -> list[str]:
    """The entries of a list as its file has them."""
    data = tomllib.loads((LISTS / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)
    return [code for entry in data["list"] for code in entry["codes"]]


def judge(*codes: str) -> Verdict:
    return judge_diagnoses(codes, load_law(), DAY).verdict


@pytest.mark.parametrize("entry", read_codes("respiratory_base"))
def test_each_respiratory_disease_counts_with_its_complication_and_not_without(entry: str) -> None:
    for code in {entry.partition("-")[0], entry.rpartition("-")[2]}:
        assert judge(code, "J96.1") is SUFFICIENT
        assert judge(code) is not SUFFICIENT


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        (["I50", "I20.8"], SUFFICIENT),
        (["I50.1", "I20.8"], SUFFICIENT),
        (["I50"], PERSON),
        (["I20.8"], PERSON),
        (["I50", "I20.0"], PERSON),
        (["J45.3"], INSUFFICIENT),
        (["J44.9", "J96.0"], INSUFFICIENT),
        (["J96.1"], PERSON),
        (["J45", "J96.1"], PERSON),
        (["M30.1", "J96.1"], PERSON),
        (["E00.1", "J96.1"], PERSON),
        (["M30.0", "J96.1"], SUFFICIENT),
        (["M41.2", "J96.1"], SUFFICIENT),
        (["J60", "J96.1"], SUFFICIENT),
        (["J68.9", "J96.1"], SUFFICIENT),
        (["J69.0", "J96.1"], PERSON),
        (["G12.2", "J96.1"], SUFFICIENT),
        (["N18.2"], INSUFFICIENT),
        (["N18.3"], SUFFICIENT),
        (["N18.5"], SUFFICIENT),
        (["N18"], PERSON),
        (["C00"], SUFFICIENT),
        (["C97"], SUFFICIENT),
        (["D05.1"], INSUFFICIENT),
        (["E11.9"], PERSON),
        (["B18.2"], PERSON),
        (["B16.9"], INSUFFICIENT),
        (["K74.6"], PERSON),
        (["G40.3"], PERSON),
        (["I25.1"], PERSON),
        (["J06.9", "N18.4"], SUFFICIENT),
        (["J06.9", "G40.3"], PERSON),
        (["J06.9"], INSUFFICIENT),
        ([], PERSON),
    ],
)
def test_codes_are_held_against_the_lists_of_the_order(codes: list[str], verdict: Verdict) -> None:
    assert judge(*codes) is verdict


def test_a_verdict_names_its_article_its_codes_and_what_no_code_shows() -> None:
    heart = judge_diagnoses(["J06.9", "I20.8", "I50"], load_law(), DAY)
    assert heart.law == load_law().lists["diagnoses/angina"][0].law
    assert (set(heart.codes), heart.unshown) == ({"I50", "I20.8"}, "functional_classes")
    kidney = judge_diagnoses(["C50", "N18.4"], load_law(), DAY)
    assert (kidney.codes, kidney.unshown) == (("N18.4",), None)


def test_before_the_order_nothing_is_judged_by_the_program() -> None:
    early = judge_diagnoses(["N18.4"], load_law(), date(2015, 4, 30))
    assert early.verdict is PERSON


@pytest.mark.parametrize("verdict", [INSUFFICIENT, PERSON])
def test_what_a_person_is_told_of_a_verdict_has_words(verdict: Verdict) -> None:
    assert all(verdict.value in load_wording(language).words for language in LANGUAGES)


@pytest.mark.parametrize(
    ("code", "entry", "covered"),
    [
        ("J45.9", "J45.0-J45.9", True),
        ("J46", "J45.0-J45.9", False),
        ("J84.10", "J84.1", True),
        ("J84.0", "J84.1", False),
        ("J84", "J84.1", False),
        ("C97.1", "C00-C97", True),
        ("D00", "C00-C97", False),
    ],
)
def test_a_code_stands_in_a_list_with_all_below_it(code: str, entry: str, covered: bool) -> None:
    assert is_covered(code, entry) is covered


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("I50.1; I20.8", ("I50.1", "I20.8")),
        ("J 96,1 - J 45 . 0", ("J96.1", "J45.0")),
        ("C50 C50", ("C50",)),
        ("N18.4.", ("N18.4",)),
        ("flat C 50, form IV-100/a, A1234, 01001012345", ()),
        ("I50.", ("I50",)),
    ],
)
def test_codes_are_found_in_a_text_and_nothing_else_is(text: str, codes: tuple[str, ...]) -> None:
    assert find_codes(text) == codes


@pytest.mark.parametrize(
    ("digits", "code"), [("50", "I50"), ("208", "I20.8")], ids=["two digits", "three digits"]
)
def test_a_cover_writes_a_code_as_a_letter_and_digits(digits: str, code: str) -> None:
    assert write_code("I", digits) == code
