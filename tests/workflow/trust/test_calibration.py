import pytest

from ocr.thresholds import ReadKind
from tests.workflow.trust.readings import doubted, drawn, gather, spare
from workflow.trust.calibration import measure_calibration


def test_readings_that_are_as_right_as_they_say_have_no_error() -> None:
    evidence = gather(doubted(80, 0.8), doubted(20, 0.8, right=False))
    found = measure_calibration(ReadKind.MARKS, evidence)
    (part,) = found.bins
    assert (part.n, part.right, part.low) == (100, 0.8, 0.8)
    assert found.error == pytest.approx(0, abs=1e-9)


def test_readings_that_say_too_much_are_off_by_what_they_say_too_much() -> None:
    evidence = gather(doubted(50, 0.92), doubted(50, 0.92, right=False))
    assert measure_calibration(ReadKind.MARKS, evidence).error == pytest.approx(0.42)


def test_a_drawn_reading_weighs_as_much_as_all_that_it_stands_for() -> None:
    evidence = gather(drawn(10, 0.9995), doubted(10, 0.6, right=False), accepted=990)
    sure = measure_calibration(ReadKind.MARKS, evidence).bins[-1]
    assert (sure.n, sure.share) == (10, 0.99)


def test_a_reading_without_any_doubt_stands_in_the_last_bin() -> None:
    found = measure_calibration(ReadKind.MARKS, gather(drawn(3, 1.0)))
    assert [(part.low, part.high) for part in found.bins] == [(0.999, 1.0)]


def test_other_kinds_are_counted_apart() -> None:
    found = measure_calibration(ReadKind.DIGITS, gather(drawn(3)))
    assert (found.n, found.bins, found.error) == (0, (), 0)


def test_of_what_a_register_confirms_those_drawn_weigh_as_much_as_all() -> None:
    sample, rest = spare(doubted(10, 0.6), lot=True), spare(doubted(90, 0.6, right=False))
    found = measure_calibration(ReadKind.MARKS, gather(sample, rest, doubted(100, 0.8)))
    low, high = found.bins
    assert (low.n, low.right, low.share) == (10, 1.0, 0.5)
    assert (high.n, high.share) == (100, 0.5)
