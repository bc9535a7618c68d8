from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from form_templates.model import Region
from form_templates.typeface import FONTS
from ocr.errors import LanguageMissing, OcrFault, TesseractMissing
from ocr.frame import PX_PER_MM
from ocr.simulation.desk import seat_people
from ocr.simulation.letters import write_text
from ocr.simulation.pen import draw_strokes
from ocr.simulation.styles import Style
from ocr.tesseract import find_tessdata, read_line, read_page_text
from ocr.text import read_text_line
from ocr.text_tidying import drop_ring, list_rivals, spell_disease, tidy_text

RESOURCES = Path(__file__).parent / "resources"


def type_line(text: str) -> NDArray[np.uint8]:
    """A typed line of 11 points in a box of 90 x 10 mm."""
    picture = Image.new("L", (90 * PX_PER_MM, 10 * PX_PER_MM), 245)
    x, foot = 4.0 * PX_PER_MM, 6 * PX_PER_MM
    for one in text:
        script = "Georgian" if "\u10d0" <= one <= "\u10ff" else ""
        path = FONTS / f"NotoSans{script}-Regular.ttf"
        face = ImageFont.truetype(str(path), round(11 * PX_PER_MM * 25.4 / 72))
        ImageDraw.Draw(picture).text((x, foot), one, fill=25, font=face, anchor="ls")
        x += face.getlength(one)
    return np.array(picture)


def test_tesseract_does_not_lose_clean_georgian_lines() -> None:
    line = np.array(Image.open(RESOURCES / "georgian_line.png"))
    for languages in (("kat",), ("script/Georgian",)):
        assert read_line(line, languages).text == "ოჯახის უფლებამოსილი წარმომადგენელი"
    assert read_page_text(line) == "ოჯახის უფლებამოსილი წარმომადგენელი"


@pytest.mark.parametrize("text", ["მარიამ ქავთარაძე", "დაბა სურამი", "საქართველო"])
def test_a_typed_line_is_read(text: str) -> None:
    reading = read_text_line(type_line(text))
    assert (reading.text, reading.typed) == (text, True)
    assert reading.confidence > 0.9
    assert [read for read, _ in reading.candidates] == [text]


@pytest.mark.parametrize("text", ["რუსთაველის ქუჩა №14", "№61", "ქუჩა №5, ბინა 12"])
def test_the_sign_before_a_number_makes_no_digit(text: str) -> None:
    assert read_text_line(type_line(text)).text == text


def test_a_digit_apart_behind_a_sign_that_was_seen_stays() -> None:
    text = "ცნობა №9 12.03.2026"
    assert read_text_line(type_line(text)).text == text


@pytest.mark.parametrize(("typed", "likelier"), [("RO9", "R09"), ("012.5", "O12.5")])
def test_what_was_read_stays_beside_what_is_likelier(typed: str, likelier: str) -> None:
    reading = read_text_line(type_line(typed))
    assert reading.text == likelier
    assert typed in [text for text, _ in reading.candidates]


def test_a_sign_without_a_number_is_no_text() -> None:
    assert not read_text_line(type_line("№")).typed


def test_latin_letters_and_digits_are_read_too() -> None:
    reading = read_text_line(type_line("Vazha-Pshavela 41"))
    assert (reading.text, reading.typed) == ("Vazha-Pshavela 41", True)


def test_a_typed_line_is_read_on_a_bad_scan() -> None:
    rng = np.random.default_rng(2)
    soft = cv2.GaussianBlur(type_line("მარიამ ქავთარაძე"), (0, 0), 0.9) * 0.6 + 60
    noisy = (soft + rng.normal(0, 8, soft.shape)).clip(0, 255).astype(np.uint8)
    assert read_text_line(noisy).text == "მარიამ ქავთარაძე"


@pytest.mark.parametrize("text", ["სურამი 30", "K20.8"])
def test_dirt_streaks_and_shade_leave_the_text_alone(text: str) -> None:
    soiled = type_line(text)
    cv2.line(soiled, (560, 0), (563, 80), 120, 1)
    cv2.polylines(soiled, [np.array([[600, 20], [630, 30], [620, 60]])], False, 110, 1)
    for x in (300, 470, 520):
        cv2.circle(soiled, (x, 30), 1, 60, -1)
    shade = np.linspace(0.7, 1.0, soiled.shape[1])
    assert read_text_line((soiled * shade).astype(np.uint8)).text == text


def test_pale_print_is_read() -> None:
    rng = np.random.default_rng(4)
    pale = 225 - (245 - type_line("დაბა სურამი").astype(float)) * 0.14
    noisy = (pale + rng.normal(0, 4, pale.shape)).clip(0, 255).astype(np.uint8)
    assert read_text_line(noisy).text == "დაბა სურამი"


def test_handwriting_goes_to_a_person() -> None:
    typed = 0
    for seed in range(12):
        picture = np.full((10 * 16, 90 * 16), 255, np.uint8)
        rng = np.random.default_rng(seed)
        agent = seat_people(seed, list(Style)[seed % 2]).agent
        strokes = write_text(agent.hand, "მარიამ ქავთარაძე", Region(4, 1, 80, 7), rng)
        draw_strokes(picture, strokes, agent.pen, 16, rng)
        small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        typed += read_text_line(np.asarray(small, np.uint8)).typed
    assert typed <= 3


@pytest.mark.parametrize("grey", [255, 128])
def test_an_empty_line_holds_no_text(grey: int) -> None:
    rng = np.random.default_rng(1)
    paper = (np.full((80, 720), grey) + rng.normal(0, 4, (80, 720))).clip(0, 255)
    reading = read_text_line(paper.astype(np.uint8))
    assert (reading.text, reading.typed) == ("", False)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("· თბილისი _", "თბილისი"),
        ("“ქუთაისი. \n", "ქუთაისი"),
        ("ქუჩა N5", "ქუჩა №5"),
        ("გამზირი Ne24, ბინა 12", "გამზირი №24, ბინა 12"),
        ("განკარგულება NM01-14/ნ", "განკარგულება №01-14/ნ"),
        ("სკოლა #3", "სკოლა №3"),
        ("№ 117", "№117"),
        ("Ne61-411/6", "№61-411/ნ"),
        ("ქუჩა 12/6", "ქუჩა 12/6"),
        ("MAN5 Ltd", "MAN5 Ltd"),
        ("N20.1", "N20.1"),
        ("ცნობა IV-100/a N20", "ცნობა IV-100/a N20"),
        ("12:02,1950", "12.02.1950"),
        ("09:30", "09:30"),
        ("სახლი, ეზო,\nბაღი :", "სახლი, ეზო, ბაღი"),
        ("პირველი\n\nმეორე", "პირველი მეორე"),
        ("...", ""),
        ("№90 -632 / ო", "№90-632/ო"),
        ("№95-840/m", "№95-840/ო"),
        ("№15-764/mო", "№15-764/ო"),
        ("№17-204/6ნ", "№17-204/ნ"),
        ("ქუჩა №2 66", "ქუჩა №66"),
        ("ქუჩა №2, ბინა 66", "ქუჩა №2, ბინა 66"),
        ("№17-204/", "№17-204/"),
        ("№17-204", "№17-204"),
        ("12-204/m", "12-204/m"),
        ("თხა „ფურცელი” ვარ", "თხა „ფურცელი“ ვარ"),
        ("ფლობთ?რა", "ფლობთ? რა"),
        (") ცნობა (ახალი)", "ცნობა (ახალი)"),
        ("(Giorgobiani 476", "Giorgobiani 476"),
        ("(ძველი) სახლი", "(ძველი) სახლი"),
        ("სკოლა, რაიონი)", "სკოლა, რაიონი)"),
        ("RO9", "R09"),
        ("F1O.2", "F10.2"),
        ("012.9", "O12.9"),
        ("012", "O12"),
        ("0123", "0123"),
        ("120.9", "120.9"),
        ("ცნობა IV-388/a 109.6", "ცნობა IV-388/a I09.6"),
        ("Kobo 12", "Kobo 12"),
    ],
)
def test_what_tesseract_always_gets_wrong_is_put_right(found: str, wanted: str) -> None:
    assert spell_disease(drop_ring(tidy_text(found))) == wanted


@pytest.mark.parametrize(
    ("read", "rivals"),
    [
        ("ქუჩა №2100", ("ქუჩა №100",)),
        ("ცნობა IV-100/a 120.8", ("ცნობა IV-100/a I20.8",)),
        ("№5", ()),
        ("დაბა სურამი", ()),
        ("12.11.1120", ()),
        ("O12.9", ("012.9",)),
    ],
)
def test_what_it_takes_for_something_else_has_a_rival(read: str, rivals: tuple[str, ...]) -> None:
    assert list_rivals(read) == rivals


def test_a_missing_language_is_broken_machinery_with_a_way_forward() -> None:
    with pytest.raises(LanguageMissing) as caught:
        read_line(type_line("x"), ("klingon",))
    fault: OcrFault = caught.value
    assert (fault.code, fault.retry) == ("tesseract_language_missing", False)
    assert "apt-get install" in str(fault)


def test_missing_language_data_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TesseractMissing):
        find_tessdata([tmp_path, tmp_path / "none"])
    (tmp_path / "kat.traineddata").touch()
    assert find_tessdata([tmp_path / "none", tmp_path]) == tmp_path
