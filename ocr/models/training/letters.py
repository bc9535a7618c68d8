"""Train the network for Georgian letters from nothing: python -m ocr.models.training.letters."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.cells import LETTER_CLASSES
from ocr.letters import decode_letters
from ocr.models.training.course import Course, follow_course, read_arguments
from ocr.models.training.dataset import Source
from ocr.models.training.fonts import split_fonts
from ocr.models.training.letter_writers import ALPHABET, BentFontWriter, TracedWriter
from ocr.models.training.shapes import build_plain
from ocr.models.training.writers import FontWriter
from ocr.written import WrittenState


def make_letter_sources(
    georgian: Sequence[Path], complete: Sequence[Path], strips: int
) -> list[Source]:
    """Three ways of writing with fonts; only complete ones print, as they have digits."""
    return [
        Source(TracedWriter(georgian), strips * 45 // 100),
        Source(BentFontWriter(georgian), strips * 35 // 100),
        Source(FontWriter(complete, ALPHABET), strips * 20 // 100),
    ]


def _decode(probabilities: NDArray[np.float32]) -> tuple[WrittenState, str, float]:
    row = decode_letters(probabilities, None)
    return row.state, row.text, row.confidence


def main() -> None:
    """Read the command line and train."""
    arguments = read_arguments(str(__doc__), "letters", strips=40_000, epochs=5)
    georgian = split_fonts(ALPHABET[: ALPHABET.index("0")])
    complete = split_fonts(ALPHABET)
    course = Course(
        name="letters",
        classes=LETTER_CLASSES,
        learn=make_letter_sources(georgian[0], complete[0], arguments.strips),
        check=make_letter_sources(georgian[1], complete[1], max(100, arguments.strips // 20)),
        decode=_decode,
        silent_errors=1e-2,
        shapes=((build_plain, 1.0),),
    )
    follow_course(course, arguments)


if __name__ == "__main__":
    main()
