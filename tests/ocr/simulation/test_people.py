from datetime import date, timedelta

import numpy as np
import pytest

from ocr.simulation.application import apply_family
from ocr.simulation.declaration import declare_family
from ocr.simulation.intents import Intent
from ocr.simulation.people import Family, Person, invent_family
from tests.ocr.simulation.canvas import application_pages, declaration_pages

DAY = date(2020, 2, 29)
SEEDS = pytest.mark.parametrize("seed", range(25))


def declare(seed: int) -> tuple[Family, dict[str, Intent]]:
    rng = np.random.default_rng(seed)
    family = invent_family(rng, int(rng.integers(1, 7)), DAY)
    return family, declare_family(family, declaration_pages(), rng)


@SEEDS
def test_members_are_oldest_first_with_numbers_of_their_own(seed: int) -> None:
    family, _ = declare(seed)
    births = [member.birth_date for member in family.members]
    numbers = [member.personal_number for member in family.members]
    assert births == sorted(births)
    assert max(births) <= DAY
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 11 and number.isdigit() for number in numbers)


@SEEDS
def test_written_ages_follow_from_written_dates(seed: int) -> None:
    family, answers = declare(seed)
    for row, member in enumerate(family.members, start=1):
        written = str(answers[f"members[{row}].birth_date"].value)
        born = date(int(written[4:]), int(written[2:4]), int(written[:2]))
        assert born == member.birth_date
        age = int(str(answers[f"members[{row}].age"].value))
        assert born.replace(year=born.year + age, day=min(born.day, 28)) <= DAY
        assert born.replace(year=born.year + age + 1, day=min(born.day, 28)) > DAY - timedelta(3)


@SEEDS
def test_schooling_is_asked_of_minors_and_education_of_adults(seed: int) -> None:
    family, answers = declare(seed)
    for row, member in enumerate(family.members, start=1):
        adult = member.is_adult_on(DAY)
        assert (f"members[{row}].C1" in answers) is not adult
        assert (f"members[{row}].C2" in answers) is adult
        income = [key for key in answers if key.startswith(f"members[{row}].C3_")]
        assert adult or not income


@SEEDS
def test_questions_that_hang_together_agree(seed: int) -> None:
    family, answers = declare(seed)
    assert (answers["A11"].value == "1") is ("A12" in answers)
    assert (answers["D1"].value == "1") is ("D2" in answers)
    assert (answers["D3"].value == "1") is any(key.startswith("D4_") for key in answers)
    assert (answers["F2"].value == "2") is ("F2_reasons" in answers)
    assert ("phone_mobile" in answers) is ("sms_consent" in answers)
    assert str(answers["visit_end"].value) > str(answers["visit_start"].value)
    head = family.members[int(str(answers["B2"].value)) - 1]
    assert head.is_adult_on(DAY)
    assert answers["representative_personal_number"].value == head.personal_number
    buildings = answers["A7"].value
    assert isinstance(buildings, tuple)
    assert "8" not in buildings or buildings == ("8",)


@SEEDS
def test_a_declaration_is_complete(seed: int) -> None:
    family, answers = declare(seed)
    rows = {None, *range(1, len(family.members) + 1)}
    for page in declaration_pages():
        for field in page.fields:
            if field.required and field.row in rows:
                assert field.id in answers
            if field.row not in rows and field.kind.value != "signature":
                assert field.id not in answers


@SEEDS
def test_an_application_is_complete_and_consistent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    family = invent_family(rng, 3, DAY)
    answers = apply_family(family, application_pages(), rng)
    required = [
        field.id
        for page in application_pages()
        for field in page.fields
        if field.required and (field.row or 1) <= 3
    ]
    assert set(required) <= set(answers)
    reason = answers["reason"].value
    assert (reason == "1") is ("family_code" not in answers)
    assert (reason == "2") is ("reassessment_grounds" in answers)
    assert (reason == "3") is ("explanation_applicant_signature" in answers)
    numbers = {answers[f"members[{row}].personal_number"].value for row in (1, 2, 3)}
    assert answers["applicant_personal_number"].value in numbers


def test_the_same_seed_invents_the_same_people() -> None:
    assert declare(3) == declare(3)
    assert declare(3) != declare(4)


@pytest.mark.parametrize(
    ("born", "age"), [((2000, 2, 29), 20), ((2000, 3, 1), 19), ((2020, 2, 1), 0)]
)
def test_an_age_counts_completed_years(born: tuple[int, int, int], age: int) -> None:
    assert Person("", "", "", date(*born), "female").age_on(DAY) == age
