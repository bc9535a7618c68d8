"""Tables of many rows, printed as one card a row (assumed: the sources show no layout).

A card has one pair of signature places for all its fields, since two signatures
do not fit beside every cell of a table.
"""

from dataclasses import replace

from form_templates.blocks import (
    CAPTION_GREY,
    CELL_HEIGHT_MM,
    FAINT_GREY,
    SIGNATURE_WIDTH_MM,
    Answer,
    Block,
    answer_box,
    answer_cells,
    answer_cells_in_line,
    draw_signature_place,
    field_of,
    line_height_mm,
    printed_code,
    write_lines,
)
from form_templates.drawing import Box, Line, Shape, Text
from form_templates.fitting import LayoutFault
from form_templates.marks import BODY
from form_templates.model import CELL_KINDS, MARK_KINDS, FieldSpec, Region, Signer
from form_templates.options import CODE_HEIGHT_MM, answer_codes
from form_templates.specification import CardStyle, Question, Section, Template
from form_templates.typeface import measure_mm, wrap

_PAD_MM = 2.0
_HEAD_MM = 6.6
_CAPTION_PT = 7.5
_CAPTION_MM = 4.2
_LINE_LABEL_PT = 7.2
_FIELD_GAP_MM = 4.0
_CODES_GAP_MM = 9.0
_LEGEND_PT = 8.0
_LINE_MM = 6.6
_LINE_GAP_MM = 4.0
_CELL_ROWS_MM = 1.5 + 2 * CELL_HEIGHT_MM


def build_card(template: Template, section: Section, row: int) -> Block:
    """The card of one row of a table; raises LayoutFault for answers that no card has."""
    _refuse_uncarded(template, section)
    signers = section.questions[0].correction_rule.signers
    strip = SIGNATURE_WIDTH_MM + _PAD_MM if signers else 0.0
    width = BODY.width_mm - 2 * _PAD_MM - strip
    build = _build_lines if section.card is CardStyle.LINES else _build_flow
    fields, shapes, bottom = build(template, section, row, width)
    height = bottom + _PAD_MM
    frame = Region(BODY.x_mm, 0.0, BODY.width_mm, height)
    head, free = _head(template, section, row)
    shapes = [Box(frame, 0.3, 60), *head, *shapes]
    places = _places(signers, height)
    for signer, region in places.items():
        shapes += draw_signature_place(template.label(f"word.{signer.value}"), region)
    if signers:
        shapes.append(_label_corrections(template))
    return Block(
        height,
        tuple(_signed(f, places) for f in fields),
        tuple(shapes),
        free,
    )


def _refuse_uncarded(template: Template, section: Section) -> None:
    for question in section.questions:
        place = f"{section.id}.{question.id}"
        if question.write_at is not None:
            raise LayoutFault(template.key, "nothing is written behind a code of a card", place)
        if section.card is CardStyle.LINES and question.kind not in CELL_KINDS:
            raise LayoutFault(template.key, "a card in lines has digits and letters only", place)


def _signed(field: FieldSpec, places: dict[Signer, Region]) -> FieldSpec:
    return replace(field, correction_signatures=places or None)


def _places(signers: tuple[Signer, ...], height_mm: float) -> dict[Signer, Region]:
    """Signature places above each other at the right edge of a card."""
    places: dict[Signer, Region] = {}
    top, caption = 5.5, 3.2
    each = min(11.0, (height_mm - top - 1.0) / max(1, len(signers)) - caption)
    for signer in signers:
        x = BODY.right_mm - SIGNATURE_WIDTH_MM - 1.0
        places[signer] = Region(x, top, SIGNATURE_WIDTH_MM - 1.0, each)
        top += each + caption
    return places


def _label_corrections(template: Template) -> Text:
    x = BODY.right_mm - SIGNATURE_WIDTH_MM - 1.0
    return Text(x, 4.2, template.label("word.correction"), _CAPTION_PT - 0.5, grey=CAPTION_GREY)


def _head(template: Template, section: Section, row: int) -> tuple[list[Shape], tuple[Region, ...]]:
    """The row's number, and a line for the name where the card does not ask for it."""
    shapes: list[Shape] = [
        Text(BODY.x_mm + _PAD_MM, 5.2, str(row), 11, bold=True),
        Text(BODY.x_mm + 9, 5.0, template.label(f"word.row_{section.group}"), 8.5),
    ]
    if any(q.lexicon for q in section.questions):
        if section.questions[0].correction_rule.signers:
            word = template.label("word.correction_cells")
            shapes.append(Text(BODY.x_mm + 46, 5.0, word, _CAPTION_PT, grey=CAPTION_GREY))
        return shapes, ()
    name = template.label("word.name")
    shapes.append(Text(BODY.x_mm + 46, 5.0, name, 8, grey=CAPTION_GREY))
    start = BODY.x_mm + 48 + measure_mm(name, 8)
    end = BODY.x_mm + (78 if section.card is CardStyle.LINES else 128)
    shapes.append(Line(start, 5.6, end, 5.6, 0.2, FAINT_GREY))
    return shapes, (Region(start, 0.3, end - start, 6.0),)


def _card_answer(question: Question) -> Answer:
    if question.kind in MARK_KINDS:
        return answer_codes(question)
    if question.kind in CELL_KINDS:
        return answer_cells(question)
    return answer_box(question, "")


def _card_height(question: Question, answer: Answer) -> float:
    if question.kind in MARK_KINDS:
        return CODE_HEIGHT_MM
    return _CELL_ROWS_MM if answer.correction_cells else answer.region.height_mm


def _build_flow(
    template: Template, section: Section, row: int, width_mm: float
) -> tuple[list[FieldSpec], list[Shape], float]:
    """Fields beside each other, broken into lines like words."""
    fields: list[FieldSpec] = []
    shapes: list[Shape] = []
    left = BODY.x_mm + _PAD_MM
    x, y, tall = left, _HEAD_MM, 0.0
    for question in section.questions:
        answer = _card_answer(question)
        caption = template.labels["ka"].get(f"short.{question.id}") or template.label(
            f"field.{question.id}"
        )
        if question.id[:1].isupper():
            caption = f"{printed_code(question.id)}  {caption}"
        if x > left and x + answer.region.width_mm > left + width_mm:
            x, y, tall = left, y + tall + 1.0, 0.0
        last = question is section.questions[-1]
        room = left + width_mm - x if last else answer.region.width_mm
        shapes += write_lines(
            wrap(caption, room, _CAPTION_PT)[:1], x, y, _CAPTION_PT, grey=CAPTION_GREY
        )
        placed = answer.moved(x, y + _CAPTION_MM)
        fields.append(field_of(question, placed, {}, (str(section.group), row)))
        shapes += placed.shapes
        tall = max(tall, _CAPTION_MM + _card_height(question, answer))
        gap = _CODES_GAP_MM if question.kind in MARK_KINDS else _FIELD_GAP_MM
        x += answer.region.width_mm + gap
    return fields, shapes, y + tall


def _build_lines(
    template: Template, section: Section, row: int, width_mm: float
) -> tuple[list[FieldSpec], list[Shape], float]:
    """One field a line, label left, cells and correction cells right."""
    fields: list[FieldSpec] = []
    shapes: list[Shape] = []
    left, y = BODY.x_mm + _PAD_MM, _HEAD_MM
    for question in section.questions:
        answer = answer_cells_in_line(question, _LINE_GAP_MM, _LINE_MM)
        x = left + width_mm - answer.extent.width_mm - _PAD_MM
        placed = answer.moved(x, y)
        label = template.label(f"field.{question.id}")
        code = question.id.rpartition("_")[2]
        lines = wrap(label, x - left - 9, _LINE_LABEL_PT)
        top = y + (_LINE_MM - min(2, len(lines)) * line_height_mm(_LINE_LABEL_PT)) / 2
        shapes += write_lines([code], left, y + 1.6, _LINE_LABEL_PT, bold=True)
        shapes += write_lines(lines[:2], left + 7, top, _LINE_LABEL_PT)
        fields.append(field_of(question, placed, {}, (str(section.group), row)))
        shapes += placed.shapes
        if question is section.questions[0] and placed.correction_cells:
            word = template.label("word.correction")
            anew = placed.correction_cells[0].x_mm
            shapes.append(Text(anew, y - 1.0, word, _CAPTION_PT - 0.5, grey=CAPTION_GREY))
        y += _LINE_MM + 0.3
    return fields, shapes, y


def build_legend(template: Template, section: Section) -> Block | None:
    """What the codes of a table's cards mean, once above the cards."""
    shapes: list[Shape] = []
    y = 0.0
    for question in section.questions:
        if question.kind not in MARK_KINDS or not _is_explained(template, question):
            continue
        title = f"{printed_code(question.id)}  {template.label(f'field.{question.id}')}"
        if not question.id[:1].isupper():
            title = template.label(f"field.{question.id}")
        for line in wrap(title, BODY.width_mm, _LEGEND_PT + 0.5, "Bold"):
            shapes += write_lines([line], BODY.x_mm, y, _LEGEND_PT + 0.5, bold=True)
            y += line_height_mm(_LEGEND_PT + 0.5)
        listed, height = _list_codes(template, question, y)
        shapes += listed
        y += height + 1.0
    return Block(y, (), tuple(shapes)) if shapes else None


def _is_explained(template: Template, question: Question) -> bool:
    """Whether the codes have a wording; in invented forms they may stand for themselves."""
    return any(f"option.{question.id}.{code}" in template.labels["ka"] for code in question.codes)


def _list_codes(template: Template, question: Question, top_mm: float) -> tuple[list[Shape], float]:
    """The codes of one question with their wording, in columns."""
    columns = 2
    width = BODY.width_mm / columns
    shapes: list[Shape] = []
    heights = [0.0] * columns
    per_column = -(-len(question.codes) // columns)
    for i, code in enumerate(question.codes):
        column = i // per_column
        x = BODY.x_mm + column * width
        lines = wrap(template.label(f"option.{question.id}.{code}"), width - 9, _LEGEND_PT)
        y = top_mm + heights[column]
        shapes += write_lines([code], x, y, _LEGEND_PT, bold=True)
        shapes += write_lines(lines, x + 6, y, _LEGEND_PT)
        heights[column] += len(lines) * line_height_mm(_LEGEND_PT)
    return shapes, max(heights)
