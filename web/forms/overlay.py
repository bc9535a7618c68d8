"""Every place of a page where something is read, as outlines to draw over its picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from form_templates.editions import join_column
from form_templates.layout import lay_out_page
from form_templates.model import FieldSpec, Region
from form_templates.specification import Template


@dataclass(frozen=True, slots=True)
class Outline:
    """A field's places, as paths in mm of the page."""

    field: str
    """With its row: `members[3].C2`."""
    question: str
    """Without: `members.C2`."""
    kind: str
    assumed: bool
    region: Region
    parts: str
    """Cells or codes."""
    corrections: str
    """Cells to write anew in, and places to sign at a correction."""


@dataclass(frozen=True, slots=True)
class OutlinedPage:
    """One side of paper with the places of all its fields."""

    page: int
    sheet: int
    width_mm: float
    height_mm: float
    outlines: Sequence[Outline]


def outline_page(template: Template, page: int, sheet: int) -> OutlinedPage:
    """The places of one side; raises LayoutFault for one that the form does not have.

    What fields share, as the signature places of a card, is drawn with the first of them.
    """
    laid = lay_out_page(template, page, sheet).template
    drawn: set[Region] = set()
    outlines = [_outline_field(field, drawn) for field in laid.fields]
    return OutlinedPage(laid.page, laid.sheet, laid.width_mm, laid.height_mm, outlines)


def _outline_field(field: FieldSpec, drawn: set[Region]) -> Outline:
    signatures = set((field.correction_signatures or {}).values())
    corrections = (*field.correction_cells, *sorted(signatures - drawn, key=Region.as_list))
    drawn |= signatures
    return Outline(
        field=field.id,
        question=join_column(field.group, field.question),
        kind=field.kind.value,
        assumed=field.assumed,
        region=field.region,
        parts=_draw((*field.cells, *(option.region for option in field.options))),
        corrections=_draw(corrections),
    )


def _draw(regions: Iterable[Region]) -> str:
    """Rectangles as one path."""
    return "".join(
        f"M{x} {y}h{width}v{height}h{-width}z"
        for x, y, width, height in (region.as_list() for region in regions)
    )
