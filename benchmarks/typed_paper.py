"""Simulated forms with typed lines, scanned, with what was typed beside."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.typed_texts import CONTENTS, spell_meant, take_words
from form_templates.model import CorrectionRule, FaultsGoTo, FieldSpec, Kind, TemplateKey
from form_templates.printing import render_pages
from form_templates.specification import Question, Section, Template
from form_templates.typeface import FONTS, break_lines
from ocr.simulation.document import Paper, prepare_paper
from ocr.simulation.imprints import lay_ink, print_note
from ocr.simulation.scanner import Scan, scan

_NUMBER = 511
"""Edition number; no real form may have it."""
_ROWS, _BLOCKS = 9, 5
_MM_PER_PT = 25.4 / 72
_INSET_MM, _SLACK_MM = 2.0, 0.6
"""Where a line begins, and how far machines miss that."""
_BASELINE = 0.66
"""Of a box's height."""
_SIZES_PT = (10.0, 12.0)
_LEADING = 1.35
_BLOCK_WORDS = 24
_DARKNESS = (0.75, 1.0)
"""From a worn ribbon to a laser printer."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What was typed into one box."""

    content: str
    typed: str
    text: str
    """What should be read."""


@dataclass(frozen=True, slots=True)
class TypedPage:
    """One scanned side full of typed lines."""

    template: Template
    page: int
    face: Path | None
    """None where the form's own printer printed the lines."""
    level: int
    dpi: float
    scan: Scan
    lines: dict[str, TypedLine]
    """By field id."""


@cache
def invent_typed_form() -> Template:
    """A form of lines to type on, and on its second page boxes for several lines."""
    lines = tuple(_ask(name, 88, 9) for name in ("left", "right"))
    blocks = tuple(_ask(f"remark{i + 1}", 186, 24) for i in range(_BLOCKS))
    labels = {key: key[-1] for key in ("title", "act", "section.lines", "section.blocks")}
    labels |= {f"word.{word}": word for word in _SMALL_WORDS}
    labels |= {f"field.{q.id}": q.id for q in (*lines, *blocks)}
    return Template(
        key=TemplateKey("typed_lines", date(2026, 1, 1)),
        number=_NUMBER,
        correction_rule=CorrectionRule.NONE,
        faults_go_to=FaultsGoTo.AGENT,
        law="simulated",
        case_field=None,
        sections=(
            Section("lines", lines, "simulated", group="rows", rows=_ROWS, continuation_rows=_ROWS),
            Section("blocks", blocks, "simulated", new_page=True),
        ),
        labels={"ka": labels, "en": labels},
        default_rows={"rows": _ROWS},
    )


_SMALL_WORDS = (
    *("page", "sheet", "fill_hint", "row_rows", "name", "correction", "correction_cells"),
    *("representative", "agent", "text", "signature", "stamp"),
)


def _ask(name: str, width_mm: float, height_mm: float) -> Question:
    return Question(
        id=name,
        kind=Kind.TEXT,
        law="simulated",
        width_mm=width_mm,
        height_mm=height_mm,
        beside=name == "right",
    )


@cache
def _prepare(dpi: float) -> Paper:
    return prepare_paper(invent_typed_form(), None, dpi)


def type_page(page: int, face: Path, level: int, seed: int, dpi: float) -> TypedPage:
    """A page typed in one face, then scanned; the same for the same seed."""
    paper = _prepare(dpi)
    rng = np.random.default_rng([seed, level, page])
    picture = paper.blanks[page - 1].copy()
    size_mm, dark = rng.uniform(*_SIZES_PT) * _MM_PER_PT, rng.uniform(*_DARKNESS)
    lines = {}
    for field in paper.pages[page - 1].fields:
        line = lines[field.id] = _invent_line(field, rng)
        ink = _set_lines(line.typed, field, face, size_mm, paper.px_per_mm)
        _lay(picture, (ink * dark).astype(np.uint8), field, paper.px_per_mm, rng)
    return _scan(picture, page, face, level, dpi, lines, rng)


def print_page(page: int, level: int, seed: int, dpi: float) -> TypedPage:
    """A page with values printed as our forms have them, then scanned."""
    paper = _prepare(dpi)
    rng = np.random.default_rng([seed, level, page])
    lines = {field.id: _invent_line(field, rng) for field in paper.pages[page - 1].fields}
    values = {name: line.typed for name, line in lines.items()}
    (picture,) = render_pages(paper.template, [(page, 1)], px_per_mm=paper.px_per_mm, values=values)
    return _scan(picture.copy(), page, None, level, dpi, lines, rng)


def _scan(
    picture: NDArray[np.uint8],
    page: int,
    face: Path | None,
    level: int,
    dpi: float,
    lines: dict[str, TypedLine],
    rng: np.random.Generator,
) -> TypedPage:
    px_per_mm = _prepare(dpi).px_per_mm
    print_note(picture, px_per_mm)
    scanned = scan(picture, level, rng, dpi, px_per_mm)
    return TypedPage(invent_typed_form(), page, face, level, dpi, scanned, lines)


def _invent_line(field: FieldSpec, rng: np.random.Generator) -> TypedLine:
    if field.question.startswith("remark"):
        words = take_words(rng, _BLOCK_WORDS).rstrip(",;.:")
        return TypedLine("several lines", words, words)
    content = list(CONTENTS)[int(rng.integers(len(CONTENTS)))]
    typed = CONTENTS[content](rng)
    return TypedLine(content, typed, spell_meant(content, typed))


def _set_lines(
    text: str, field: FieldSpec, face: Path, size_mm: float, px_per_mm: float
) -> NDArray[np.uint8]:
    """The text as ink in a picture of the box; broken where the box is high, else smaller."""
    size = round(size_mm * px_per_mm)
    room = round((field.region.width_mm - 2 * _INSET_MM) * px_per_mm)
    height = round(field.region.height_mm * px_per_mm)
    single = field.region.height_mm < 3 * size_mm
    lines = (
        [text] if single else break_lines(text, lambda line: measure_px(line, face, size) <= room)
    )
    size = min(size, int(size * room / max(measure_px(line, face, size) for line in lines)))
    canvas = Image.new("L", (round(field.region.width_mm * px_per_mm), height), 0)
    first = height * _BASELINE if single else size * _LEADING
    for index, line in enumerate(lines):
        draw_in_face(canvas, line, face, size, (_INSET_MM * px_per_mm, first))
        first += size * _LEADING
        assert index == 0 or first - size * _LEADING < height, "the box has room"
    return np.asarray(canvas, np.uint8)


def measure_px(text: str, face: Path, size_px: int) -> float:
    """The width of a line."""
    return sum(_open_face(_face_of(c, face), size_px).getlength(c) for c in text)


def draw_in_face(
    canvas: Image.Image, text: str, face: Path, size_px: int, foot: tuple[float, float]
) -> None:
    """Adds a line of text as ink, character by character; what the face lacks in Noto Sans."""
    pencil, x = ImageDraw.Draw(canvas), foot[0]
    for character in text:
        font = _open_face(_face_of(character, face), size_px)
        pencil.text((x, foot[1]), character, fill=255, font=font, anchor="ls")
        x += font.getlength(character)


def _face_of(character: str, face: Path) -> Path:
    return face if ord(character) in _list_points(face) else FONTS / "NotoSans-Regular.ttf"


@cache
def _open_face(face: Path, size_px: int) -> ImageFont.FreeTypeFont:
    """A face at a size, laid out plainly: the tables of some old ones are broken."""
    return ImageFont.truetype(str(face), size_px, layout_engine=ImageFont.Layout.BASIC)


@cache
def _list_points(face: Path) -> frozenset[int]:
    """The characters that a face has a shape for; empty ones do not count."""
    font = TTFont(face, lazy=True)
    return frozenset(p for p in font.getBestCmap() if _has_shape(face, chr(p)))


def _has_shape(face: Path, character: str) -> bool:
    return character == " " or any(bytes(_open_face(face, 24).getmask(character)))


def _lay(
    picture: NDArray[np.uint8],
    ink: NDArray[np.uint8],
    field: FieldSpec,
    px_per_mm: float,
    rng: np.random.Generator,
) -> None:
    """Prints the box's text, a little off its place."""
    off_x, off_y = rng.uniform(-_SLACK_MM, _SLACK_MM, 2)
    corner = (field.region.x_mm + off_x, field.region.y_mm + off_y)
    lay_ink(picture, ink, corner, px_per_mm, (20, 20, 20))
