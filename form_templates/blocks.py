"""One question as a block: its fields and its print, from the block's own top edge.

x is already the page's; y counts from the block's top. The column on the right
is kept for the signatures at corrected answers (order 01-14, annex 1, art. 11(2)).
"""

from dataclasses import dataclass, replace

from form_templates.drawing import Box, Line, Shape, Text, move_shape
from form_templates.fields import place_question
from form_templates.marks import BODY
from form_templates.model import (
    PRESENCE_KINDS,
    FieldSpec,
    Kind,
    Option,
    Region,
    Signer,
    enclose,
)
from form_templates.specification import Question, Template
from form_templates.typeface import measure_mm, wrap

CELL_WIDTH_MM = 5.2
CELL_HEIGHT_MM = 7.0
GROUP_GAP_MM = 2.4
SIGNATURE_WIDTH_MM = 22.0
SIGNATURE_HEIGHT_MM = 9.0
GAP_MM = 2.0
LABEL_PT = 9.5
CAPTION_PT = 6.5
LEADING = 1.3
_PT_MM = 25.4 / 72
CELL_GREY, FAINT_GREY, CAPTION_GREY = 110, 150, 80


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is never split between pages."""

    height_mm: float
    fields: tuple[FieldSpec, ...]
    shapes: tuple[Shape, ...]
    free: tuple[Region, ...] = ()
    """Where people may write what nobody reads."""

    def moved(self, dx_mm: float, dy_mm: float) -> "Block":
        """The same block elsewhere."""
        return replace(
            self,
            fields=tuple(f.moved(dx_mm, dy_mm) for f in self.fields),
            shapes=tuple(move_shape(s, dx_mm, dy_mm) for s in self.shapes),
            free=tuple(r.moved(dx_mm, dy_mm) for r in self.free),
        )


@dataclass(frozen=True, slots=True)
class WritingLine:
    """Where a text is written behind the wording of a code."""

    question: Question
    region: Region


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer area of a question, placed at a point."""

    region: Region
    shapes: tuple[Shape, ...]
    cells: tuple[Region, ...] = ()
    options: tuple[Option, ...] = ()
    correction_cells: tuple[Region, ...] = ()
    writing: tuple[WritingLine, ...] = ()

    @property
    def extent(self) -> Region:
        """Everything that the answer takes, its correction cells included."""
        return enclose([self.region, *self.correction_cells])

    def moved(self, dx_mm: float, dy_mm: float) -> "Answer":
        """The same answer area elsewhere."""
        return Answer(
            self.region.moved(dx_mm, dy_mm),
            tuple(move_shape(s, dx_mm, dy_mm) for s in self.shapes),
            tuple(c.moved(dx_mm, dy_mm) for c in self.cells),
            tuple(Option(o.code, o.region.moved(dx_mm, dy_mm)) for o in self.options),
            tuple(c.moved(dx_mm, dy_mm) for c in self.correction_cells),
            tuple(WritingLine(w.question, w.region.moved(dx_mm, dy_mm)) for w in self.writing),
        )


def printed_code(name: str) -> str:
    """The code of a question as people know it: C3_07 is C3.07, F2_reasons still F2."""
    code, _, part = name.partition("_")
    return f"{code}.{part}" if part.isdecimal() else code


def line_height_mm(size_pt: float) -> float:
    """From one baseline to the next."""
    return size_pt * _PT_MM * LEADING


def text_ascent_mm(size_pt: float) -> float:
    """From the top of a line to its baseline."""
    return size_pt * _PT_MM * 1.02


def write_lines(
    lines: list[str], x_mm: float, top_mm: float, size_pt: float, bold: bool = False, grey: int = 0
) -> list[Shape]:
    """Lines of text below each other, the first one's top at `top_mm`."""
    step, ascent = line_height_mm(size_pt), text_ascent_mm(size_pt)
    return [
        Text(x_mm, top_mm + ascent + i * step, line, size_pt, bold, grey)
        for i, line in enumerate(lines)
    ]


def place_cells(
    question: Question, x_mm: float, y_mm: float, height_mm: float = CELL_HEIGHT_MM
) -> tuple[Region, ...]:
    """The cells of a written answer in their printed groups."""
    cells = []
    for group in question.cells:
        for _ in range(group):
            cells.append(Region(x_mm, y_mm, CELL_WIDTH_MM, height_mm))
            x_mm += CELL_WIDTH_MM
        x_mm += GROUP_GAP_MM
    return tuple(cells)


def draw_cells(question: Question, cells: tuple[Region, ...], grey: int) -> list[Shape]:
    """The boxes of a row of cells, with the separators between their groups."""
    shapes: list[Shape] = [Box(cell, 0.2, grey) for cell in cells]
    index = 0
    for count in question.cells[:-1]:
        index += count
        last = cells[index - 1]
        mark = separator_of(question)
        x = last.right_mm + (GROUP_GAP_MM - measure_mm(mark, 10)) / 2
        baseline = last.bottom_mm - (1.2 if mark in ".," else 2.2)
        shapes.append(Text(x, baseline, mark, 10, grey=grey))
    return shapes


def separator_of(question: Question) -> str:
    """What is printed between two groups of cells."""
    marks = {"date": ".", "time": ":", "money": ",", "decimal": ",", "code": "."}
    return marks.get(question.format, "-")


def answer_cells(question: Question) -> Answer:
    """Cells with their correction cells underneath."""
    cells = place_cells(question, 0.0, 0.0)
    shapes = draw_cells(question, cells, CELL_GREY)
    corrections: tuple[Region, ...] = ()
    if question.correction_rule.signers:
        corrections = place_cells(question, 0.0, CELL_HEIGHT_MM + 1.5)
        shapes += draw_cells(question, corrections, FAINT_GREY)
    return Answer(enclose(cells), tuple(shapes), cells, (), corrections)


def answer_cells_in_line(question: Question, gap_mm: float, height_mm: float) -> Answer:
    """Cells with their correction cells beside them, on one line."""
    cells = place_cells(question, 0.0, 0.0, height_mm)
    shapes = draw_cells(question, cells, CELL_GREY)
    corrections: tuple[Region, ...] = ()
    if question.correction_rule.signers:
        corrections = place_cells(question, enclose(cells).right_mm + gap_mm, 0.0, height_mm)
        shapes += draw_cells(question, corrections, FAINT_GREY)
    return Answer(enclose(cells), tuple(shapes), cells, (), corrections)


def answer_box(question: Question, caption: str) -> Answer:
    """A box to write, sign or stamp in, with its caption underneath."""
    stamp = question.kind is Kind.STAMP
    width = question.width_mm or (42.0 if stamp else 60.0)
    height = question.height_mm or (42.0 if stamp else 8.0 * question.lines + 2)
    region = Region(0.0, 0.0, width, height)
    shapes: list[Shape] = [Box(region, 0.2, CELL_GREY)]
    if question.kind in PRESENCE_KINDS:
        shapes += write_lines([caption], 1.0, height + 0.3, CAPTION_PT, grey=CAPTION_GREY)
    return Answer(region, tuple(shapes))


def signature_places(
    template: Template, signers: tuple[Signer, ...], right_mm: float, top_mm: float
) -> tuple[dict[Signer, Region], list[Shape]]:
    """Boxes side by side for those who sign at a corrected answer."""
    places: dict[Signer, Region] = {}
    shapes: list[Shape] = []
    x = right_mm - len(signers) * SIGNATURE_WIDTH_MM
    for signer in signers:
        region = Region(x, top_mm, SIGNATURE_WIDTH_MM - 1.5, SIGNATURE_HEIGHT_MM)
        places[signer] = region
        shapes += draw_signature_place(template.label(f"word.{signer.value}"), region)
        x += SIGNATURE_WIDTH_MM
    return places, shapes


def draw_signature_place(caption: str, region: Region) -> list[Shape]:
    """A faint box with the signer's word underneath."""
    return [
        Box(region, 0.2, FAINT_GREY),
        *write_lines(
            wrap(caption, region.width_mm, CAPTION_PT - 0.5)[:2],
            region.x_mm,
            region.bottom_mm + 0.1,
            CAPTION_PT - 0.5,
            grey=CAPTION_GREY,
        ),
    ]


def field_of(
    question: Question, answer: Answer, places: dict[Signer, Region], row: tuple[str, int] | None
) -> FieldSpec:
    """The field that a question becomes once its answer has a place."""
    group, number = row or (None, None)
    return replace(
        place_question(question, answer.region, answer.cells, answer.options),
        id=question.id if number is None else f"{group}[{number}].{question.id}",
        group=group,
        row=number,
        correction_cells=answer.correction_cells,
        correction_signatures=places or None,
    )


def rule_below(y_mm: float) -> Line:
    """A hairline between two questions."""
    return Line(BODY.x_mm, y_mm, BODY.right_mm, y_mm, 0.15, 190)
