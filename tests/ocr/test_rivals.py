"""Placed forms of which two editions look alike, wholly or in part."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.model import Region, TemplatePage
from form_templates.specification import Anchor, AnchorKind
from intake.pages import PageImage
from ocr.placed.anchors import Found
from ocr.placed.fitting import fit_anchors
from ocr.placed.reading import EDITION_UNSURE, PlacedReader
from ocr.readings import PageReading, PageStatus

OLD, NEW = date(2020, 1, 1), date(2024, 1, 1)
PX_PER_MM = 200 / 25.4
CORNERS = ((10, 10), (190, 10), (190, 275), (10, 275))
ROWS, LEFT, DOWN = 8, 100, 12

_LABELS = """
title = "t"
act = "a"
section.s = "s"
field.Q = "q"
option.Q = { 1 = "y", 2 = "n" }
"""


def put_form(root: Path, edition: date, codes: str, top: int, asked: str | None) -> None:
    """A form of others; with its blank where `asked` names what is printed on it."""
    folder = root / "visit" / edition.isoformat()
    folder.mkdir(parents=True)
    anchors = [f'{{ kind = "square", region = [{x}, {y}, 8, 8] }}' for x, y in CORNERS]
    blank = "" if asked is None else 'blank = "blank.png"'
    template = f"""
correction_rule = "none"
faults_go_to = "agent"
law = "x"

[[pages]]
width_mm = 210
height_mm = 297
anchors = [{", ".join(anchors)}]
{blank}

[[sections]]
id = "s"
assumed = true

[[sections.questions]]
id = "Q"
kind = "check"
codes = {codes}
required = false
page = 1
first = [{LEFT}, {top}, 6, 6]
step_mm = [20, 0]
repeat = {ROWS}
repeat_step_mm = [0, {DOWN}]
repeat_from = 1
"""
    (folder / "template.toml").write_text(template, encoding="utf-8")
    for language in ("ka", "en"):
        (folder / f"labels.{language}.toml").write_text(_LABELS, encoding="utf-8")
    if asked is not None:
        cv2.imwrite(str(folder / "blank.png"), print_page(top, asked))


def print_page(top: int, asked: str, crossed: int | None = None) -> NDArray[np.uint8]:
    """The form as it is printed, with one box of each row crossed where one is named."""
    paper = np.full((round(297 * PX_PER_MM), round(210 * PX_PER_MM)), 250, np.uint8)
    for x, y in CORNERS:
        cv2.rectangle(paper, at(x, y), at(x + 8, y + 8), 20, -1)
    for row in range(ROWS):
        y = top + DOWN * row
        words = f"{asked} {row + 1}?"
        cv2.putText(paper, words, at(20, y + 5), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 40, 2)
        for box in range(2):
            x = LEFT + 20 * box
            cv2.rectangle(paper, at(x, y), at(x + 6, y + 6), 60, 2)
            if box == crossed:
                cv2.line(paper, at(x + 1, y + 1), at(x + 5, y + 5), 40, 4, cv2.LINE_AA)
                cv2.line(paper, at(x + 5, y + 1), at(x + 1, y + 5), 40, 4, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(paper, (0, 0), 0.8), np.uint8)


def at(x_mm: float, y_mm: float) -> tuple[int, int]:
    return round(x_mm * PX_PER_MM), round(y_mm * PX_PER_MM)


def read(root: Path, picture: NDArray[np.uint8]) -> PageReading:
    forms = [catalog.load("visit", edition, root) for edition in (OLD, NEW)]
    image = PageImage("a.pdf", 0, np.repeat(picture[..., None], 3, axis=2), 200.0)
    reading = PlacedReader(forms).read(image)
    assert reading is not None
    return reading


@pytest.mark.parametrize("asked", [None, "Question number"])
def test_a_page_that_two_editions_print_alike_is_read_by_neither(
    tmp_path: Path, asked: str | None
) -> None:
    put_form(tmp_path, OLD, '["1", "2"]', 40, asked)
    put_form(tmp_path, NEW, '["2", "1"]', 40, asked)
    reading = read(tmp_path, print_page(40, "Question number", crossed=0))
    assert (reading.status, reading.reason) == (PageStatus.UNIDENTIFIED, EDITION_UNSURE)
    assert reading.fields == () and reading.key is None
    assert all(f"visit/{day}/1" in reading.detail for day in (OLD, NEW))


def test_one_edition_with_a_blank_and_one_without_are_not_told_apart_by_it(tmp_path: Path) -> None:
    put_form(tmp_path, OLD, '["1", "2"]', 40, "Question number")
    put_form(tmp_path, NEW, '["2", "1"]', 40, None)
    assert read(tmp_path, print_page(40, "Question number", 0)).reason == EDITION_UNSURE


@pytest.mark.parametrize(("asked", "edition"), [("Is there any", OLD), ("Have they got", NEW)])
def test_what_two_editions_print_otherwise_tells_them_apart(
    tmp_path: Path, asked: str, edition: date
) -> None:
    put_form(tmp_path, OLD, '["1", "2"]', 40, "Is there any")
    put_form(tmp_path, NEW, '["2", "1"]', 40, "Have they got")
    reading = read(tmp_path, print_page(40, asked, crossed=1))
    assert reading.key is not None and reading.key.edition == edition
    assert {field.value for field in reading.fields} == {"2" if edition == OLD else "1"}


@pytest.mark.parametrize(("top", "edition"), [(40, OLD), (48, NEW)])
def test_editions_without_blanks_are_told_apart_by_where_their_boxes_are(
    tmp_path: Path, top: int, edition: date
) -> None:
    put_form(tmp_path, OLD, '["1", "2"]', 40, None)
    put_form(tmp_path, NEW, '["2", "1"]', 48, None)
    reading = read(tmp_path, print_page(top, "Question number", crossed=1))
    assert reading.key is not None and reading.key.edition == edition


A_PAGE = TemplatePage(page=1, sheet=1, width_mm=210, height_mm=297, fields=())
SCALE, ASIDE = 5.0, 20.0


def fit_corners(corners: Sequence[tuple[int, int]]) -> list[NDArray[np.float64]]:
    """The ways that a page may lie whose squares are found in their places."""
    anchors = [Anchor(AnchorKind.SQUARE, Region(x, y, 8, 8)) for x, y in corners]
    middles = [(SCALE * (x + 4) + ASIDE, SCALE * (y + 4) + ASIDE) for x, y in corners]
    found = [Found(AnchorKind.SQUARE, middle, SCALE * 8) for middle in middles]
    return [fit.to_scan for fit in fit_anchors(anchors, A_PAGE, found, 1600)]


def test_two_anchors_tell_turn_scale_and_place() -> None:
    straight = np.array([[SCALE, 0, ASIDE], [0, SCALE, ASIDE], [0, 0, 1]])
    ways = fit_corners(CORNERS[::2])
    assert min(np.abs(way - straight).max() for way in ways) < 1e-6


def test_one_anchor_tells_nothing() -> None:
    assert fit_corners(CORNERS[:1]) == []
