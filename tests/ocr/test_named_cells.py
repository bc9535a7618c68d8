import logging
from pathlib import Path

import numpy as np
import pytest

from form_templates import catalog
from form_templates.model import FieldSpec
from ocr.cells import DIGIT_CLASSES
from ocr.inked_page import InkedPage
from ocr.models.training.dataset import Cells
from ocr.models.training.operators import add_named_cells
from ocr.named_cells import (
    PARTS,
    NamedCells,
    cut_named_cells,
    join_cells,
    lay_on_blank,
    read_named_cells,
    write_named_cells,
)
from ocr.references import ReferenceShelf
from ocr.simulation.document import prepare_paper
from ocr.simulation.fill import fill_pages
from ocr.simulation.intents import Intent
from ocr.simulation.scanner import scan

NUMBER = "applicant_personal_number"
WRITTEN = "01024085083"


@pytest.fixture(scope="module")
def applied() -> tuple[InkedPage, FieldSpec]:
    template = catalog.load("application")
    paper = prepare_paper(template)
    filled = fill_pages(paper.blanks[:1], paper.pages[:1], {NUMBER: Intent(WRITTEN)}, 3)
    rng = np.random.default_rng(1)
    scanned = scan(filled.pictures[0], 1, rng, paper.dpi, paper.px_per_mm)
    inked = lay_on_blank(scanned.picture, ReferenceShelf().find(template, 1, 1))
    assert inked is not None
    return inked, next(f for f in paper.pages[0].fields if f.id == NUMBER)


def test_an_answer_is_cut_into_its_cells(applied: tuple[InkedPage, FieldSpec]) -> None:
    cut = cut_named_cells(*applied, WRITTEN)
    assert cut is not None
    crops, characters = cut
    assert characters == WRITTEN
    assert len(crops) == len(WRITTEN)
    assert all(crop.min() < 140 for crop in crops)


@pytest.mark.parametrize("said", ["0102408508", "010240850833", "0102408 5083", ""])
def test_where_ink_and_text_do_not_match_nothing_is_cut(
    applied: tuple[InkedPage, FieldSpec], said: str
) -> None:
    assert cut_named_cells(*applied, said) is None


def test_a_picture_of_no_page_has_no_cells() -> None:
    reference = ReferenceShelf().find(catalog.load("application"), 1, 1)
    assert lay_on_blank(np.full((1200, 800), 255, np.uint8), reference) is None


def draw_answer(text: str, part: int) -> tuple[np.ndarray, str, int]:
    """Cells of one shade a character."""
    shades = [np.full((62, 48), 20 * int(c), np.uint8) for c in text]
    return np.stack(shades), text, part


def test_cells_are_mixed_and_keep_their_characters_and_parts(tmp_path: Path) -> None:
    answers = [draw_answer("0123456789", part) for part in range(PARTS)]
    cells = join_cells(answers, np.random.default_rng(1))
    write_named_cells(cells, tmp_path / "digits.npz")
    kept = read_named_cells(tmp_path / "digits.npz")
    assert "".join(kept.characters[:10]) != "0123456789"
    for crop, character in zip(kept.crops, kept.characters, strict=True):
        assert crop[0, 0] == 20 * int(character)
    assert sorted(kept.parts) == [part for part in range(PARTS) for _ in range(10)]


def test_nothing_exported_is_nothing_to_learn(tmp_path: Path) -> None:
    write_named_cells(join_cells([], np.random.default_rng(1)), tmp_path / "digits.npz")
    drawn = some_cells(40)
    learn, check = add_named_cells(drawn, drawn, tmp_path, "digits", DIGIT_CLASSES)
    assert (len(learn), len(check)) == (40, 40)


def some_cells(count: int) -> Cells:
    return Cells(np.zeros((count, 40, 32), np.uint8), np.full(count, DIGIT_CLASSES.index("blank")))


def test_no_document_is_both_learned_from_and_checked_with(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [draw_answer(str(part) * 3, part) for part in range(PARTS)]
    write_named_cells(join_cells(answers, np.random.default_rng(1)), tmp_path / "digits.npz")
    caplog.set_level(logging.INFO)
    learn, check = add_named_cells(
        some_cells(900), some_cells(50), tmp_path, "digits", DIGIT_CLASSES
    )
    assert set(learn.labels[900:]) == set(range(8))
    assert set(check.labels[50:]) == {8, 9}
    assert len(learn) == 900 + 24 * 5
    assert "24 cells to learn from, shown 5 times, and 6 of other documents" in caplog.text


def test_a_character_without_a_class_is_left_out(tmp_path: Path) -> None:
    crops = np.zeros((2, 62, 48), np.uint8)
    cells = NamedCells(crops, np.array(["-", "4"]), np.array([0, 0]))
    write_named_cells(cells, tmp_path / "digits.npz")
    learn, _ = add_named_cells(some_cells(1), some_cells(1), tmp_path, "digits", DIGIT_CLASSES)
    assert set(learn.labels[1:]) == {4}


def test_without_a_folder_nothing_is_added() -> None:
    drawn = some_cells(3)
    assert add_named_cells(drawn, drawn, None, "digits", DIGIT_CLASSES) == (drawn, drawn)
