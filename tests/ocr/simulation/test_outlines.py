"""Boxes that are checked, rings that are filled, and texts behind codes."""

import cv2
import numpy as np
import pytest

from form_templates.model import FieldSpec, Kind
from ocr.readings import FieldState, MarkState
from ocr.simulation.answers import drop_unasked
from ocr.simulation.document import Paper, prepare_paper
from ocr.simulation.fill import fill_pages
from ocr.simulation.intents import Intent
from ocr.simulation.scenarios import fitting_scenarios
from tests.form_templates.drafts import ask, draft_questions, write_behind

CHOICE = ask("A1", Kind.CHECK, codes=("1", "2", "6"))
TEMPLATE = draft_questions(
    CHOICE, write_behind(CHOICE, "6"), ask("A2", Kind.BUBBLE, codes=("1", "2", "3"))
)


@pytest.fixture(scope="module")
def paper() -> Paper:
    return prepare_paper(TEMPLATE)


def fields_of(paper: Paper) -> dict[str, FieldSpec]:
    return {field.id: field for page in paper.pages for field in page.fields}


def measure_ink(paper: Paper, seed: int, **intents: str) -> dict[tuple[str, str], float]:
    """Field and code -> share of the outline's inside that the pen darkened."""
    meant = {name: Intent(value) for name, value in intents.items()}
    (picture,) = fill_pages(paper.blanks, paper.pages, meant, seed).pictures
    changed = cv2.absdiff(picture, paper.blanks[0]) > 12
    shares = {}
    for field in fields_of(paper).values():
        for option in field.options:
            r = option.region.grown(-0.6)
            top, left = round(r.y_mm * paper.px_per_mm), round(r.x_mm * paper.px_per_mm)
            side = round(r.width_mm * paper.px_per_mm)
            shares[field.id, option.code] = changed[top : top + side, left : left + side].mean()
    return shares


@pytest.mark.parametrize("seed", range(8))
def test_the_pen_marks_the_box_that_is_meant_and_leaves_the_others(paper, seed):
    shares = measure_ink(paper, seed, A1="2")
    assert shares.pop(("A1", "2")) > 0.05
    assert max(shares.values()) < 0.05


@pytest.mark.parametrize("seed", range(8))
def test_a_ring_is_filled_and_not_only_ticked(paper, seed):
    shares = measure_ink(paper, seed, A2="3")
    assert shares.pop(("A2", "3")) > 0.5
    assert max(shares.values()) == 0.0


def test_people_check_boxes_in_more_ways_than_one(paper):
    shares = [measure_ink(paper, seed, A1="1")["A1", "1"] for seed in range(12)]
    assert np.std(shares) > 0.02


def test_the_truth_says_how_a_code_was_marked(paper):
    meant = {"A1": Intent("2"), "A2": Intent("3")}
    truth = fill_pages(paper.blanks, paper.pages, meant, 1).truth
    assert truth["A1"].marks["2"] is MarkState.CHECKED
    assert truth["A2"].marks["3"] is MarkState.BUBBLED
    assert truth["A1"].value == "2" and truth["A2"].value == "3"
    assert {truth[n].state for n in ("A1", "A2")} == {FieldState.READ}


def test_a_cross_is_no_correction_of_a_box(paper):
    for name in ("A1", "A2"):
        names = {scenario.name for scenario in fitting_scenarios(fields_of(paper)[name])}
        assert {"plain", "two_circled", "left_empty", "scribbled"} <= names
        assert not {"corrected", "crossed_alone", "ticked", "slashed", "recircled"} & names


def test_the_text_behind_a_code_is_written_only_where_the_code_is_marked():
    text = {"A1_other": Intent("text")}
    assert drop_unasked(TEMPLATE, {"A1": Intent("6"), **text}).keys() == {"A1", "A1_other"}
    assert drop_unasked(TEMPLATE, {"A1": Intent(("1", "6")), **text}).keys() == {"A1", "A1_other"}
    assert drop_unasked(TEMPLATE, {"A1": Intent("2"), **text}).keys() == {"A1"}
    assert drop_unasked(TEMPLATE, text) == {}
