from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.workflow.registered import FILLED, POOR
from workflow.rating.engine import Line, Part, Score, Unscored, rate
from workflow.rating.pack_files import load_pack

PACK = load_pack(FILLED)


def score(**changes: Any) -> Score:
    given = {key.replace("__", "."): value for key, value in changes.items()}
    rated = rate({**POOR, **given}, PACK, FILLED)
    assert isinstance(rated, Score)
    return rated


def without(*fields: str) -> dict[str, Any]:
    return {key: value for key, value in POOR.items() if key not in fields}


def lines_of(part: Part, rated: Score) -> list[Line]:
    return [line for line in rated.lines if line.part is part]


def recompute(rated: Score) -> int:
    """As a person would with a pocket calculator, from what is printed alone."""
    totals = {Part.WELFARE: Decimal(0), Part.NEEDS: Decimal(0)}
    for line in rated.lines[:-1]:
        product = Decimal(line.input) * line.coefficient
        assert product.quantize(Decimal("0.01"), ROUND_HALF_UP) == line.amount
        totals[line.part] += line.amount
        assert totals[line.part] == line.total
    welfare, needs = (Decimal(word) for word in rated.lines[-1].input.split(" / "))
    assert (welfare, needs) == (totals[Part.WELFARE], totals[Part.NEEDS])
    result = rated.lines[-1].coefficient * welfare / needs
    return int(result.quantize(Decimal(1), ROUND_HALF_UP))


def test_a_score_worked_out_by_hand():
    # welfare: base 30, salary 60, electricity 120.55 x 0.05 = 6.0275, cleaning 0.40,
    # dwelling 6, rooms 4, cattle shed 2, basement 2, land 6, higher education 9
    # needs: 150 x (1 + 0.75 + 0.4)
    rated = score()
    assert lines_of(Part.WELFARE, rated)[-1].total == Decimal("125.43")
    assert lines_of(Part.NEEDS, rated)[-1].total == Decimal("322.50")
    assert rated.score == 13613  # 35000 x 125.43 / 322.50 = 13612.56


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"E1": "0.10", "E3": "0.13", "A8": "33.33"},
        {"members[1].C3_01": "333.33", "members[1].C3_14": "0.01"},
        {"D2": "0.0417", "A7": ["1", "5", "6"], "D5_1": 1},
    ],
)
def test_the_printed_lines_give_the_score_exactly(changes):
    rated = score(**changes)
    assert recompute(rated) == rated.score


def test_a_line_names_the_field_that_it_comes_from():
    variables = {line.variable for line in score().lines if line.amount}
    assert {"members[1].C3_01", "E1", "members[2].B4", "members[1].birth_date"} <= variables


def test_whatever_counts_has_a_line_even_where_nothing_was_declared():
    labels = {line.label_key for line in score().lines}
    assert {item.id for item in PACK.welfare} <= labels
    cars = next(line for line in score().lines if line.label_key == "cars")
    assert (cars.input, cars.amount) == ("0", Decimal("0.00"))


@pytest.mark.parametrize("opinion", ["1", "2", "3", "4", "5"])
def test_the_opinion_of_the_agent_never_matters(opinion):
    assert score(F1=opinion, F2="2", F2_reasons=["1", "4"]) == score()


def test_a_score_without_the_opinion_of_the_agent_is_the_same():
    assert rate(without("F1", "F2"), PACK, FILLED) == score()


def test_durable_goods_in_a_record_never_matter():
    assert score(durable_goods="television", television=3) == score()


def test_a_half_is_rounded_upwards():
    electricity = [line for line in score(E1="0.10").lines if line.label_key == "electricity"]
    assert [line.amount for line in electricity] == [Decimal("0.01")]


@pytest.mark.parametrize("field", ["A8", "A9", "A10", "A7", "E1", "E2", "E3", "E4"])
def test_an_answer_that_every_family_owes_is_never_taken_for_nothing(field):
    assert rate(without(field), PACK, FILLED) == Unscored("answer_missing", (field,))


def test_all_that_is_missing_is_named_at_once():
    unscored = rate(without("E1", "members[2].birth_date", "members[1].C2"), PACK, FILLED)
    assert isinstance(unscored, Unscored) and unscored.code == "answer_missing"
    assert set(unscored.fields) == {"E1", "members[2].birth_date", "members[1].C2"}


@pytest.mark.parametrize(("answer", "missing"), [("1", ("D2",)), ("2", ())])
def test_land_may_be_blank_only_where_there_is_none(answer, missing):
    rated = rate({**without("D2"), "D1": answer}, PACK, FILLED)
    assert rated.fields == missing if isinstance(rated, Unscored) else missing == ()


@pytest.mark.parametrize(("answer", "missing"), [("1", ("A12",)), ("2", ())])
def test_the_area_of_another_dwelling_may_be_blank_only_where_there_is_none(answer, missing):
    rated = rate({**POOR, "A11": answer}, PACK, FILLED)
    assert rated.fields == missing if isinstance(rated, Unscored) else missing == ()


def test_an_empty_income_cell_is_no_income():
    assert score().score < score(**{"members[1].C3_02": "50.00"}).score
    assert score(**{"members[1].C3_02": "0.00"}).score == score().score


def test_assistance_that_depends_on_the_score_does_not_feed_it():
    aided = {"members[1].C3_09": "120.00", "members[1].C3_10": "50.00"}
    assert score(**aided).score == score().score


def test_a_declaration_that_names_nobody_has_no_score():
    nobody = {key: value for key, value in POOR.items() if not key.startswith("members")}
    assert rate(nobody, PACK, FILLED) == Unscored("no_members", ())


def test_nobody_is_born_after_the_day_of_filling():
    field = "members[2].birth_date"
    assert rate({**POOR, field: "2026-02-21"}, PACK, FILLED) == Unscored("born_later", (field,))


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2022, 2, 21), "age_0_3"),
        (date(2022, 2, 20), "age_4_6"),
        (date(2019, 2, 20), "age_7_12"),
        (date(2013, 2, 20), "age_13_17"),
        (date(2008, 2, 21), "age_13_17"),
        (date(2008, 2, 20), "age_18_29"),
        (date(1966, 2, 21), "age_40_59"),
        (date(1966, 2, 20), "age_60"),
    ],
)
def test_ages_are_completed_years_on_the_day_of_filling(born, band):
    rated = score(**{"members[2].birth_date": born.isoformat()})
    ages = [line.label_key for line in rated.lines if line.variable == "members[2].birth_date"]
    assert ages == [band]


def test_a_member_with_more_needs_makes_a_family_poorer():
    assert score(**{"members[1].B3": ["1", "2"]}).score < score().score
