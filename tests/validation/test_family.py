from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from form_templates.layout import lay_out
from ocr.readings import DocumentReading
from ocr.simulation.declaration import declare_family
from ocr.simulation.people import invent_family
from tests.validation.declarations import DECLARATION, fill_declaration
from tests.validation.papers import document_of, read_field, read_paper
from validation.family import Count, Family
from validation.parameters import load_law
from validation.record import Record, build_record
from validation.rows import RowUse
from validation.rules.member import count_years
from validation.rules.paper import open_paper
from validation.stored import read_family, restore_record
from validation.three_valued import both, either, opposite
from validation.typed_values import Json, type_values

TODAY = date(2026, 11, 21)
PAGES = [page.template for page in lay_out(DECLARATION, {"members": 8})]


def invent(seed: int) -> tuple[Record, dict[str, Json], date]:
    """The record of an invented family, its values as the registry keeps them, and its day."""
    rng = np.random.default_rng(seed)
    day = date(2015, 6, 1) + timedelta(days=int(rng.integers(0, 200)))
    family = invent_family(rng, int(rng.integers(1, 9)), day)
    said = declare_family(family, PAGES, rng)
    readings = []
    for page in PAGES:
        for spec in page.fields:
            plain = read_field(DECLARATION, "A9", 1 if spec.id in said else "", spec=spec)
            value = said[spec.id].value if spec.id in said else None
            readings.append(
                read_field(DECLARATION, "A9", spec=spec, value=value, state=plain.state)
            )
    document = document_of(DECLARATION, *readings)
    return build_record(DECLARATION, document), dict(type_values(DECLARATION, document).json), day


def open_family(record: Record) -> Family:
    return open_paper(DECLARATION, record, load_law(), TODAY).family


@pytest.mark.parametrize("seed", range(12))
def test_what_the_registry_keeps_is_the_record_again(seed: int) -> None:
    record, values, _ = invent(seed)
    restored = restore_record(DECLARATION, values)
    assert restored.answers.values.items() <= record.answers.values.items()
    assert {row: answers.values for row, answers in restored.rows["members"].items()} == {
        row: answers.values for row, answers in record.rows["members"].items()
    }


@pytest.mark.parametrize("seed", range(12))
def test_the_facts_of_a_kept_family_are_those_of_its_paper(seed: int) -> None:
    record, values, day = invent(seed)
    assert read_family(DECLARATION, values, load_law(), day) == open_family(record)


def test_a_kept_family_is_a_year_older_a_year_later() -> None:
    _, values, day = invent(3)
    now, later = (
        read_family(DECLARATION, values, load_law(), on)
        for on in (day, day.replace(year=day.year + 1))
    )
    ages = [member.age for member in now.members]
    assert [member.age for member in later.members] == [age + 1 for age in ages if age is not None]


def test_a_value_comes_back_as_its_type() -> None:
    values: dict[str, Json] = {
        "A8": "64.50",
        "A9": 3,
        "A7": ["1", "4"],
        "filling_date": "2015-11-23",
        "visit_start": "10:05",
        "agent_signature": True,
        "members[2].birth_date": "2005-12-01",
        "shoe_size": 42,
    }
    document = {
        "A8": Decimal("64.5"),
        "A9": 3,
        "A7": ["1", "4"],
        "filling_date": date(2015, 11, 23),
        "visit_start": "1005",
        "agent_signature": True,
        "members[2].birth_date": date(2005, 12, 1),
    }
    read = build_record(DECLARATION, read_paper(DECLARATION, document))
    restored = restore_record(DECLARATION, values)
    assert restored.answers.values == read.answers.values
    assert restored.rows["members"][2].values == read.rows["members"][2].values


def test_in_a_kept_record_only_what_may_be_blank_was_left_blank() -> None:
    restored = restore_record(DECLARATION, {"members[1].surname": "abc"})
    assert "A12" in restored.answers.empty and "A9" not in restored.answers.empty
    assert "B4" in restored.rows["members"][1].empty
    assert "birth_date" not in restored.rows["members"][1].empty


def test_the_facts_of_a_whole_declaration() -> None:
    family = open_family(build_record(DECLARATION, fill_declaration()))
    elder, child = family.members
    assert (elder.head, elder.of_pension_age, elder.able_bodied) == (True, True, False)
    assert (child.minor, child.age, child.representative) == (True, 9, False)
    assert family.size == Count(2, 2)


def find_unknown_rows(document: DocumentReading) -> list[int]:
    uses = build_record(DECLARATION, document).uses["members"]
    return [row for row, use in uses.items() if use is RowUse.UNKNOWN]


def test_blank_rows_below_the_end_of_the_list_are_nobody() -> None:
    assert find_unknown_rows(fill_declaration()) == []


def test_a_trace_below_the_end_of_the_list_may_be_somebody_and_others_may_follow() -> None:
    assert find_unknown_rows(fill_declaration(**{"members[9].B4": ["7"]})) == [9, 10]


def test_the_list_goes_on_where_its_sheet_was_not_scanned() -> None:
    names = {f"members[3].{question}": "abc" for question in ("surname", "first_name")}
    assert find_unknown_rows(fill_declaration(2, **names)) == [4, 5, 6]


@pytest.mark.parametrize(
    ("count", "least", "answer"),
    [
        (Count(4, 4), 4, True),
        (Count(3, 3), 4, False),
        (Count(3, 4), 4, None),
        (Count(4, 6), 4, True),
        (Count(1, 9), None, None),
    ],
)
def test_a_count_reaches_a_number_only_where_that_is_sure(
    count: Count, least: int | None, answer: bool | None
) -> None:
    assert count.reaches(None if least is None else Decimal(least)) is answer


def test_what_is_unknown_decides_nothing() -> None:
    assert [either(*said) for said in ([True, None], [False, None], [False], [])] == [
        True,
        None,
        False,
        False,
    ]
    assert [both(True, None), both(False, None), both(True, True)] == [None, False, True]
    assert [opposite(said) for said in (True, False, None)] == [False, True, None]


@pytest.mark.parametrize("years", range(1, 30))
def test_a_year_is_completed_on_the_birthday_and_not_before(years: int) -> None:
    born = date(1996, 2, 29)
    birthday = date(1996 + years, 2, 29) if years % 4 == 0 else date(1996 + years, 3, 1)
    assert count_years(born, birthday) == years
    assert count_years(born, birthday - timedelta(days=1)) == years - 1
