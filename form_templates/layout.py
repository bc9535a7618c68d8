"""Places a template's questions on pages, in mm; the same for printer and reader.

Main pages are numbered from 1 in the order of the form. Behind them each table
has one more page number for its continuation sheets, counted by `sheet`: page
and sheet alone say what stands on a side of paper, however many rows were printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from form_templates.blocks import (
    CAPTION_GREY,
    CAPTION_PT,
    CELL_GREY,
    line_height_mm,
    write_lines,
)
from form_templates.drawing import Box, Shape, Text
from form_templates.fitting import LayoutFault
from form_templates.flow import Page, break_pages, continue_table
from form_templates.limits import MOST_ROWS
from form_templates.marks import PAGE_HEIGHT_MM, PAGE_WIDTH_MM
from form_templates.model import (
    Cardinality,
    FieldSpec,
    Format,
    Kind,
    Region,
    TemplatePage,
)
from form_templates.placed import lay_out_placed
from form_templates.specification import Section, Template
from form_templates.typeface import wrap

HEADER = Region(22.0, 9.0, 134.0, 24.0)
FOOT_SIGNATURE = Region(112.0, 265.5, 74.0, 13.5)
HINT = Region(52.0, 264.5, 59.0, 21.8)
TITLE_PT, ACT_PT = 13.0, 7.5
MOST_HEAD_LINES = 2
"""Of the title and of the act each: more would run into the number of the page."""
_HINT_SIZES_PT = (8.5, 8.0, 7.5, 7.0, 6.5)
_HINT_GREY = 60


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page with everything printed on it but markers and page code."""

    template: TemplatePage
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The main pages of a form and the page number of each table's continuation."""

    main: tuple[Page, ...]
    continuation: Mapping[int, Section]


_plans: dict[int, tuple[Template, Plan]] = {}


def plan_pages(template: Template) -> Plan:
    """Break a template into pages; kept for as long as the program runs."""
    known = _plans.get(id(template))
    if known and known[0] is template:
        return known[1]
    main = tuple(break_pages(template))
    tables = [s for s in template.sections if s.group]
    plan = Plan(main, {len(main) + i: table for i, table in enumerate(tables, start=1)})
    _plans[id(template)] = (template, plan)
    return plan


def lay_out(template: Template, rows: Mapping[str, int] | None = None) -> tuple[LaidPage, ...]:
    """All pages to print, continuation sheets behind the page that they continue.

    Raises LayoutFault for a table that the form does not have and for row counts
    outside 1 to MOST_ROWS.
    """
    return tuple(lay_out_page(template, *number) for number in list_pages(template, rows))


def list_pages(
    template: Template, rows: Mapping[str, int] | None = None
) -> tuple[tuple[int, int], ...]:
    """Page and sheet numbers of a form with so many rows, in print order."""
    wanted = {**template.default_rows, **(rows or {})}
    _check_rows(template, wanted)
    if template.placed:
        return tuple((page, 1) for page in range(1, len(template.pages) + 1))
    plan = plan_pages(template)
    numbers: list[tuple[int, int]] = []
    for number, page in enumerate(plan.main, start=1):
        numbers.append((number, 1))
        for continuation, table in plan.continuation.items():
            if table in page.sections:
                sheets = _count_sheets(table, wanted)
                numbers += [(continuation, sheet) for sheet in range(1, sheets + 1)]
    return tuple(numbers)


def lay_out_page(template: Template, page: int, sheet: int) -> LaidPage:
    """One side of paper; raises LayoutFault for a page that the form does not have."""
    if template.placed:
        return LaidPage(lay_out_placed(template, page, sheet), ())
    plan = plan_pages(template)
    if 1 <= page <= len(plan.main) and sheet == 1:
        draft = plan.main[page - 1]
    elif page in plan.continuation and 1 <= sheet <= MOST_ROWS:
        draft = continue_table(template, plan.continuation[page], sheet)
    else:
        raise LayoutFault(template.key, f"there is no page {page}, sheet {sheet}")
    shapes = [s for block in draft.blocks for s in block.shapes]
    fields = [f for block in draft.blocks for f in block.fields]
    shapes += _head(template, page, sheet, plan)
    signature = _foot_signature(template, draft, page, sheet)
    if signature:
        fields.append(signature)
        shapes += _draw_foot(template, signature.region)
    free = tuple(r for block in draft.blocks for r in block.free)
    laid = TemplatePage(page, sheet, PAGE_WIDTH_MM, PAGE_HEIGHT_MM, tuple(fields), free)
    return LaidPage(laid, tuple(shapes))


def _check_rows(template: Template, wanted: Mapping[str, int]) -> None:
    tables = {s.group for s in template.sections if s.group}
    for group, count in wanted.items():
        if group not in tables:
            raise LayoutFault(template.key, f"there is no table {group}")
        if not 1 <= count <= MOST_ROWS:
            raise LayoutFault(template.key, f"{group}={count}: a table has 1 to {MOST_ROWS} rows")


def _count_sheets(table: Section, wanted: Mapping[str, int]) -> int:
    beyond = wanted.get(str(table.group), table.rows) - table.rows
    return max(0, -(-beyond // table.continuation_rows))


def _head(template: Template, page: int, sheet: int, plan: Plan) -> list[Shape]:
    """Title, act and page number in the head of a page."""
    title = wrap(template.label("title"), HEADER.width_mm, TITLE_PT, "Bold")
    shapes = write_lines(title, HEADER.x_mm, HEADER.y_mm, TITLE_PT, bold=True)
    top = HEADER.y_mm + len(title) * 6.0 + 0.5
    act = wrap(template.label("act"), HEADER.width_mm, ACT_PT)[:MOST_HEAD_LINES]
    shapes += write_lines(act, HEADER.x_mm, top, ACT_PT, grey=CAPTION_GREY)
    place = f"{template.label('word.page')} {page} / {len(plan.main)}"
    if page > len(plan.main):
        table = plan.continuation[page].id
        word = template.label("word.sheet")
        place = f"{word} {table}/{sheet}" if table[:1].isupper() else f"{word} {sheet}"
    bottom = HEADER.bottom_mm - 4.0
    shapes += write_lines([place], HEADER.x_mm, bottom, 9, bold=True)
    if page == 1:
        shapes += _write_hint(template.label("word.fill_hint"))
    edition = f"{template.key.form} {template.key.edition.isoformat()}"
    shapes.append(Text(52.0, 288.0, edition, 6, grey=CAPTION_GREY))
    return shapes


def _write_hint(wording: str) -> list[Shape]:
    """How the form is filled, beside the lower code, as large as the room allows."""
    for size in _HINT_SIZES_PT:
        lines = wrap(wording, HINT.width_mm, size)
        if len(lines) * line_height_mm(size) <= HINT.height_mm:
            break
    most = int(HINT.height_mm / line_height_mm(size))
    return write_lines(lines[:most], HINT.x_mm, HINT.y_mm, size, grey=_HINT_GREY)


def _foot_signature(template: Template, draft: Page, page: int, sheet: int) -> FieldSpec | None:
    """The signature at the foot of a leaf that holds blocks A to E (art. 11(5))."""
    section = next((s for s in draft.sections if s.foot_signature), None)
    if not section:
        return None
    return FieldSpec(
        id=f"foot_signature.p{page}s{sheet}",
        question="foot_signature",
        kind=Kind.SIGNATURE,
        cardinality=Cardinality.ONE,
        required=True,
        format=Format.PLAIN,
        decimals=0,
        group=None,
        row=None,
        region=FOOT_SIGNATURE,
        law=template.foot_signature_law,
    )


def _draw_foot(template: Template, region: Region) -> list[Shape]:
    caption = template.label("word.foot_signature")
    lines = wrap(caption, region.width_mm, CAPTION_PT)[:2]
    return [
        Box(region, 0.25, CELL_GREY),
        *write_lines(lines, region.x_mm, region.bottom_mm + 0.4, CAPTION_PT, grey=CAPTION_GREY),
    ]
