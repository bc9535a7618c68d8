from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from form_templates.typeface import FONTS
from intake.pages import PageImage
from ocr.page_text import Hint, HintKind, find_hints, read_foreign_text
from ocr.pipeline import PageReader
from ocr.readings import PageStatus

LINES = (
    "ჯანმრთელობის მდგომარეობის შესახებ ცნობა",
    "პაციენტის სახელი, გვარი: ნინო ბერიძე",
    "პირადი ნომერი: 01024056789",
    "დიაგნოზი: გულის უკმარისობა  კოდი: 150.1",
    "თანმხლები დაავადება: E11.9",
    "მისამართი: დაბა სურამი, რუსთაველის ქუჩა 14",
    "SIMULATED / სიმულაცია",
)


@cache
def type_certificate() -> NDArray[np.uint8]:
    """An A4 page of somebody else at 200 dpi; simulated, and says so."""
    picture = Image.new("L", (1654, 2339), 248)
    for row, line in enumerate(LINES):
        x = 150
        for character in line:
            script = "Georgian" if "\u10d0" <= character <= "\u10ff" else ""
            font = ImageFont.truetype(str(FONTS / f"NotoSans{script}-Regular.ttf"), 34)
            pencil = ImageDraw.Draw(picture)
            pencil.text((x, 240 + 90 * row), character, fill=25, font=font, anchor="ls")
            x += font.getlength(character)
    return np.asarray(picture)


@pytest.mark.parametrize("quarters", [0, 2])
def test_a_page_of_others_is_read_whichever_way_it_lies(quarters: int) -> None:
    text = read_foreign_text(np.ascontiguousarray(np.rot90(type_certificate(), quarters)))
    for word in ("ჯანმრთელობის", "ნინო ბერიძე", "01024056789", "E11.9", "რუსთაველის"):
        assert word in text


def test_nothing_is_read_from_an_empty_page() -> None:
    assert read_foreign_text(np.full((2339, 1654), 250, np.uint8)) == ""


def test_the_reader_reads_pages_of_others_only_where_it_is_told_to() -> None:
    image = PageImage("certificate.pdf", 0, type_certificate(), 200.0)
    told = PageReader(read_text=lambda grey: "all that is printed").read_page(image)
    assert (told.status, told.text) == (PageStatus.UNIDENTIFIED, "all that is printed")
    assert PageReader().read_page(image).text == ""


def test_a_text_says_of_whom_it_is_and_of_which_diseases() -> None:
    assert find_hints("\n".join(LINES)) == (
        Hint(HintKind.NAME, "ნინო ბერიძე"),
        Hint(HintKind.PERSONAL_NUMBER, "01024056789"),
        Hint(HintKind.DIAGNOSIS, "I50.1"),
        Hint(HintKind.DIAGNOSIS, "E11.9"),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("პაციენტი\nგია ქავთარაძე", [Hint(HintKind.NAME, "გია ქავთარაძე")]),
        ("სახელი და გვარი - ია-მარიამ ლომი", [Hint(HintKind.NAME, "ია-მარიამ ლომი")]),
        ("ტელეფონი 599123456, თანხა 150.1", []),
        ("ანგარიში 010240567891", []),
        ("ფორმა IV-100/a, A4", []),
        ("J45 J45", [Hint(HintKind.DIAGNOSIS, "J45")]),
    ],
)
def test_only_what_looks_like_it_is_suggested(text: str, wanted: list[Hint]) -> None:
    assert list(find_hints(text)) == wanted
