from datetime import date

import pytest

from validation.timeline import plan_timeline
from web.cli.timeline_table import print_timeline


def test_the_line_is_printed_with_how_each_day_was_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_timeline(plan_timeline(date(2026, 11, 2)))
    said = capsys.readouterr().out
    for words in (
        "Tue 2026-11-03",
        "1 working day after 2026-11-02",
        "4 working days after 2026-11-23",
        "a day of rest",
        "another source counts",
        "programme-overview/step-6",
    ):
        assert words in said


def test_an_application_before_the_order_prints_no_day(capsys: pytest.CaptureFixture[str]) -> None:
    print_timeline(plan_timeline(date(2007, 11, 2)))
    assert "2007" not in capsys.readouterr().out
