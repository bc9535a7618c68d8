"""Train the network for digits from nothing: python -m ocr.models.training.cells."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Format
from ocr.cells import DIGIT_CLASSES
from ocr.digits import decode_digits
from ocr.models.training.contested import ContestedWriter
from ocr.models.training.course import Course, follow_course, read_arguments
from ocr.models.training.dataset import Source
from ocr.models.training.fields import make_field
from ocr.models.training.fonts import find_fonts
from ocr.models.training.mnist import Digits, fetch_mnist, read_mnist
from ocr.models.training.shapes import build_plain, build_residual
from ocr.models.training.writers import FontWriter, MnistWriter, SimulatedWriter, StrokeWriter
from ocr.written import WrittenState

_HELD_OUT = 5000
"""Last digits of MNIST's training part: to calibrate with, never trained on."""
_MISLABELLED = (1596, 3445, 4915)
"""Of these, pictures that anybody reads otherwise than they are labelled: 4915 is a plain 7
called 4. Drawn again and again, one such picture would set the threshold alone."""

_RESIDUAL_SHARE = 0.4
"""Of each of two alike, beside one of another shape: held-out strings were read best so."""
_LONGEST = 11
"""Digits of a personal number."""
_PLAIN = make_field(Format.PLAIN)


def split_digits(mnist: Path) -> tuple[Digits, Digits]:
    """MNIST's training part: what to learn from, and what to calibrate with."""
    digits = read_mnist(mnist, "train")
    kept = digits.pick(slice(-_HELD_OUT, None))
    pictures = np.delete(kept.pictures, _MISLABELLED, axis=0)
    labels = np.delete(kept.labels, _MISLABELLED)
    return digits.pick(slice(0, -_HELD_OUT)), Digits(pictures, labels)


def _make_sources(digits: Digits, strips: int) -> list[Source]:
    return [
        Source(MnistWriter(digits), strips * 60 // 100),
        Source(StrokeWriter(), strips * 17 // 100),
        Source(SimulatedWriter(), strips * 14 // 100),
        Source(FontWriter(find_fonts("0123456789")), strips * 9 // 100),
        Source(ContestedWriter(), strips * 10 // 100),
    ]


def _decode(probabilities: NDArray[np.float32]) -> tuple[WrittenState, str, float]:
    row = decode_digits(probabilities, _PLAIN, 0.0)
    return row.state, row.characters, row.confidence


def main() -> None:
    """Read the command line and train."""
    arguments = read_arguments(str(__doc__), "digits", strips=90_000, epochs=5)
    learn, check = split_digits(fetch_mnist(arguments.mnist))
    course = Course(
        name="digits",
        classes=DIGIT_CLASSES,
        learn=_make_sources(learn, arguments.strips),
        check=_make_sources(check, max(100, arguments.strips // 20)),
        decode=_decode,
        silent_errors=1e-3,
        shapes=(
            (build_residual, _RESIDUAL_SHARE),
            (build_residual, _RESIDUAL_SHARE),
            (build_plain, 1 - 2 * _RESIDUAL_SHARE),
        ),
        longest=_LONGEST,
    )
    follow_course(course, arguments)


if __name__ == "__main__":
    main()
