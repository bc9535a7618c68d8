from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.cells import (
    DIGIT_CLASSES,
    INPUT_HEIGHT_PX,
    INPUT_WIDTH_PX,
    LETTER_CLASSES,
    classify_digits,
    classify_letters,
    load_network,
    prepare_crops,
)
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import UNSURE, make_strip
from ocr.models.training.mnist import read_mnist
from ocr.models.training.threshold import choose_threshold
from ocr.models.training.writers import SimulatedWriter, StrokeWriter
from ocr.simulation.styles import Style

BLANK = DIGIT_CLASSES.index("blank")


def draw_cells(writer, level: int, strips: int, seed: int = 3):
    rng = np.random.default_rng(seed)
    drawn = [make_strip(writer, WEAR[level], rng) for _ in range(strips)]
    crops = np.concatenate([strip.crops for strip in drawn])
    labels = np.concatenate([strip.labels for strip in drawn])
    return crops[labels != UNSURE], labels[labels != UNSURE]


def test_prepared_paper_is_zero_and_ink_is_dark_however_grey_the_scan():
    crop = np.full((72, 58), 180, np.uint8)
    crop[30:40, 20:30] = 36
    prepared = prepare_crops(crop[None])
    assert prepared.shape == (1, INPUT_HEIGHT_PX, INPUT_WIDTH_PX)
    assert prepared[0, 0, 0] == 0
    assert prepared.max() == 204
    darker = prepare_crops((crop // 2)[None])
    assert np.abs(prepared.astype(int) - darker).max() <= 2


def test_crops_of_any_size_are_taken():
    for shape in ((72, 58), (100, 80), (40, 32)):
        assert classify_digits(np.full((2, *shape), 230, np.uint8)).shape == (2, 13)


def test_no_crops_give_no_answers():
    assert classify_digits(np.zeros((0, 72, 58), np.uint8)).shape == (0, len(DIGIT_CLASSES))
    assert classify_letters(np.zeros((0, 72, 58), np.uint8)).shape == (0, len(LETTER_CLASSES))


@pytest.mark.parametrize(
    ("name", "classes"), [("digits", DIGIT_CLASSES), ("letters", LETTER_CLASSES)]
)
def test_a_shipped_network_names_the_classes_that_the_reader_expects(name, classes):
    network = load_network(name)
    assert network.classes == classes
    assert 0.5 < network.accept_above < 1


def test_answers_are_probabilities_and_do_not_depend_on_the_batch():
    crops, _ = draw_cells(StrokeWriter(), 1, 40)
    together = classify_digits(crops)
    assert len(crops) > 128
    assert together.sum(axis=1) == pytest.approx(1, abs=1e-4)
    alone = np.concatenate([classify_digits(crop[None]) for crop in crops[::40]])
    assert alone == pytest.approx(together[::40], abs=1e-4)


@pytest.mark.parametrize(("level", "least"), [(0, 0.95), (1, 0.94), (2, 0.9)])
def test_cells_of_hands_that_were_not_trained_on_are_named_right(level: int, least: float):
    crops, labels = draw_cells(SimulatedWriter(Style.MEASURING), level, 50)
    named = classify_digits(crops).argmax(axis=1)
    assert (named == labels).mean() > least


def test_a_written_cell_is_not_called_blank_and_a_blank_one_not_written():
    crops, labels = draw_cells(SimulatedWriter(Style.MEASURING), 1, 80)
    named = classify_digits(crops).argmax(axis=1)
    assert ((named == BLANK) == (labels == BLANK)).all()


def test_a_speck_of_dirt_leaves_a_cell_blank():
    crop = np.full((1, 72, 58), 240, np.uint8)
    cv2.rectangle(crop[0], (8, 8), (49, 63), 110, 2)
    cv2.circle(crop[0], (30, 36), 1, 60, -1)
    assert classify_digits(crop).argmax() == BLANK


def test_the_same_seed_draws_the_same_cells():
    first, _ = draw_cells(StrokeWriter(), 2, 3)
    second, _ = draw_cells(StrokeWriter(), 2, 3)
    assert np.array_equal(first, second)
    third, _ = draw_cells(StrokeWriter(), 2, 3, seed=4)
    assert first.shape != third.shape or not np.array_equal(first, third)


def test_the_threshold_is_the_lowest_that_keeps_errors_rare():
    confidences = np.linspace(1, 0.9, 4000)
    wrong = np.zeros(4000, bool)
    wrong[[1500, 2500, 3500, 3501]] = True
    assert choose_threshold(confidences, wrong, np.ones(4000), 1e-3) == confidences[3499]
    assert choose_threshold(confidences, wrong, np.where(wrong, 0.01, 1), 1e-3) == confidences[-1]


def test_strings_of_equal_confidence_are_accepted_together_or_not_at_all():
    confidences = np.concatenate([np.linspace(1, 0.95, 3000), np.full(1000, 0.9)])
    wrong = np.zeros(4000, bool)
    wrong[3500:3510] = True
    assert choose_threshold(confidences, wrong, np.ones(4000), 1e-3) == 0.95
    assert choose_threshold(confidences, wrong, np.where(wrong, 0.1, 1), 1e-3) == 0.9


def test_too_few_strings_to_know_accept_nothing():
    assert choose_threshold(np.full(900, 0.99), np.zeros(900, bool), np.ones(900), 1e-3) == 1


def write_idx(folder: Path, magic: int) -> np.ndarray:
    pictures = np.arange(2 * 28 * 28, dtype=np.uint8).reshape(2, 28, 28)
    head = magic.to_bytes(4, "big") + bytes(12)
    (folder / "train-images-idx3-ubyte").write_bytes(head + pictures.tobytes())
    labels = (2049).to_bytes(4, "big") + bytes(4) + bytes([7, 3])
    (folder / "train-labels-idx1-ubyte").write_bytes(labels)
    return pictures


def test_idx_files_are_read_as_they_were_written(tmp_path: Path):
    pictures = write_idx(tmp_path, 2051)
    digits = read_mnist(tmp_path, "train")
    assert np.array_equal(digits.pictures, pictures)
    assert digits.labels.tolist() == [7, 3]
    assert digits.pick(slice(1, None)).labels.tolist() == [3]


def test_a_file_that_is_no_idx_file_is_refused(tmp_path: Path):
    write_idx(tmp_path, 2050)
    with pytest.raises(ValueError, match="train-images"):
        read_mnist(tmp_path, "train")
