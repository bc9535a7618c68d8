from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.validation.law_folders import choose
from validation.timeline import Stop, plan_timeline

RECEIVED = date(2026, 11, 2)


def find(stops: tuple[Stop, ...], deadline: str) -> Stop:
    return next(stop for stop in stops if stop.deadline == deadline)


def test_the_order_s_example_is_its_own_line_with_the_overview_beside_it() -> None:
    stops = plan_timeline(RECEIVED)
    assert [(stop.ids, stop.day, stop.weekday) for stop in stops] == [
        (("T02",), date(2026, 11, 3), 2),
        (("T03",), date(2026, 11, 6), 5),
        (("T04",), date(2026, 11, 10), 2),
        (("T05",), date(2026, 11, 23), 1),
        (("T06",), date(2026, 11, 27), 5),
        (("T07",), date(2026, 12, 4), 5),
        (("T25",), date(2026, 12, 3), 4),
        (("T26",), date(2026, 12, 23), 3),
        (("T08",), date(2026, 12, 3), 4),
        (("T15",), date(2026, 12, 18), 5),
    ]
    assert [stop.is_beside for stop in stops] == [False] * 6 + [True] * 4


def test_a_stop_says_how_its_day_was_counted() -> None:
    entry = find(plan_timeline(RECEIVED), "declaration_entry")
    assert (entry.value.number, entry.value.unit) == (Decimal(4), "working_days")
    assert (entry.start, entry.after) == (date(2026, 11, 23), "declaration_filling")
    assert entry.value.law == "order-02-150/annex-3/art-11(5)"
    assert find(plan_timeline(RECEIVED), "application_entry").after is None


def test_the_filling_of_the_example_ends_on_a_day_of_rest() -> None:
    assert [stop.ids for stop in plan_timeline(RECEIVED) if stop.is_free] == [("T05",)]


def test_where_last_days_move_the_line_moves_with_them(tmp_path: Path) -> None:
    stops = plan_timeline(RECEIVED, choose(tmp_path, {"last_day": "next_working_day"}))
    assert find(stops, "declaration_filling").day == date(2026, 11, 24)
    assert find(stops, "declaration_entry").day == date(2026, 11, 30)
    latest = [stop for stop in stops if stop.deadline != "score_from_filling"]
    assert [stop for stop in latest if stop.is_free] == []


def test_of_two_sources_one_counts_and_both_are_shown() -> None:
    stops = plan_timeline(RECEIVED)
    assert [stop.ids for stop in stops if not stop.counts] == [("T25",), ("T26",)]


def test_what_follows_is_counted_from_the_source_that_counts(tmp_path: Path) -> None:
    choices = {"visit_deadline": "one_month", "score_deadline": "thirtieth_day"}
    stops = plan_timeline(RECEIVED, choose(tmp_path, choices))
    assert find(stops, "declaration_entry").after == "first_visit"
    assert find(stops, "declaration_entry").start == date(2026, 12, 3)
    assert find(stops, "assignment_visit").after == "score_from_filling"
    assert find(stops, "assignment_visit").day == date(2027, 1, 16)


def test_an_older_line_has_the_older_wording_and_nothing_of_the_overview(tmp_path: Path) -> None:
    choices = {"visit_deadline": "one_month", "score_deadline": "thirtieth_day"}
    stops = plan_timeline(date(2010, 11, 2), choose(tmp_path, choices))
    assert [stop.ids[0] for stop in stops] == ["T02", "T03", "T04", "T05", "T06", "T07"]
    assert find(stops, "declaration_entry").value.unit == "calendar_days"
    assert find(stops, "scoring").day == date(2010, 12, 4)


@pytest.mark.parametrize("received", [date(2007, 12, 27), date(1999, 11, 2)])
def test_an_application_before_the_order_has_no_line(received: date) -> None:
    assert plan_timeline(received) == ()
