import numpy as np

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX
from ocr.models.training.crops import UNSURE
from ocr.models.training.dataset import Source
from ocr.models.training.held_out import draw_long_rows, draw_strips
from ocr.models.training.writers import SimulatedWriter, StrokeWriter

SOURCES = (Source(StrokeWriter(), 3), Source(SimulatedWriter(), 1))


def test_long_rows_hold_a_character_in_every_cell() -> None:
    rows = draw_long_rows(SOURCES, 11, seed=1, count=8)
    assert len(rows) == 8
    for cells, labels in rows:
        assert cells.shape == (11, INPUT_HEIGHT_PX, INPUT_WIDTH_PX)
        assert labels.shape == (11,) and labels.max() < 10
        assert (cells.max(axis=(1, 2)) > 60).all()


def test_strips_that_nobody_could_decide_are_not_asked() -> None:
    rows = draw_strips(SOURCES, seed=2, count=40)
    assert 0 < len(rows) < 40
    assert all((labels != UNSURE).all() and len(cells) == len(labels) for cells, labels in rows)
    assert len({len(labels) for _, labels in rows}) > 1


def test_the_same_seed_draws_the_same_strings() -> None:
    first, again = (draw_long_rows(SOURCES, 4, seed=3, count=4) for _ in range(2))
    for (cells, labels), (same_cells, same_labels) in zip(first, again, strict=True):
        assert np.array_equal(cells, same_cells) and np.array_equal(labels, same_labels)
