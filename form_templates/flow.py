"""Breaks a form into pages: which blocks stand on which side of paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from form_templates.blocks import Block, rule_below, write_lines
from form_templates.cards import build_card, build_legend
from form_templates.drawing import Box, Shape
from form_templates.fitting import LayoutFault
from form_templates.marks import BODY
from form_templates.model import Region
from form_templates.paragraphs import build_paragraphs
from form_templates.questions import build_pair, build_question
from form_templates.specification import Section, Template
from form_templates.typeface import wrap

_QUESTION_GAP_MM = 2.5
_CARD_GAP_MM = 1.6
_HEADING_GAP_MM = 1.5
_HEADING_PT = 10.5
_NOTE_PT = 8.0


@dataclass(slots=True)
class Page:
    """A side of paper in the making: blocks in place and the sections they belong to."""

    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    cursor_mm: float = BODY.y_mm

    def fits(self, height_mm: float) -> bool:
        """Whether so much height is left."""
        return self.cursor_mm + height_mm <= BODY.bottom_mm + 0.01

    def put(self, block: Block, section: Section, gap_mm: float) -> None:
        """Add a block at the cursor."""
        self.blocks.append(block.moved(0.0, self.cursor_mm))
        if section not in self.sections:
            self.sections.append(section)
        self.cursor_mm += block.height_mm + gap_mm


def break_pages(template: Template) -> list[Page]:
    """The main pages of a form, each table with the rows of its own page."""
    pages: list[Page] = []
    for section in template.sections:
        page = pages[-1] if pages else None
        heading = build_heading(template, section)
        blocks = list(_blocks(template, section))
        first = heading.height_mm + _HEADING_GAP_MM + (blocks[0].height_mm if blocks else 0.0)
        whole = first + sum(b.height_mm + _CARD_GAP_MM for b in blocks[1:])
        needed = whole if section.group else first
        if page is None or section.new_page or not page.fits(needed):
            page = Page()
            pages.append(page)
        page.put(heading, section, _HEADING_GAP_MM)
        for block in blocks:
            if not page.fits(block.height_mm):
                page = Page()
                pages.append(page)
                if section.group or not page.fits(block.height_mm):
                    raise LayoutFault(template.key, "higher than a page", section.id)
            page.put(block, section, _CARD_GAP_MM if section.group else _QUESTION_GAP_MM)
    return pages


def continue_table(template: Template, section: Section, sheet: int) -> Page:
    """The continuation sheet of a table: its next rows under their own numbers."""
    page = Page()
    page.put(build_heading(template, section), section, _HEADING_GAP_MM)
    legend = build_legend(template, section)
    if legend:
        page.put(legend, section, _CARD_GAP_MM)
    start = section.rows + (sheet - 1) * section.continuation_rows
    for row in range(start + 1, start + section.continuation_rows + 1):
        card = build_card(template, section, row)
        if not page.fits(card.height_mm):
            raise LayoutFault(template.key, "a sheet is higher than a page", section.id)
        page.put(card, section, _CARD_GAP_MM)
    return page


def _blocks(template: Template, section: Section) -> Iterator[Block]:
    """The blocks of a section in order: cards of a table, else questions and pairs."""
    yield from build_paragraphs(template, section)
    if section.group:
        legend = build_legend(template, section)
        if legend:
            yield legend
        for row in range(1, section.rows + 1):
            yield build_card(template, section, row)
        return
    questions = list(section.questions)
    while questions:
        question, others = questions.pop(0), []
        while questions and questions[0].write_at is not None:
            others.append(questions.pop(0))
        pair = None
        if questions and questions[0].beside and not others:
            pair = build_pair(template, question, questions[0])
        if pair:
            questions.pop(0)
        yield _underline(pair or build_question(template, question, *others))


def _underline(block: Block) -> Block:
    """The block with a hairline below, so that the eye keeps to its question."""
    height = block.height_mm + 1.2
    return Block(height, block.fields, (*block.shapes, rule_below(height)), block.free)


def build_heading(template: Template, section: Section) -> Block:
    """The section's title on a grey bar, and its note."""
    bar = Region(BODY.x_mm, 0.0, BODY.width_mm, 6.6)
    title = template.label(f"section.{section.id}")
    shapes: list[Shape] = [
        Box(bar, 0.0, 255, fill=228),
        *write_lines(
            wrap(title, BODY.width_mm - 6, _HEADING_PT, "Bold")[:1],
            BODY.x_mm + 2,
            1.1,
            _HEADING_PT,
            bold=True,
        ),
    ]
    note = template.labels["ka"].get(f"note.{section.id}")
    lines = wrap(note, BODY.width_mm - 4, _NOTE_PT) if note else []
    shapes += write_lines(lines, BODY.x_mm + 2, bar.height_mm + 0.8, _NOTE_PT, grey=70)
    return Block(bar.height_mm + (0.8 + len(lines) * 3.7 if lines else 0.0), (), tuple(shapes))
