import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from form_templates.typeface import FONTS
from ocr.line_ink import LineInk
from ocr.number_shapes import measure_likeness
from ocr.number_sign import find_number_signs

PX_PER_MM = 16
SIGNS = [("№61", 1), ("ul. № 5, kv. №12", 2), ("12 № 7/2", 1)]


def type_line(text: str, face: str = "NotoSans-Regular.ttf") -> LineInk:
    font = ImageFont.truetype(str(FONTS / face), 62)
    picture = Image.new("L", (1200, 140), 0)
    ImageDraw.Draw(picture).text((20, 100), text, fill=255, font=font, anchor="ls")
    return find_ink(np.asarray(picture, np.uint8))


def find_ink(dark: NDArray[np.uint8]) -> LineInk:
    ink = cv2.threshold(dark, 127, 1, cv2.THRESH_BINARY)[1]
    return LineInk(np.asarray(255 - dark, np.uint8), np.asarray(ink, np.uint8), PX_PER_MM)


def blot(line: LineInk) -> LineInk:
    """The same line where ring, bar and N run into each other."""
    thick = cv2.dilate(255 - line.picture, np.ones((5, 5), np.uint8))
    return find_ink(np.asarray(cv2.GaussianBlur(thick, (0, 0), 3.0), np.uint8))


@pytest.mark.parametrize("face", ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
@pytest.mark.parametrize(("text", "signs"), SIGNS)
def test_the_sign_is_found_by_its_shape(text: str, signs: int, face: str) -> None:
    spans = find_number_signs(type_line(text, face))
    assert len(spans) == signs
    assert all(2 * PX_PER_MM < right - left < 6 * PX_PER_MM for left, right in spans)


@pytest.mark.parametrize(("text", "signs"), SIGNS)
def test_the_sign_is_found_where_its_pieces_touch(text: str, signs: int) -> None:
    line = blot(type_line(text))
    assert cv2.connectedComponents(line.ink)[0] < cv2.connectedComponents(type_line(text).ink)[0]
    assert len(find_number_signs(line)) == signs


def test_the_sign_ends_before_the_digit_behind_it() -> None:
    line, alone = type_line("№61"), type_line("№")
    ((left, right),) = find_number_signs(line)
    behind = int(np.flatnonzero(line.ink.any(axis=0) & ~alone.ink.any(axis=0))[0])
    assert left == int(np.flatnonzero(line.ink.any(axis=0))[0])
    assert np.flatnonzero(alone.ink.any(axis=0))[-1] < right <= behind


@pytest.mark.parametrize("face", ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
@pytest.mark.parametrize(
    "text", ["N61", "No 61", "N2", "N9 N4 N0", "N:5", "12:30", "IV-100/a", "i j ! ; ÷ %", ""]
)
def test_nothing_else_is_taken_for_it(text: str, face: str) -> None:
    assert find_number_signs(type_line(text, face)) == []
    assert find_number_signs(blot(type_line(text, face))) == []


def test_equals_is_no_bar_under_a_ring() -> None:
    assert find_number_signs(type_line("No=5")) == []


def test_a_place_at_the_edge_of_the_picture_looks_like_nothing() -> None:
    white = np.full((40, 60), 255, np.uint8)
    assert measure_likeness(white, (50, 0, 10, 40)).score < 0.5
