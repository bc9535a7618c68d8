import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from form_templates.typeface import FONTS
from ocr.number_sign import find_number_signs

PX_PER_MM = 16


def ink_of(text: str, face: str = "NotoSans-Regular.ttf") -> NDArray[np.uint8]:
    font = ImageFont.truetype(str(FONTS / face), 62)
    picture = Image.new("L", (1200, 140), 0)
    ImageDraw.Draw(picture).text((20, 100), text, fill=255, font=font, anchor="ls")
    return np.asarray(cv2.threshold(np.asarray(picture), 127, 1, cv2.THRESH_BINARY)[1], np.uint8)


@pytest.mark.parametrize("face", ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
@pytest.mark.parametrize(("text", "signs"), [("№61", 1), ("ul. № 5, kv. №12", 2), ("12 № 7/2", 1)])
def test_the_sign_is_found_by_its_shape(text: str, signs: int, face: str) -> None:
    ink = ink_of(text, face)
    spans = find_number_signs(ink, PX_PER_MM)
    assert len(spans) == signs
    assert all(2 * PX_PER_MM < right - left < 6 * PX_PER_MM for left, right in spans)


@pytest.mark.parametrize(
    "text", ["N61", "No 61", "N2", "N:5", "12:30", "IV-100/a", "No=5", "i j ! ; = \u00f7 %", ""]
)
def test_nothing_else_is_taken_for_it(text: str) -> None:
    assert find_number_signs(ink_of(text), PX_PER_MM) == []
