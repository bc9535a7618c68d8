import numpy as np
import pytest

from ocr.models.training.calibration import Calibration, ScoredStrings, calibrate_strings

LENGTH, CLASSES = 6, 13


def draw_strings(sharpness: float, mislabelled: float = 0.0, count: int = 2500) -> ScoredStrings:
    """Strings whose labels follow honest scores, which are then sharpened."""
    rng = np.random.default_rng(3)
    scores = rng.normal(0, 1, (count * LENGTH, CLASSES))
    first = rng.integers(CLASSES, size=len(scores))
    scores[np.arange(len(scores)), first] += rng.uniform(3, 16, len(scores))
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    labels = (shares.cumsum(axis=1) > rng.random((len(shares), 1))).argmax(axis=1)
    other = rng.random(len(labels)) < mislabelled
    labels = np.where(other, rng.integers(CLASSES, size=len(labels)), labels)
    return ScoredStrings(
        scores=(scores * sharpness).astype(np.float32),
        labels=labels,
        starts=np.arange(0, len(labels), LENGTH),
        weights=np.ones(count),
    )


@pytest.mark.parametrize("sharpness", [0.7, 1.0, 2.0])
def test_a_network_that_is_too_sure_is_softened_until_its_strings_are_honest(sharpness: float):
    found = calibrate_strings(draw_strings(sharpness), np.ones(CLASSES, np.float32))
    assert found.temperature == pytest.approx(sharpness, rel=0.15)
    assert found.floor < 1e-3


def test_mislabelled_pictures_set_a_limit_to_all_certainty():
    strings = draw_strings(1.0, mislabelled=4e-3)
    found = calibrate_strings(strings, np.ones(CLASSES, np.float32))
    assert found.floor > 1e-3
    surest = found.apply(strings.scores).max()
    assert surest < 1 - found.floor / 2


def test_probabilities_stay_probabilities_whatever_the_calibration():
    scores = np.random.default_rng(4).normal(0, 9, (50, CLASSES)).astype(np.float32)
    for calibration in (
        Calibration(1.3, np.ones(CLASSES, np.float32)),
        Calibration(0.6, np.linspace(0.1, 1, CLASSES, dtype=np.float32), 1e-2),
    ):
        shares = calibration.apply(scores)
        assert shares.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert shares.min() >= calibration.floor / CLASSES * 0.99
