"""How right and how fast the network for digits is, on digits it never learned from."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.digit_strings import (
    LENGTH,
    Strings,
    Trust,
    judge_strings,
    scan_strings,
    spell,
    tabulate_reliability,
)
from benchmarks.result import Cell, Result
from form_templates.model import Format
from ocr.cells import DIGIT_CLASSES, classify_digits, load_network
from ocr.models.training.ageing import WEAR
from ocr.models.training.clean import paste_digits
from ocr.models.training.crops import UNSURE, make_strip, write_row
from ocr.models.training.fields import make_field
from ocr.models.training.mnist import Digits, fetch_mnist, read_mnist
from ocr.models.training.writers import SimulatedWriter
from ocr.simulation.styles import Style

QUESTION = "How many handwritten digits are read right, how many wrong without a doubt, how fast?"

QUICK = False
"""It fetches MNIST."""

_SCIKIT_PX = 32
_STRIPS = 150
_ROWS, _SEED = 60, 5
_STRANGERS = 100_000
"""Numbers in the register that nobody here wrote."""
_BLANK = DIGIT_CLASSES.index("blank")
_COLUMNS = (
    *("what", "n", "right %", "accepted % with 1 in 1,000 wrong", "wrong"),
    *("accepted % as shipped", "wrong then"),
)


@dataclass(frozen=True, slots=True)
class _Sample:
    probabilities: NDArray[np.float32]
    labels: NDArray[np.int64]

    @property
    def trust(self) -> Trust:
        confidence = self.probabilities.max(axis=1).astype(np.float64)
        right = self.probabilities.argmax(axis=1) == self.labels
        return Trust(confidence, right, confidence >= load_network("digits").accept_above)


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


def _join_strings(sample: _Sample, order: NDArray[np.int64]) -> Strings:
    """Strings of single digits in clean cells."""
    rows = order.reshape(-1, LENGTH)
    return Strings(sample.probabilities[rows], tuple(spell(sample.labels[row]) for row in rows))


def _read_strings(
    test: Digits, sample: _Sample, resampled: int
) -> tuple[list[tuple[Cell, ...]], Result]:
    """Rows for strings, clean and as level 1 scans them, and the table of their confidences."""
    field = make_field(Format.PERSONAL_NUMBER)
    disjoint = np.arange(len(test.labels) // LENGTH * LENGTH)
    rng = np.random.default_rng(_SEED)
    drawn = rng.integers(len(test.labels), size=resampled * LENGTH)
    strings = scan_strings(test, drawn, 1, _SEED)
    register = {*strings.texts, *map(spell, rng.integers(0, 10, (_STRANGERS, LENGTH)))}
    trust = judge_strings(strings, field)
    read = {
        "clean, disjoint": judge_strings(_join_strings(sample, disjoint), field),
        "clean, resampled": judge_strings(_join_strings(sample, drawn), field),
        "level 1, disjoint": judge_strings(scan_strings(test, disjoint, 1, _SEED), field),
        "level 1, resampled": trust,
        "the same, all in a register": judge_strings(strings, field, register),
    }
    rows = [one.describe(f"strings of {LENGTH}, {name}") for name, one in read.items()]
    bins, error = tabulate_reliability(trust)
    title = f"Confidence of strings, level 1, resampled (expected calibration error {error:.4f})"
    return rows, Result(title, ("confidence", "n", "promised %", "right %"), bins)


def _draw_simulated(level: int) -> _Sample:
    """Cells filled by hands of the measuring style, scanned at a level of wear."""
    rng = np.random.default_rng(level)
    writer = SimulatedWriter(Style.MEASURING)
    strips = [make_strip(writer, WEAR[level], rng) for _ in range(_STRIPS)]
    labels = np.concatenate([strip.labels for strip in strips])
    crops = np.concatenate([strip.crops for strip in strips])
    return _Sample(classify_digits(crops[labels != UNSURE]), labels[labels != UNSURE])


def _draw_shape(digit: str, shape: str) -> _Sample:
    """A digit again and again in one shape, by many hands, as level 1 scans it."""
    rng, writer = np.random.default_rng(_SEED), SimulatedWriter(Style.MEASURING, shape=shape)
    rows = [write_row(writer, digit * LENGTH, LENGTH, WEAR[1], rng) for _ in range(_ROWS)]
    return _Sample(classify_digits(np.concatenate(rows)), np.full(_ROWS * LENGTH, int(digit)))


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
    parser.add_argument("--strings", type=int, default=20_000, help="resampled ones")
    chosen = parser.parse_args(arguments)
    test = read_mnist(fetch_mnist(chosen.mnist), "t10k")
    sample = _classify(test, 20.0)
    only = _Sample(sample.probabilities[:, :_BLANK], sample.labels)
    strings, reliability = _read_strings(test, sample, chosen.strings)
    simulated = [_draw_simulated(level) for level in range(len(WEAR))]
    speed = _measure_speed(paste_digits(test.pictures[:4000]))
    return Result(
        title="Digits in cells",
        columns=_COLUMNS,
        rows=(
            sample.trust.describe("MNIST test, against 13 classes"),
            only.trust.describe("MNIST test, against ten digits"),
            *_count_other_source(),
            *strings,
            *(
                cells.trust.describe(f"simulated cells, level {level}")
                for level, cells in enumerate(simulated)
            ),
            _draw_shape("1", "long_flag").trust.describe("simulated 1 with a long flag, level 1"),
            _draw_shape("7", "plain").trust.describe("simulated 7 without a bar, level 1"),
        ),
        notes=(
            f"{speed:.0f} crops a second of one core's time.",
            "Strings: MNIST test digits, decoded as the product does; the others: cell by cell.",
            "Resampled strings use each test digit again and again, drawn and scanned anew.",
            *(_describe_states(level, cells) for level, cells in enumerate(simulated)),
        ),
        extra={"crops_per_second": speed, "accept_above": load_network("digits").accept_above},
        more=(reliability,),
    )


def _count_other_source() -> list[tuple[Cell, ...]]:
    other = _read_scikit_digits()
    if other is None:
        return []
    return [_classify(other, float(_SCIKIT_PX)).trust.describe("scikit-learn's digits")]
