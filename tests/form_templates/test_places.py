from datetime import date
from pathlib import Path

import pytest

from form_templates.errors import MisfitAnswer, MissingKey, TemplateFault, WrongValue
from form_templates.loading import read_template
from form_templates.model import TemplateKey
from form_templates.places import place_fields
from form_templates.specification import AnchorKind, Template

KEY = TemplateKey("sheet", date(2020, 1, 1))
HEAD = """
correction_rule = "none"
faults_go_to = "agent"
law = "sheet/instruction"

[[pages]]
width_mm = 210.0
height_mm = 297.0

[[pages.anchors]]
kind = "square"
region = [10, 10, 4, 4]

[[pages.anchors]]
kind = "dot"
region = [196, 10, 4, 4]

[[pages.anchors]]
kind = "corner"
region = [10, 283, 4, 4]

[[sections]]
id = "A"
law = "sheet/A"

[[sections.questions]]
id = "Q"
kind = "bubble"
codes = ["A", "B"]
page = 1
"""
ROW = "first = [20, 30, 3.4, 3.4]\nstep_mm = [5, 0]\n"
LABELS = """
title = "Sheet"
section.A = "Answers"
field.Q = "Task"
option.Q.A = "first"
option.Q.B = "second"
"""


def load(folder: Path, places: str, head: str = HEAD) -> Template:
    (folder / "template.toml").write_text(head + places, encoding="utf-8")
    for language in ("ka", "en"):
        (folder / f"labels.{language}.toml").write_text(LABELS, encoding="utf-8")
    return read_template(folder, KEY)


def test_a_first_place_and_a_step_give_a_row(tmp_path: Path) -> None:
    (spec,) = place_fields(load(tmp_path, ROW), 1)
    assert [o.region.as_list() for o in spec.options] == [[20, 30, 3.4, 3.4], [25, 30, 3.4, 3.4]]
    assert spec.region.as_list() == [20, 30, 8.4, 3.4]


def test_places_may_be_named_one_by_one(tmp_path: Path) -> None:
    (spec,) = place_fields(load(tmp_path, "places = [[1, 2, 3, 4], [9, 2, 3, 4]]\n"), 1)
    assert [option.code for option in spec.options] == ["A", "B"]
    assert spec.options[1].region.as_list() == [9, 2, 3, 4]


def test_a_repeated_question_is_numbered_and_its_wording_written_once(tmp_path: Path) -> None:
    template = load(tmp_path, ROW + "repeat = 3\nrepeat_from = 7\nrepeat_step_mm = [0, 6]\n")
    fields = place_fields(template, 1)
    assert [spec.id for spec in fields] == ["Q7", "Q8", "Q9"]
    assert fields[2].region.y_mm == 42
    assert template.label("field.Q8", "en") == "Task 8"
    assert template.label("option.Q9.B", "en") == "second"


def test_pages_anchors_and_number_are_what_the_file_says(tmp_path: Path) -> None:
    template = load(tmp_path, ROW)
    assert template.placed and template.number == 0
    assert template.pages[0].anchors[0].kind is AnchorKind.SQUARE


@pytest.mark.parametrize(
    ("places", "fault", "key"),
    [
        ("places = [[1, 2, 3, 4]]\n", MisfitAnswer, "A.Q.places"),
        ("first = [1, 2, 3]\nstep_mm = [5, 0]\n", WrongValue, "A.Q.first"),
        ("first = [1, 2, 0, 4]\nstep_mm = [5, 0]\n", WrongValue, "A.Q.first"),
        ("first = [1, 2, 3, 4]\n", MissingKey, "A.Q.step_mm"),
        (ROW + "repeat = 0\nrepeat_step_mm = [0, 6]\n", WrongValue, "A.Q.repeat"),
        (ROW + "repeat = 501\nrepeat_step_mm = [0, 0.1]\n", WrongValue, "A.Q.repeat"),
        (ROW + "repeat = 2\n", MissingKey, "A.Q.repeat_step_mm"),
        ("first = [nan, 2, 3, 4]\nstep_mm = [5, 0]\n", WrongValue, "A.Q.first"),
        ("first = [1, 2, inf, 4]\nstep_mm = [5, 0]\n", WrongValue, "A.Q.first"),
        ("first = [1, 2, 3, 4]\nstep_mm = [2001, 0]\n", WrongValue, "A.Q.step_mm"),
        (ROW + "columns = 2\nwidth_mm = 20\n", MisfitAnswer, "A.Q.width_mm"),
    ],
)
def test_a_wrong_place_is_named_by_its_key(
    tmp_path: Path, places: str, fault: type[TemplateFault], key: str
) -> None:
    with pytest.raises(fault) as caught:
        load(tmp_path, places)
    assert caught.value.key == key


def test_a_question_on_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongValue) as caught:
        load(tmp_path, ROW, HEAD.replace("page = 1", "page = 2"))
    assert caught.value.key == "A.Q.page"


@pytest.mark.parametrize("without", ["square", "dot", "corner"])
def test_a_page_needs_a_blank_or_three_anchors_to_be_laid_straight_by(
    tmp_path: Path, without: str
) -> None:
    head, *anchors = HEAD.split("[[pages.anchors]]")
    left = "[[pages.anchors]]".join([head, *(a for a in anchors if without not in a)])
    left += "" if "[[sections]]" in left else "[[sections]]" + HEAD.partition("[[sections]]")[2]
    with pytest.raises(MissingKey) as caught:
        load(tmp_path, ROW, left)
    assert caught.value.key == "pages[1].blank" and "2 anchors" in str(caught.value)
