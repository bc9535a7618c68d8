"""Train the network for digits from nothing: python -m ocr.models.training.cells."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from form_templates.model import Format
from ocr.cells import DIGIT_CLASSES
from ocr.digits import decode_digits
from ocr.models.training.course import Course, follow_course, read_arguments
from ocr.models.training.dataset import Source
from ocr.models.training.fields import make_field
from ocr.models.training.fonts import find_fonts
from ocr.models.training.mnist import fetch_mnist, read_mnist
from ocr.models.training.writers import FontWriter, MnistWriter, SimulatedWriter, StrokeWriter
from ocr.written import WrittenState

_HELD_OUT = 5000
"""Last digits of MNIST's training part: to calibrate with, never trained on."""

_PLAIN = make_field(Format.PLAIN)


def _make_sources(mnist: Path, rows: slice, strips: int) -> list[Source]:
    digits = read_mnist(mnist, "train").pick(rows)
    return [
        Source(MnistWriter(digits), strips * 60 // 100),
        Source(StrokeWriter(), strips * 17 // 100),
        Source(SimulatedWriter(), strips * 14 // 100),
        Source(FontWriter(find_fonts("0123456789")), strips * 9 // 100),
    ]


def _decode(probabilities: NDArray[np.float32]) -> tuple[WrittenState, str, float]:
    row = decode_digits(probabilities, _PLAIN, 0.0)
    return row.state, row.characters, row.confidence


def main() -> None:
    """Read the command line and train."""
    arguments = read_arguments(str(__doc__), "digits", strips=90_000, epochs=6)
    mnist = fetch_mnist(arguments.mnist)
    course = Course(
        name="digits",
        classes=DIGIT_CLASSES,
        learn=_make_sources(mnist, slice(0, -_HELD_OUT), arguments.strips),
        check=_make_sources(mnist, slice(-_HELD_OUT, None), max(100, arguments.strips // 20)),
        decode=_decode,
    )
    follow_course(course, arguments)


if __name__ == "__main__":
    main()
