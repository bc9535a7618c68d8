from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from form_templates.editing.inspection import inspect_edition
from form_templates.errors import WrongBlank
from tests.form_templates.small_form import PLACED, replaced, write_placed

ANCHOR = '[[pages.anchors]]\nkind = "dot"\nregion = [2, 2, 5, 5]\n\n'
PX_PER_MM = 10


def draw_rings(folder: Path, shift_mm: float) -> None:
    """The blank as a picture: a ring wherever the template has a bubble, all of them shifted."""
    picture = Image.new("L", (100 * PX_PER_MM, 60 * PX_PER_MM), 255)
    pen = ImageDraw.Draw(picture)
    for row in range(3):
        for column in range(2):
            x, y = 20 + 6 * column + shift_mm, 10 + 8 * row + shift_mm
            corners = [v * PX_PER_MM for v in (x, y, x + 4, y + 4)]
            pen.ellipse(corners, outline=0, width=2)
    picture.save(folder / "blank.png")


def write_drawn(root: Path, shift_mm: float, template: str = PLACED) -> Path:
    folder = write_placed(root, replaced(template, "blank.pdf", "blank.png"))
    draw_rings(folder, shift_mm)
    return folder


@pytest.mark.parametrize("shift_mm", [0.0, 0.4])
def test_a_blank_that_shows_every_ring_is_sound(tmp_path: Path, shift_mm: float) -> None:
    folder = write_drawn(tmp_path, shift_mm, replaced(PLACED, ANCHOR, ""))
    assert inspect_edition(folder) == ()


def test_a_blank_that_lies_askew_is_told_for_each_question(tmp_path: Path) -> None:
    folder = write_drawn(tmp_path, 3.0, replaced(PLACED, ANCHOR, ""))
    faults = inspect_edition(folder)
    assert {type(fault) for fault in faults} == {WrongBlank}
    assert [fault.detail for fault in faults] == [
        f"no bubble is printed at A, B of Q{row}" for row in (1, 2, 3)
    ]


def test_anchors_lay_a_blank_straight_before_anything_is_read(tmp_path: Path) -> None:
    assert inspect_edition(write_drawn(tmp_path, 3.0)) == ()
