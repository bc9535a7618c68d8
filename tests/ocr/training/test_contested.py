import numpy as np
import pytest

from ocr.models.training.contested import (
    ContestedWriter,
    write_flagged_one,
    write_slanting_seven,
)
from ocr.models.training.ink import Place, choose_hand


def measure_fall_deg(line) -> float:
    """How steep the stroke before the stem falls away from the digit's top corner."""
    corner = line[line[:, 1].argmin()] if line[0, 1] > line[:, 1].min() else line[0]
    along = abs(line[0, 0] - corner[0])
    return float(np.rad2deg(np.arctan2(line[0, 1] - corner[1], along)))


def test_a_flag_falls_steeply_and_a_bar_hardly():
    rng = np.random.default_rng(1)
    flags = [measure_fall_deg(write_flagged_one(rng)[0]) for _ in range(200)]
    assert min(flags) > 30
    for _ in range(200):
        seven = write_slanting_seven(rng)[0]
        assert seven[-1, 1] == pytest.approx(1.02)
        assert seven[:, 1].min() > -0.2


def test_every_digit_is_written_where_it_belongs():
    rng, writer = np.random.default_rng(2), ContestedWriter()
    for label in range(len(writer.alphabet)):
        ink = np.zeros((108, 96), np.float32)
        writer.write(ink, label, Place(4.0, 4.5, 4.4), choose_hand(rng), rng)
        rows, columns = np.nonzero(ink)
        assert len(rows) > 40
        assert 30 < rows.mean() < 78 and 24 < columns.mean() < 72
