from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import form_templates
from form_templates.abolished import load_abolished
from form_templates.known_forms import load_sound
from ocr.titles import TitleName, name_by_title
from ocr.upright import list_upright

FONT = Path(form_templates.__file__).parent / "fonts" / "NotoSansGeorgian-Regular.ttf"
ABOLISHED = load_abolished()["additional_economic_assessment"]
BODY = "ოჯახის უფლებამოსილი წარმომადგენლის სახელი, გვარი"


@cache
def draw_paper(*title: str) -> np.ndarray:
    """A page of somebody else's print at 200 dpi."""
    page = Image.new("L", (1654, 2339), 250)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(title):
        font = ImageFont.truetype(str(FONT), 46)
        draw.text((827, 220 + 70 * row), line, 30, font=font, anchor="ms")
    for row in range(24):
        font = ImageFont.truetype(str(FONT), 30)
        draw.text((150, 520 + 70 * row), f"{row + 1}. {BODY}", 40, font=font)
    return np.asarray(page)


def turn(paper: np.ndarray, quarters: int, degrees: float, scale: float) -> np.ndarray:
    height, width = paper.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    tilted = cv2.warpAffine(paper, matrix, (width, height), borderValue=235)
    turned = np.ascontiguousarray(np.rot90(tilted, quarters))
    return cv2.resize(turned, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize(
    ("quarters", "degrees", "scale"), [(0, 0, 1), (1, -7, 0.7), (2, 2, 1), (3, 5, 1.5)]
)
def test_an_abolished_form_is_named_however_it_lies(quarters, degrees, scale):
    first, second = ABOLISHED.titles[0].rsplit(" ", 3)[0], "შეფასების შესახებ ოქმი"
    paper = turn(draw_paper(first.removesuffix(" შეფასების"), second), quarters, degrees, scale)
    assert name_by_title(paper, load_sound()) == TitleName(ABOLISHED.id, abolished=True)


@pytest.mark.parametrize("title", ABOLISHED.titles)
def test_every_title_of_an_abolished_form_is_told_from_the_forms_in_use(title):
    middle = title.index(" ", len(title) // 2)
    paper = draw_paper(title[:middle], title[middle + 1 :])
    assert name_by_title(paper, load_sound()) == TitleName(ABOLISHED.id, abolished=True)


def test_the_protocol_that_is_in_use_is_not_taken_for_the_abolished_one():
    paper = draw_paper(
        "ოჯახის სოციალურ-ეკონომიკური მდგომარეობის", "შეფასების შეწყვეტის შესახებ ოქმი"
    )
    found = name_by_title(paper, load_sound())
    assert found is not None and not found.abolished


def test_a_letter_bears_no_title_of_ours():
    assert name_by_title(draw_paper("ცნობა საცხოვრებელი ადგილის შესახებ"), load_sound()) is None


def test_an_empty_page_bears_no_title():
    assert name_by_title(np.full((800, 600), 240, np.uint8), load_sound()) is None


@pytest.mark.parametrize("degrees", [-11.0, -3.5, 0.0, 8.0])
def test_lines_of_print_are_laid_level(degrees):
    upright, turned = list_upright(turn(draw_paper(BODY), 0, degrees, 1.0))
    ink = (upright < 128).sum(axis=1)
    assert (ink == 0).sum() > 0.4 * len(ink)
    assert np.array_equal(turned, np.rot90(upright, 2))
