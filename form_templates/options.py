"""What is marked on paper: bare codes to circle, boxes and rings to fill, with their wording.

A code to circle stands alone, since the pen needs the room. Of a box and a ring the
region of the option is the printed outline itself, as on the forms of others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from form_templates.blocks import (
    CELL_GREY,
    Answer,
    WritingLine,
    line_height_mm,
    text_ascent_mm,
    write_lines,
)
from form_templates.drawing import Box, Line, Ring, Shape, Text
from form_templates.model import Kind, Option, Region, enclose
from form_templates.specification import Question
from form_templates.typeface import measure_mm, wrap

CODE_WIDTH_MM = 10.0
CODE_HEIGHT_MM = 8.5
OUTLINE_MM = 5.0
"""Side of a printed box, diameter of a printed ring."""
_OUTLINE_STROKE_MM, _OUTLINE_GREY = 0.3, 60
_SLOT_WIDTH_MM = 13.0
"""Of a box or ring with its code beside it."""
_BESIDE_PT = 8.0
CODE_PT = 11.0
_WIDEST_CODE_MM = 7.5
"""Of three digits; what is wider is printed smaller."""
OPTION_PT = 9.0
_WORDING_GAP_MM = 1.0
_WORDING_END_MM = 2.0
_LIFT_MM = 1.4
"""A row with a writing line stands so much lower: people write higher than print."""
_WRITING_MM = 9.0
_BELOW_LINE_MM = 0.8
_DROP_MM = 1.2
"""From the foot of the wording to the writing line behind it."""
_LEAST_WRITING_MM = 42.0
"""A shorter line behind its wording goes below it."""


def draw_code(code: str, region: Region) -> list[Shape]:
    """A printed code in the middle of its region, nothing else: the pen needs the room."""
    width = measure_mm(code, CODE_PT, "Bold")
    share = min(1.0, _WIDEST_CODE_MM / width)
    x = region.x_mm + (region.width_mm - width * share) / 2
    y = region.y_mm + region.height_mm / 2 + 1.4 * share
    return [Text(x, y, code, CODE_PT * share, bold=True)]


def draw_outline(kind: Kind, region: Region) -> Shape:
    """A printed box to check or ring to fill."""
    shape = Ring if kind is Kind.BUBBLE else Box
    return shape(region, _OUTLINE_STROKE_MM, _OUTLINE_GREY)


def _place_option(question: Question, code: str, slot: Region) -> tuple[Option, list[Shape]]:
    """What is marked for one code, in the room for it."""
    if question.kind is Kind.CIRCLE:
        return Option(code, slot), draw_code(code, slot)
    x = slot.x_mm + (slot.width_mm - OUTLINE_MM) / 2
    y = slot.y_mm + (slot.height_mm - OUTLINE_MM) / 2
    outline = Region(x, y, OUTLINE_MM, OUTLINE_MM)
    return Option(code, outline), [draw_outline(question.kind, outline)]


def answer_codes(question: Question) -> Answer:
    """Codes in one row without wording, for cards under a legend."""
    if question.kind is not Kind.CIRCLE:
        return _answer_coded_outlines(question)
    options, shapes = [], []
    for i, code in enumerate(question.codes):
        region = Region(i * CODE_WIDTH_MM, 0.0, CODE_WIDTH_MM, CODE_HEIGHT_MM)
        options.append(Option(code, region))
        shapes += draw_code(code, region)
    return Answer(enclose(o.region for o in options), tuple(shapes), (), tuple(options))


def _answer_coded_outlines(question: Question) -> Answer:
    """Boxes or rings in one row, each with its code to the left: nothing else names them."""
    options: list[Option] = []
    shapes: list[Shape] = []
    for i, code in enumerate(question.codes):
        left = i * _SLOT_WIDTH_MM + _SLOT_WIDTH_MM - OUTLINE_MM - 1.0
        slot = Region(left, 0.0, OUTLINE_MM, CODE_HEIGHT_MM)
        option, outline = _place_option(question, code, slot)
        x = left - 1.2 - measure_mm(code, _BESIDE_PT, "Bold")
        shapes += [*outline, Text(x, CODE_HEIGHT_MM / 2 + 1.0, code, _BESIDE_PT, bold=True)]
        options.append(option)
    whole = Region(0.0, 0.0, len(options) * _SLOT_WIDTH_MM, CODE_HEIGHT_MM)
    return Answer(whole, tuple(shapes), (), tuple(options))


@dataclass(frozen=True, slots=True)
class _Wording:
    """The wording of one code, and whether something is written behind it."""

    lines: list[str]
    width_mm: float
    """Room for the wording."""
    writes: bool

    @property
    def _behind(self) -> bool:
        """Whether the writing line stands behind the wording, not below it."""
        return len(self.lines) == 1 and self._rest_mm >= _LEAST_WRITING_MM

    @property
    def _rest_mm(self) -> float:
        return self.width_mm - measure_mm(self.lines[-1], OPTION_PT) - 2.0

    @property
    def lift_mm(self) -> float:
        return _LIFT_MM if self.writes and self._behind else 0.0

    @property
    def height_mm(self) -> float:
        """Of the whole row, as far as this code needs it."""
        lines = len(self.lines) * line_height_mm(OPTION_PT)
        height = max(CODE_HEIGHT_MM, lines + 1) + self.lift_mm
        if self.writes and not self._behind:
            height = max(CODE_HEIGHT_MM, lines) + _WRITING_MM
        return height + 0.3 if self.writes else height

    def draw(self, x_mm: float, top_mm: float) -> list[Shape]:
        """The wording beside what is marked."""
        return write_lines(self.lines, x_mm, self._text_top(top_mm), OPTION_PT)

    def _text_top(self, top_mm: float) -> float:
        y = top_mm + self.lift_mm
        middle = y + (CODE_HEIGHT_MM - len(self.lines) * line_height_mm(OPTION_PT)) / 2
        return max(y, middle)

    def place_writing(self, x_mm: float, top_mm: float) -> Region:
        """Where the other answer is written, its line included."""
        text_top = self._text_top(top_mm)
        if self._behind:
            foot = text_top + text_ascent_mm(OPTION_PT) + _DROP_MM + _BELOW_LINE_MM
            x = x_mm + self.width_mm - self._rest_mm
            return Region(x, foot - _WRITING_MM, self._rest_mm, _WRITING_MM)
        below = text_top + len(self.lines) * line_height_mm(OPTION_PT)
        return Region(x_mm, max(top_mm + CODE_HEIGHT_MM, below), self.width_mm, _WRITING_MM)


def answer_options(
    question: Question,
    wordings: Mapping[str, str],
    width_mm: float,
    others: Sequence[Question] = (),
) -> Answer:
    """Codes with their wording, in columns, read down each column.

    Args:
        question: whose codes they are.
        wordings: of the codes.
        width_mm: of all columns.
        others: texts, each written on a line behind the wording of one of the codes.
    """
    written = {other.write_at: other for other in others}
    columns = max(1, min(question.columns, len(question.codes)))
    per_column = -(-len(question.codes) // columns)
    column_width = width_mm / columns
    room = column_width - CODE_WIDTH_MM - _WORDING_GAP_MM - _WORDING_END_MM
    words = {
        c: _Wording(wrap(wordings[c], room, OPTION_PT), room, c in written) for c in question.codes
    }
    tops = _row_tops(question, words, per_column)
    options: list[Option] = []
    shapes: list[Shape] = []
    writing: list[WritingLine] = []
    for i, code in enumerate(question.codes):
        column, row = divmod(i, per_column)
        x, word = column * column_width, words[code]
        slot = Region(x, tops[row] + word.lift_mm, CODE_WIDTH_MM, CODE_HEIGHT_MM)
        option, drawn = _place_option(question, code, slot)
        options.append(option)
        text_x = x + CODE_WIDTH_MM + _WORDING_GAP_MM
        shapes += [*drawn, *word.draw(text_x, tops[row])]
        if word.writes:
            line = word.place_writing(text_x, tops[row])
            writing.append(WritingLine(written[code], line))
            shapes.append(_draw_writing_line(line))
    whole = Region(0.0, 0.0, width_mm, tops[-1])
    return Answer(whole, tuple(shapes), (), tuple(options), (), tuple(writing))


def _draw_writing_line(region: Region) -> Shape:
    """The line that is written on, a little above the foot of its region."""
    y = region.bottom_mm - _BELOW_LINE_MM
    return Line(region.x_mm, y, region.right_mm, y, 0.25, CELL_GREY)


def _row_tops(question: Question, words: Mapping[str, _Wording], per_column: int) -> list[float]:
    """The y of each row of options, and the y behind the last."""
    tops = [0.0]
    for row in range(per_column):
        row_codes = question.codes[row::per_column]
        tops.append(tops[-1] + max(CODE_HEIGHT_MM, *(words[c].height_mm for c in row_codes)))
    return tops
