"""How right and how fast the network for digits is, on digits it never learned from."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.result import Cell, Result
from form_templates.model import Format
from ocr.cells import DIGIT_CLASSES, classify_digits, load_network
from ocr.digits import decode_digits
from ocr.models.training.ageing import WEAR
from ocr.models.training.clean import paste_digits
from ocr.models.training.crops import UNSURE, make_strip
from ocr.models.training.fields import make_field
from ocr.models.training.mnist import Digits, fetch_mnist, read_mnist
from ocr.models.training.writers import SimulatedWriter
from ocr.simulation.styles import Style

QUESTION = "How many handwritten digits are read right, how many wrong without a doubt, how fast?"

QUICK = False
"""It fetches MNIST."""

_STRING = 11
_SCIKIT_PX = 32
_STRIPS = 150
_BLANK = DIGIT_CLASSES.index("blank")


@dataclass(frozen=True, slots=True)
class _Sample:
    probabilities: NDArray[np.float32]
    labels: NDArray[np.int64]

    @property
    def right(self) -> NDArray[np.bool_]:
        named: NDArray[np.bool_] = self.probabilities.argmax(axis=1) == self.labels
        return named


def _read_scikit_digits() -> Digits | None:
    """The digits that come with scikit-learn, where that is installed.

    They are 8 x 8 counts of ink in what was 32 x 32 black and white: made so again.
    """
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        return None
    loaded = load_digits()
    size = (_SCIKIT_PX, _SCIKIT_PX)
    shares = [cv2.resize(one / 16, size, interpolation=cv2.INTER_CUBIC) for one in loaded.images]
    ink = np.clip((np.array(shares) - 0.5) / 0.3 + 0.5, 0, 1)
    return Digits(np.rint(255 * ink).astype(np.uint8), loaded.target.astype(np.uint8))


def _classify(digits: Digits, box_px: float) -> _Sample:
    crops = paste_digits(digits.pictures, box_px)
    return _Sample(classify_digits(crops), digits.labels.astype(np.int64))


def _count_single(name: str, sample: _Sample) -> tuple[Cell, ...]:
    """One row: single digits against all classes, accepted where one in 1,000 is wrong."""
    confidence = sample.probabilities.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~sample.right[order])
    within = np.flatnonzero(wrong <= 1e-3 * np.arange(1, len(order) + 1))
    accepted = int(within[-1]) + 1 if len(within) else 0
    silent = int(wrong[accepted - 1]) if accepted else 0
    share = 100 * accepted / len(order)
    return (name, len(order), 100 * float(sample.right.mean()), share, silent)


def _count_strings(sample: _Sample) -> tuple[Cell, ...]:
    """One row: disjoint strings of 11 digits as the product reads and accepts them."""
    field, threshold = make_field(Format.PERSONAL_NUMBER), load_network("digits").accept_above
    right = accepted = silent = 0
    count = len(sample.labels) // _STRING
    for start in range(0, count * _STRING, _STRING):
        rows = slice(start, start + _STRING)
        seen = decode_digits(sample.probabilities[rows], field, threshold)
        good = seen.characters == "".join(map(str, sample.labels[rows]))
        right += good
        accepted += not seen.review
        silent += not seen.review and not good
    shares = (100 * right / count, 100 * accepted / count)
    return (f"strings of {_STRING} MNIST test digits", count, *shares, silent)


def _draw_simulated(level: int) -> _Sample:
    """Cells filled by hands of the measuring style, scanned at a level of wear."""
    rng = np.random.default_rng(level)
    writer = SimulatedWriter(Style.MEASURING)
    strips = [make_strip(writer, WEAR[level], rng) for _ in range(_STRIPS)]
    labels = np.concatenate([strip.labels for strip in strips])
    crops = np.concatenate([strip.crops for strip in strips])
    return _Sample(classify_digits(crops[labels != UNSURE]), labels[labels != UNSURE])


def _describe_states(level: int, sample: _Sample) -> str:
    named = sample.probabilities.argmax(axis=1)
    parts = []
    for index in range(_BLANK, len(DIGIT_CLASSES)):
        seen = named[sample.labels == index]
        counts = [int((seen < _BLANK).sum()), *(int((seen == i).sum()) for i in range(_BLANK, 13))]
        parts.append(f"{DIGIT_CLASSES[index]} {'/'.join(map(str, counts))}")
    return f"level {level}, read as digit/blank/struck/overwritten: {', '.join(parts)}"


def _measure_speed(crops: NDArray[np.uint8]) -> float:
    classify_digits(crops[:256])
    start = time.process_time()
    classify_digits(crops)
    return len(crops) / (time.process_time() - start)


def run(arguments: Sequence[str]) -> Result:
    """Measures on MNIST's test part, scikit-learn's digits and simulated cells."""
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--mnist", type=Path, default=Path("var/mnist"))
    folder = fetch_mnist(parser.parse_args(arguments).mnist)
    test = read_mnist(folder, "t10k")
    sample = _classify(test, 20.0)
    only = _Sample(sample.probabilities[:, :_BLANK], sample.labels)
    rows = [
        _count_single("MNIST test, against 13 classes", sample),
        _count_single("MNIST test, against ten digits", only),
        _count_strings(sample),
    ]
    other = _read_scikit_digits()
    if other is not None:
        rows.append(_count_single("scikit-learn's digits", _classify(other, float(_SCIKIT_PX))))
    simulated = [_draw_simulated(level) for level in range(len(WEAR))]
    for level, cells in enumerate(simulated):
        rows.append(_count_single(f"simulated cells, level {level}", cells))
    speed = _measure_speed(paste_digits(test.pictures[:4000]))
    return Result(
        title="Digits in cells",
        columns=("what", "n", "right %", "accepted %", "of these wrong"),
        rows=tuple(rows),
        notes=(
            f"{speed:.0f} crops a second of one core's time.",
            "Single cells: accepted from the confidence on where 1 in 1,000 is wrong.",
            "Strings: accepted as the product does, at its own threshold.",
            *(_describe_states(level, cells) for level, cells in enumerate(simulated)),
        ),
        extra={"crops_per_second": speed, "accept_above": load_network("digits").accept_above},
    )
