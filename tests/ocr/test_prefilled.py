import cv2
import numpy as np
import pytest

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.printing import render_page, render_pages
from ocr.alignment import lay_over, prepare_tiles
from ocr.frame import RegisteredPage
from ocr.prefilled import is_printed
from ocr.registration import register_page
from ocr.simulation.fill import fill_pages
from ocr.simulation.intents import Intent, Medium
from ocr.simulation.scanner import scan
from ocr.simulation.styles import Style

DECLARATION = catalog.load("family_declaration")
PAGE = next(p.template for p in lay_out(DECLARATION) if p.template.page == 1)
FIELDS = {f.id: f for f in PAGE.fields}
TILES = prepare_tiles(render_page(DECLARATION, 1, 1))
NAMES = {
    "agent_surname": "\u10d1\u10d4\u10e0\u10d8\u10eb\u10d4",
    "agent_name": "\u10dc\u10d8\u10dc\u10dd",
    "family_code": "0123456789",
}


def scanned(medium: Medium, level: int, seed: int) -> RegisteredPage:
    (blank,) = render_pages(DECLARATION, [(1, 1)], px_per_mm=10)
    intents = {name: Intent(text, medium=medium) for name, text in NAMES.items()}
    filled = fill_pages([blank], [PAGE], intents, seed, Style.MEASURING)
    picture = scan(filled.pictures[0], level, np.random.default_rng(seed), 200.0, 10.0).picture
    page = register_page(picture)
    assert isinstance(page, RegisteredPage)
    return lay_over(page, TILES)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_our_own_print_is_known_again(level):
    page = scanned(Medium.PRINT, level, 3)
    for name, text in NAMES.items():
        assert is_printed(page, FIELDS[name].cells, text), name


@pytest.mark.parametrize("level", [0, 1, 2])
def test_our_own_digits_are_known_again_whatever_they_are(level):
    for digits in ("0123456789", "9876543210", "3838886655", "1111777711"):
        (blank,) = render_pages(DECLARATION, [(1, 1)], px_per_mm=10, values={"family_code": digits})
        picture = scan(blank, level, np.random.default_rng(7), 200.0, 10.0).picture
        page = register_page(picture)
        assert isinstance(page, RegisteredPage)
        page = lay_over(page, TILES)
        cells = FIELDS["family_code"].cells
        assert is_printed(page, cells, digits)
        others = [str((int(digit) + by) % 10) for by in range(1, 10) for digit in digits]
        words = ["".join(others[i : i + 10]) for i in range(0, 90, 10)]
        assert not any(is_printed(page, cells, word) for word in words)


@pytest.mark.parametrize("seed", range(6))
def test_handwriting_is_never_taken_for_print(seed):
    page = scanned(Medium.PEN, 1, seed)
    for name, text in NAMES.items():
        assert not is_printed(page, FIELDS[name].cells, text), name


def test_print_of_other_characters_is_not_this_value():
    page = scanned(Medium.PRINT, 1, 4)
    assert not is_printed(page, FIELDS["family_code"].cells, "0123456788")
    assert not is_printed(page, FIELDS["agent_name"].cells, NAMES["agent_surname"])


# What a pen adds to one printed digit, in shares of its height from the middle of its foot.
CHANGES = {
    ("1", "4"): [((0, 1), (-0.5, 0.35)), ((-0.5, 0.35), (0.38, 0.35))],
    ("5", "6"): [((-0.38, 0.5), (-0.38, 0.1))],
    ("6", "8"): [((0.38, 0.9), (0.38, 0.5))],
    ("9", "8"): [((-0.38, 0.5), (-0.38, 0))],
}
DIGIT_HEIGHT_MM, FOOT_MM, CHANGED_CELL = 3.0, 2.0, 5


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", range(3))
def test_print_that_a_pen_changed_is_ours_no_more(change, seed):
    before, after = ("01234" + digit + "6789" for digit in change)
    (blank,) = render_pages(DECLARATION, [(1, 1)], px_per_mm=10, values={"family_code": before})
    picture, cell = np.array(blank), FIELDS["family_code"].cells[CHANGED_CELL]
    rng = np.random.default_rng(seed)
    foot = np.array([cell.x_mm + cell.width_mm / 2, cell.bottom_mm - FOOT_MM])
    for line in CHANGES[change]:
        ends = foot + np.array(line) * [DIGIT_HEIGHT_MM, -DIGIT_HEIGHT_MM]
        ends = np.rint((ends + rng.normal(0, 0.1, (2, 2))) * 10).astype(int)
        cv2.line(picture, ends[0].tolist(), ends[1].tolist(), 40, 5, cv2.LINE_AA)
    page = register_page(scan(picture, 1, rng, 200.0, 10.0).picture)
    assert isinstance(page, RegisteredPage)
    page = lay_over(page, TILES)
    cells = FIELDS["family_code"].cells
    assert not is_printed(page, cells, before) and not is_printed(page, cells, after)


def test_nothing_is_no_print():
    assert not is_printed(scanned(Medium.PRINT, 0, 5), FIELDS["family_code"].cells, "")
