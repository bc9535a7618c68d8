from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workflow.trust.readings import ALL_MARKS, MARKS, NOON, doubted, drawn, spare
from workflow.trust.drift import FEWEST_PAGES, Drift, Measure, watch_drift
from workflow.trust.judged import JudgedReading

BEFORE = NOON - timedelta(days=40)
SINCE = NOON - timedelta(days=30)


def mix(
    pages: int, doubts: int, at: timedelta = timedelta(), *, right: bool = True
) -> list[JudgedReading]:
    """Ten fields a page, some of them doubted; pages differ a little."""
    moment, first = NOON + at, 10_000 if at else 0
    found: list[JudgedReading] = []
    for page in range(pages):
        count = doubts + page % 2
        for part in (drawn(10 - count, at=moment), doubted(count, 0.9, right=right, at=moment)):
            found += [replace(reading, page=first + page) for reading in part]
    return found


def find(drifts: Iterable[Drift], measure: Measure) -> Drift:
    return next(d for d in drifts if d.origin == ALL_MARKS and d.measure is measure)


def test_reading_that_goes_on_as_before_does_not_drift() -> None:
    drifts = watch_drift(mix(100, 1, BEFORE - NOON) + mix(60, 1), SINCE)
    assert not any(drift.drifting for drift in drifts)


@pytest.mark.parametrize(
    ("now", "drifting"),
    [
        (mix(60, 3), {Measure.REVIEW, Measure.DOUBT}),
        (mix(60, 1, right=False), {Measure.DISAGREEMENT}),
    ],
)
def test_each_figure_drifts_by_itself(now: list[JudgedReading], drifting: set[Measure]) -> None:
    drifts = watch_drift(mix(100, 1, BEFORE - NOON) + now, SINCE)
    assert {d.measure for d in drifts if d.drifting} == drifting


def test_nothing_is_said_of_too_few_pages() -> None:
    drifts = watch_drift(mix(100, 0, BEFORE - NOON) + mix(FEWEST_PAGES - 1, 5), SINCE)
    assert find(drifts, Measure.REVIEW).chance is None
    assert not any(drift.drifting for drift in drifts)


def test_one_bad_page_among_many_is_no_drift() -> None:
    """A page whose fields are all doubted is one misfortune, not ten."""
    bad = [replace(r, page=77) for r in doubted(200, 0.5, right=False)]
    drifts = watch_drift(mix(100, 1, BEFORE - NOON) + mix(60, 1) + bad, SINCE)
    assert not find(drifts, Measure.REVIEW).drifting


def test_a_sure_difference_too_small_to_matter_is_no_drift() -> None:
    before = mix(2000, 0, BEFORE - NOON)
    now = [replace(r, confidence=r.confidence - 0.002) for r in mix(2000, 0)]
    found = find(watch_drift(before + now, SINCE), Measure.DOUBT)
    assert found.chance == pytest.approx(0, abs=1e-6)
    assert not found.drifting


def test_every_form_and_scanner_is_watched_apart() -> None:
    back = replace(MARKS, scanner="back office")
    other = replace(MARKS, form="application")
    drifts = watch_drift([r for o in (MARKS, back, other) for r in drawn(40, origin=o)], SINCE)
    assert {(d.origin.form, d.origin.scanner) for d in drifts} == {
        (None, None),
        (MARKS.form, None),
        (other.form, None),
        (None, MARKS.scanner),
        (None, back.scanner),
        (MARKS.form, MARKS.scanner),
    }


@pytest.mark.parametrize(("lot", "drifting"), [(False, False), (True, True)])
def test_what_a_register_leaves_to_people_is_no_drift_unless_it_was_drawn(
    lot: bool, drifting: bool
) -> None:
    wrong = [replace(r, page=r.page % 50) for r in doubted(200, 0.9, right=False)]
    found = watch_drift([*mix(100, 1, BEFORE - NOON), *mix(60, 1), *spare(wrong, lot=lot)], SINCE)
    assert find(found, Measure.DISAGREEMENT).drifting is drifting
