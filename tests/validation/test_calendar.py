from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validation.law_folders import DAYS_OF_REST, DAYS_WORKED, copy_law
from validation.calendar import Calendar, open_calendar
from validation.public_holidays import YearNotKnown, list_known_years, list_regular_rest

YEARS = range(2005, 2036)
FIXED = (
    *((1, day) for day in (1, 2, 7, 19)),
    *((3, day) for day in (3, 8)),
    (4, 9),
    *((5, day) for day in (9, 12, 26)),
    (8, 28),
    (10, 14),
    (11, 23),
)
# Organic law of 2024: the day of family sanctity.
FAMILY_DAY, FIRST_FAMILY_DAY = (5, 17), 2025
# Resolution 167 of 15 May 2024 and resolution 381 of 25 August 2025.
DECREED = {date(2024, 5, 17), date(2025, 8, 29)}
DAYS = st.dates(date(2008, 1, 1), date(2034, 12, 31))
COUNTS = st.integers(1, 60)
FEW = settings(max_examples=60, deadline=None)

CALENDAR = open_calendar()
BY_DECREE = Calendar(
    rest=frozenset({date(2026, 1, 5), date(2026, 1, 6)}), worked=frozenset({date(2026, 1, 10)})
)


def find_orthodox_easter(year: int) -> date:
    """By the tables of the Julian calendar, thirteen days behind in these centuries."""
    moon = (19 * (year % 19) + 15) % 30
    later = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    return date(year, 3, 22) + timedelta(days=later + 13)


def list_holidays_by_hand(year: int) -> set[date]:
    easter = find_orthodox_easter(year)
    found = {date(year, *day) for day in FIXED}
    found |= {easter + timedelta(days=later) for later in (-2, -1, 0, 1)}
    found |= {day for day in DECREED if day.year == year}
    return found | ({date(year, *FAMILY_DAY)} if year >= FIRST_FAMILY_DAY else set())


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2005, date(2005, 5, 1)),
        (2013, date(2013, 5, 5)),
        (2024, date(2024, 5, 5)),
        (2026, date(2026, 4, 12)),
        (2035, date(2035, 4, 29)),
    ],
)
def test_orthodox_easter_is_where_the_church_keeps_it(year: int, easter: date) -> None:
    assert find_orthodox_easter(year) == easter
    assert easter in list_regular_rest(year)


@pytest.mark.parametrize("year", YEARS)
def test_the_free_days_of_a_year_are_its_weekends_and_the_holidays_listed_by_hand(
    year: int,
) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(366)]
    weekends = {day for day in days if day.year == year and day.isoweekday() in (6, 7)}
    assert list_regular_rest(year) == weekends | list_holidays_by_hand(year)


def test_working_days_go_on_after_easter_monday() -> None:
    free = (date(2026, 4, 12), date(2026, 4, 13), date(2026, 4, 18), date(2026, 5, 26))
    assert not any(map(CALENDAR.is_working_day, free))
    assert CALENDAR.is_working_day(date(2026, 4, 14))
    assert CALENDAR.add_working_days(date(2026, 4, 10), 1) == date(2026, 4, 14)


def test_a_day_of_rest_by_decree_is_free_and_a_saturday_by_decree_is_worked() -> None:
    assert not BY_DECREE.is_working_day(date(2026, 1, 5))
    assert BY_DECREE.is_working_day(date(2026, 1, 10))
    assert not BY_DECREE.is_working_day(date(2026, 1, 11))
    # 5 and 6 by decree, 7 as Christmas are free; 8, 9 and the Saturday are worked.
    assert BY_DECREE.add_working_days(date(2026, 1, 4), 3) == date(2026, 1, 10)
    assert CALENDAR.add_working_days(date(2026, 1, 4), 3) == date(2026, 1, 8)


def test_a_working_day_is_found_on_itself_or_behind_rest() -> None:
    assert CALENDAR.find_working_day(date(2026, 11, 24)) == date(2026, 11, 24)
    assert CALENDAR.find_working_day(date(2026, 11, 21)) == date(2026, 11, 24)


def test_no_day_is_told_of_a_year_whose_holidays_nobody_knows() -> None:
    known = list_known_years()
    assert {*YEARS} < {*known}
    for year in (known[0] - 1, known[-1] + 1):
        with pytest.raises(YearNotKnown, match=str(year)):
            CALENDAR.is_working_day(date(year, 6, 1))


def test_counting_does_not_run_past_the_last_known_year() -> None:
    end = date(list_known_years()[-1], 12, 31)
    with pytest.raises(YearNotKnown):
        CALENDAR.add_working_days(end, 1)


def test_the_same_decrees_make_the_same_calendar(tmp_path: Path) -> None:
    rest = '[[value]]\nfrom = 2026-01-05\ndays = 2\nunit = "rest_days"\nlaw = "a decree"\n'
    worked = '[[value]]\nfrom = 2026-01-10\ndays = 1\nunit = "worked_days"\nlaw = "a decree"\n'
    law = copy_law(tmp_path, {DAYS_OF_REST: rest, DAYS_WORKED: worked})
    assert open_calendar(law) == BY_DECREE


@FEW
@given(DAYS, COUNTS, st.sampled_from([CALENDAR, BY_DECREE]))
def test_so_many_working_days_behind_a_day_is_a_working_day_with_as_many_between(
    start: date, days: int, calendar: Calendar
) -> None:
    end = calendar.add_working_days(start, days)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert calendar.is_working_day(end)
    assert sum(map(calendar.is_working_day, between)) == days


@FEW
@given(DAYS, st.integers(0, 30), COUNTS)
def test_who_begins_later_does_not_end_earlier(start: date, later: int, days: int) -> None:
    first = CALENDAR.add_working_days(start, days)
    assert first <= CALENDAR.add_working_days(start + timedelta(days=later), days)


@FEW
@given(DAYS, COUNTS, COUNTS)
def test_working_days_can_be_counted_in_two_goes(start: date, some: int, more: int) -> None:
    halfway = CALENDAR.add_working_days(start, some)
    assert CALENDAR.add_working_days(start, some + more) == CALENDAR.add_working_days(halfway, more)
