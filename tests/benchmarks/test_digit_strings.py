import numpy as np
import pytest

from benchmarks.digit_strings import (
    LENGTH,
    Trust,
    judge_strings,
    scan_strings,
    tabulate_reliability,
)
from form_templates.model import Format
from ocr.models.training.fields import make_field
from ocr.models.training.fonts import find_fonts
from ocr.models.training.mnist import Digits
from ocr.models.training.writers import draw_glyph


def judge(confidence: list[float], right: list[bool]) -> Trust:
    sure = np.array(confidence)
    return Trust(sure, np.array(right), sure >= 0.9)


def test_as_much_passes_as_one_error_in_a_thousand_allows():
    confidence = np.linspace(1, 0.5, 4000).tolist()
    right = [i not in (1500, 1600, 3500, 3600, 3700) for i in range(4000)]
    share, wrong = judge(confidence, right).count_at_rate()
    assert share == pytest.approx(100 * 3600 / 4000)
    assert wrong == 3


def test_nothing_passes_where_the_surest_is_wrong():
    assert judge([0.99, 0.9], [False, True]).count_at_rate() == (0.0, 0)


def test_a_row_says_what_the_shipped_threshold_lets_through():
    row = judge([0.99, 0.95, 0.5, 0.4], [True, False, True, False]).describe("some")
    assert row == ("some", 4, 50.0, 25.0, 0, 50.0, 1)


def test_reliability_sets_promises_against_what_came_true():
    rows, error = tabulate_reliability(judge([0.96, 0.96, 0.6, 1.0], [True, False, True, True]))
    assert [row[:2] for row in rows] == [("0.5 to 0.8", 1), ("0.95 to 0.98", 2), ("0.995 to 1", 1)]
    assert rows[1][3] == 50.0
    assert error == pytest.approx((0.4 + 2 * 0.46 + 0.0) / 4)


def test_strings_are_written_digit_by_digit_and_read_back():
    font = find_fonts("0123456789")[0]
    glyphs = [draw_glyph(font, sign, 0.36) for sign in "0123456789"]
    pictures = np.stack([(255 * glyph[22:106:3, 22:106:3]).astype(np.uint8) for glyph in glyphs])
    digits = Digits(pictures, np.arange(10, dtype=np.uint8))
    order = np.random.default_rng(1).integers(10, size=3 * LENGTH)
    strings = scan_strings(digits, order, 0, seed=1)
    assert strings.texts[1] == "".join(map(str, order[LENGTH : 2 * LENGTH]))
    assert strings.chances.shape == (3, LENGTH, 13)
    trust = judge_strings(strings, make_field(Format.PERSONAL_NUMBER))
    assert trust.right.any()
