"""Running text under the heading of a section: what whoever signs is told."""

from collections.abc import Iterator

from form_templates.blocks import LABEL_PT, Block, line_height_mm, write_lines
from form_templates.marks import BODY
from form_templates.specification import Role, Section, Template
from form_templates.typeface import wrap

_INDENT_MM = 2.0
_SEPARATOR_PT = 16.0
_WIDTH_MM = BODY.width_mm - 2 * _INDENT_MM


def build_paragraphs(template: Template, section: Section) -> Iterator[Block]:
    """Each paragraph of a section as a block of its own; of a separator to be seen from afar."""
    size = _SEPARATOR_PT if template.role is Role.SEPARATOR else LABEL_PT
    for number in range(1, section.paragraphs + 1):
        text = template.label(f"text.{section.id}.{number}")
        lines = wrap(text, _WIDTH_MM, size)
        shapes = write_lines(lines, BODY.x_mm + _INDENT_MM, 0.0, size)
        yield Block(len(lines) * line_height_mm(size), (), tuple(shapes))
