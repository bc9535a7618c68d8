"""Questions outside tables, each as one block: label, answer, room to correct."""

from collections.abc import Sequence
from dataclasses import replace

from form_templates.blocks import (
    CAPTION_GREY,
    CAPTION_PT,
    CELL_HEIGHT_MM,
    GAP_MM,
    LABEL_PT,
    SIGNATURE_HEIGHT_MM,
    SIGNATURE_WIDTH_MM,
    Answer,
    Block,
    answer_box,
    answer_cells,
    answer_cells_in_line,
    field_of,
    line_height_mm,
    printed_code,
    signature_places,
    write_lines,
)
from form_templates.drawing import Shape
from form_templates.marks import BODY
from form_templates.model import CELL_KINDS, MARK_KINDS, PRESENCE_KINDS
from form_templates.options import answer_options
from form_templates.specification import Question, Template
from form_templates.typeface import measure_mm, wrap

_NOTE_PT = 7.5
_NARROWEST_LABEL_MM = 42.0
_CORRECTION_GAP_MM = 15.0
"""Room for the word that names the correction cells."""
_ID_WIDTH_MM = 12.0


def build_question(template: Template, question: Question, *others: Question) -> Block:
    """The block of one question, as wide as the page's body; of two ways the lower one.

    Args:
        template: the form, for its wording.
        question: what is asked.
        others: texts that are written behind the wording of its codes.
    """
    strip = _strip_width(question)
    width = BODY.width_mm - strip
    answers = [answer_of(template, question, width - 4, others), _answer_in_line(question)]
    blocks = [_build(template, question, a, width) for a in answers if a]
    best = min((b for b in blocks if b), key=lambda b: b.height_mm)
    return _with_signatures(template, question, best) if strip else best


def answer_of(
    template: Template, question: Question, width_mm: float, others: Sequence[Question] = ()
) -> Answer:
    """The answer area of a question outside tables, at the origin."""
    if question.kind in MARK_KINDS:
        wordings = {c: template.label(f"option.{question.id}.{c}") for c in question.codes}
        return answer_options(question, wordings, width_mm, others)
    if question.kind in CELL_KINDS:
        return answer_cells(question)
    return answer_box(question, template.label(f"word.{question.kind.value}", "ka"))


def _build(template: Template, question: Question, answer: Answer, width_mm: float) -> Block | None:
    """Label and answer, or None where correction cells leave no room for the label."""
    narrow = width_mm - answer.extent.width_mm < _NARROWEST_LABEL_MM
    in_line = answer.correction_cells and answer.correction_cells[0].y_mm == 0
    if narrow and in_line:
        return None
    if question.kind in MARK_KINDS or narrow:
        return _label_above(template, question, answer, width_mm)
    return _label_beside(template, question, answer, width_mm)


def _strip_width(question: Question) -> float:
    """The column that the signatures at a corrected answer take, with its gap."""
    signers = () if question.kind in PRESENCE_KINDS else question.correction_rule.signers
    return len(signers) * SIGNATURE_WIDTH_MM + GAP_MM if signers else 0.0


def _answer_in_line(question: Question) -> Answer | None:
    """A written answer with its correction cells on the same line."""
    if question.kind not in CELL_KINDS or not question.correction_rule.signers:
        return None
    return answer_cells_in_line(question, _CORRECTION_GAP_MM, CELL_HEIGHT_MM)


def build_pair(template: Template, left: Question, right: Question) -> Block | None:
    """Two short questions on one line, or None where they do not fit."""
    halves = []
    for question in (left, right):
        width = _NARROWEST_LABEL_MM
        width += answer_of(template, question, BODY.width_mm).region.width_mm
        halves.append(width + _strip_width(question))
    if left.kind in MARK_KINDS or right.kind in MARK_KINDS or sum(halves) + 4 > BODY.width_mm:
        return None
    share = BODY.width_mm - halves[1] - 4
    first = _build_half(template, left, share)
    second = _build_half(template, right, halves[1]).moved(share + 4, 0.0)
    return Block(
        max(first.height_mm, second.height_mm),
        first.fields + second.fields,
        first.shapes + second.shapes,
    )


def _build_half(template: Template, question: Question, width_mm: float) -> Block:
    strip = _strip_width(question)
    answer = answer_of(template, question, width_mm - strip)
    block = _label_beside(template, question, answer, width_mm - strip)
    if not strip:
        return block
    return _with_signatures(template, question, block, BODY.x_mm + width_mm)


def _label_shapes(
    template: Template, question: Question, width_mm: float
) -> tuple[list[Shape], float]:
    """The printed code, the wording and the note, with their height."""
    shapes: list[Shape] = []
    indent = 0.0
    if question.id[:1].isupper():
        code = printed_code(question.id)
        shapes += write_lines([code], BODY.x_mm, 0.0, LABEL_PT, bold=True)
        indent = max(_ID_WIDTH_MM, measure_mm(code, LABEL_PT, "Bold") + 2.5)
    lines = wrap(template.label(f"field.{question.id}"), width_mm - indent, LABEL_PT)
    shapes += write_lines(lines, BODY.x_mm + indent, 0.0, LABEL_PT)
    height = len(lines) * line_height_mm(LABEL_PT)
    note = template.labels["ka"].get(f"note.{question.id}")
    if note:
        lines = wrap(note, width_mm - indent, _NOTE_PT)
        shapes += write_lines(lines, BODY.x_mm + indent, height + 0.4, _NOTE_PT, grey=CAPTION_GREY)
        height += 0.4 + len(lines) * line_height_mm(_NOTE_PT)
    return shapes, height


def _caption(question: Question) -> float:
    """Room that an answer's own caption takes underneath it."""
    return line_height_mm(CAPTION_PT) + 0.5 if question.kind in PRESENCE_KINDS else 0.0


def _answer_height(question: Question, answer: Answer) -> float:
    return answer.extent.height_mm + _caption(question)


def _label_above(template: Template, question: Question, answer: Answer, width_mm: float) -> Block:
    shapes, height = _label_shapes(template, question, width_mm)
    dx = 4.0 if question.kind in MARK_KINDS else width_mm - answer.extent.width_mm
    placed = answer.moved(BODY.x_mm + dx, height + 1.0)
    return _assemble(
        template, question, placed, shapes, height + 1.0 + _answer_height(question, answer)
    )


def _label_beside(template: Template, question: Question, answer: Answer, width_mm: float) -> Block:
    space = width_mm - answer.extent.width_mm - 4.0
    if answer.correction_cells and answer.correction_cells[0].y_mm > 0:
        space -= _CORRECTION_GAP_MM
    shapes, height = _label_shapes(template, question, space)
    placed = answer.moved(BODY.x_mm + width_mm - answer.extent.width_mm, 0.6)
    tall = max(height, 0.6 + _answer_height(question, answer))
    return _assemble(template, question, placed, shapes, tall)


def _assemble(
    template: Template, question: Question, answer: Answer, shapes: list[Shape], height_mm: float
) -> Block:
    if answer.correction_cells and question.kind in CELL_KINDS:
        word = template.label("word.correction")
        x = answer.correction_cells[0].x_mm - measure_mm(word, CAPTION_PT) - 1.5
        top = answer.correction_cells[0].y_mm + CELL_HEIGHT_MM / 2 - 1.4
        shapes = [*shapes, *write_lines([word], x, top, CAPTION_PT, grey=CAPTION_GREY)]
    field = field_of(question, answer, {}, None)
    others = (field_of(w.question, Answer(w.region, ()), {}, None) for w in answer.writing)
    return Block(height_mm, (field, *others), (*shapes, *answer.shapes))


def _with_signatures(
    template: Template, question: Question, block: Block, right_mm: float = BODY.right_mm
) -> Block:
    """The block with its signature places in the column on the right, shared by all its fields."""
    top = block.fields[0].region.y_mm
    signers = question.correction_rule.signers
    places, shapes = signature_places(template, signers, right_mm, top)
    fields = (replace(field, correction_signatures=places) for field in block.fields)
    height = max(block.height_mm, top + SIGNATURE_HEIGHT_MM + 2.8)
    return Block(height, tuple(fields), (*block.shapes, *shapes))
