"""Reading a typed line; and telling it from handwriting, which goes to a person.

Tesseract cannot read Georgian handwriting but often believes it can, so its own
confidence is not enough: typed letters also stand on one line and end at one
height, written ones do not. A line is read twice, the second time coarser and
with the data of one script alone: where both say the same it is nearly always right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frame import PX_PER_MM, Grey
from ocr.line_ink import LineInk, find_letters
from ocr.number_sign import find_number_signs
from ocr.tesseract import GEORGIAN, LATIN, MKHEDRULI, OcrText, read_block, read_line
from ocr.text_tidying import drop_ring, list_rivals, spell_disease, tidy_text

_MARGIN_MM = 1.5
"""White around the ink: Tesseract wants some."""
_LINE_MM = 8.0
"""What is higher has more than one line."""
_LETTER_MM = 1.0
"""What is lower is a dot or a dash and says nothing about evenness."""
_FEWEST_LETTERS = 3
_SURE, _EVEN = 0.6, 0.82
"""Of 180 typed lines of five typefaces, aged, 6 had less of one or the other; of as many written
by simulated hands, whose letters are traced from typefaces, 8 in 9."""
_SURER, _NEARLY_EVEN = 0.9, 0.77
"""Where all looks agree and are surer, a little less will do: faces with old-style digits."""
_COARSE_BLUR_PX = 0.75
_SIGN = "\u2116"
_GEORGIAN_LETTER, _LATIN_LETTER = re.compile("[\u10d0-\u10ff]"), re.compile("[A-Za-z]")
_CAPITAL = re.compile("[\u10a0-\u10c5\u1c90-\u1cbf]")
"""Georgian capitals: nobody types them, but Tesseract sees them in some typefaces."""

_DISEASE = re.compile(r"[A-Z]\d\d(\.\d{1,2})?")
_LIKE_DISEASE = re.compile(r"[A-Z\d]?\d\d(\.?\d{1,2})?")
"""A code of the classification of diseases, also where its letter was read as a digit."""

_OTHER: dict[tuple[str, ...], tuple[str, ...]] = {LATIN: GEORGIAN, MKHEDRULI: MKHEDRULI}
"""Language data of the third look by those of the second."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """What stands on a line."""

    text: str
    confidence: float
    """0 to 1, as Tesseract states it."""
    typed: bool
    """False: written by hand, or nothing at all; a person reads it."""
    candidates: tuple[tuple[str, float], ...] = ()
    """All that it was read as and may be instead, the text first; each with the confidence of
    the look that it comes from."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at a line saw."""

    text: str
    confidence: float
    read: str
    """The text before what is likelier was put in the place of what was read."""

    def list_texts(self) -> tuple[str, ...]:
        """What the line may say by this look, the likeliest first."""
        return self.text, self.read, *list_rivals(self.text)


def read_text_line(crop: Grey) -> TextReading:
    """Read the typed text in a box.

    Args:
        crop: of the canonical frame, without the box's printed edge.
    """
    line = find_letters(crop)
    if line is None or not line.ink.any():
        return TextReading("", 0.0, typed=False)
    parts = _split_at_signs(line)
    looks = _look(parts)
    chosen = _choose(looks)
    texts = [chosen.text, *(look.text for look in looks)]
    sure = texts.count(chosen.text) > 2 or chosen.confidence >= _SURE
    alike = texts.count(chosen.text) == len(texts) and chosen.confidence >= _SURER
    even = _has_several_lines(line) or _is_even(parts, _NEARLY_EVEN if alike else _EVEN)
    return TextReading(
        text=chosen.text,
        confidence=round(chosen.confidence, 3),
        typed=bool(chosen.text) and even and sure,
        candidates=_list_candidates([chosen, *looks]),
    )


def _list_candidates(looks: Sequence[_Look]) -> tuple[tuple[str, float], ...]:
    """Everything that the looks leave possible, each text once: what they read, then the rest."""
    listed = [(look.list_texts(), look.confidence) for look in looks]
    read = [(texts[0], confidence) for texts, confidence in listed]
    beside = [(text, confidence) for texts, confidence in listed for text in texts[1:]]
    found: dict[str, float] = {}
    for text, confidence in (*read, *beside):
        if text:
            found.setdefault(text, round(confidence, 3))
    return tuple(found.items())


def _is_even(parts: Sequence[LineInk], least: float) -> bool:
    """Whether the letters stand and end evenly; those of a number sign do not count."""
    ink = np.hstack([part.ink for part in parts])
    return measure_evenness(np.asarray(ink, np.uint8), parts[0].px_per_mm) >= least


def _look(parts: Sequence[LineInk]) -> list[_Look]:
    """What two looks see; and a third, in yet another way, where they see two things."""
    coarse = [_coarsen(part) for part in parts]
    first = _read_parts(parts, GEORGIAN)
    data = _choose_data(first.text)
    second = _read_parts(coarse, data)
    if first.text == second.text or data == GEORGIAN:
        return [first, second]
    return [first, second, _read_parts(coarse if data == LATIN else parts, _OTHER[data])]


def _choose(looks: list[_Look]) -> _Look:
    """The text that most looks see; else the first, unless the second saw what it cannot."""
    texts = [look.text for look in looks]
    first, second = looks[:2]
    if _is_better(second.text, first.text):
        return second
    return max(looks, key=lambda look: texts.count(look.text))


def _choose_data(text: str) -> tuple[str, ...]:
    """The language data for the second look: those of the one script that the text is in."""
    if _LIKE_DISEASE.fullmatch(text):
        return LATIN
    if _SIGN in text:
        return GEORGIAN
    georgian, latin = _GEORGIAN_LETTER.search(text), _LATIN_LETTER.search(text)
    if _CAPITAL.search(text) or not latin:
        return MKHEDRULI
    return GEORGIAN if georgian else LATIN


def _is_better(second: str, first: str) -> bool:
    """Whether the second look saw what the first is known to miss."""
    if _CAPITAL.search(first):
        return True
    return bool(_DISEASE.fullmatch(second)) and not _DISEASE.fullmatch(first)


def _split_at_signs(line: LineInk) -> list[LineInk]:
    """What stands before and behind each number sign; the line itself where it has none."""
    if _has_several_lines(line):
        return [line]
    ends = [0, *(x for span in find_number_signs(line) for x in span), line.ink.shape[1]]
    return [
        _cut(line, left, max(right, left + 1))
        for left, right in zip(ends[::2], ends[1::2], strict=True)
    ]


def _read_parts(parts: Sequence[LineInk], languages: tuple[str, ...]) -> _Look:
    """The text of a line whose number signs were cut out."""
    if _has_several_lines(parts[0]):
        found = [read_block(_frame(parts[0]), languages, parts[0].px_per_mm)]
    else:
        found = [_read_part(part, languages) for part in parts]
    tidied = tidy_text(f" {_SIGN}".join(tidy_text(one.text) for one in found))
    confidence = min((one.confidence for one in found if one.text), default=0.0)
    # Where the signs were found and cut out, what stands behind one is a digit.
    likely = tidied if len(parts) > 1 else drop_ring(tidied)
    return _Look(spell_disease(likely), confidence, tidied)


def _read_part(part: LineInk, languages: tuple[str, ...]) -> OcrText:
    if not part.ink.any():
        return OcrText("", 0.0)
    return read_line(_frame(part), languages, part.px_per_mm)


def _cut(line: LineInk, left: int, right: int) -> LineInk:
    return replace(line, picture=line.picture[:, left:right], ink=line.ink[:, left:right])


def _coarsen(line: LineInk) -> LineInk:
    """The same line at half the size, softened: a second look that errs in other places."""
    size = (max(line.ink.shape[1] // 2, 1), line.ink.shape[0] // 2)
    small = cv2.resize(line.picture, size, interpolation=cv2.INTER_AREA)
    ink = cv2.resize(line.ink, size, interpolation=cv2.INTER_NEAREST)
    soft = cv2.GaussianBlur(small, (0, 0), _COARSE_BLUR_PX)
    return LineInk(np.asarray(soft, np.uint8), np.asarray(ink, np.uint8), line.px_per_mm // 2)


def _has_several_lines(line: LineInk) -> bool:
    rows = np.flatnonzero(line.ink.any(axis=1))
    return bool(rows.size) and rows[-1] - rows[0] >= _LINE_MM * line.px_per_mm


def _frame(line: LineInk) -> Grey:
    """The letters with a white margin."""
    left, top, width, height = cv2.boundingRect(line.ink)
    margin = round(_MARGIN_MM * line.px_per_mm)
    inside = line.picture[top : top + height, left : left + width]
    framed = cv2.copyMakeBorder(
        inside, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255,)
    )
    return np.asarray(framed, np.uint8)


def measure_evenness(ink: NDArray[np.uint8], px_per_mm: float = PX_PER_MM) -> float:
    """Share of letters that stand, and that end, at one of two common heights; 0 to 1.

    Two, since some letters reach below the line and some above it.
    """
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    letters = boxes[1:][boxes[1:, cv2.CC_STAT_HEIGHT] >= _LETTER_MM * px_per_mm]
    if len(letters) < _FEWEST_LETTERS:
        return 0.0
    left, top, width, height = letters[:, :4].T.astype(np.float64)
    middle = left + width / 2
    near = px_per_mm / PX_PER_MM
    return (_share_level(middle, top, near) + _share_level(middle, top + height, near)) / 2


def _share_level(x: NDArray[np.float64], y: NDArray[np.float64], near_px: float) -> float:
    """Share of points on the best two parallels of any slight slope."""
    best = 0.0
    for slope in np.linspace(-0.02, 0.02, 9):
        level = y - slope * x
        near = np.abs(level[:, None] - level) <= near_px
        first = near[near.sum(axis=1).argmax()]
        second = (near & ~first).sum(axis=1).max()
        best = max(best, float(first.sum() + second) / len(level))
    return best
