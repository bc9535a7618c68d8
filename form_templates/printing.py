"""Prints a form: a vector PDF for paper, and the picture the reader compares with.

Both come from the same shapes. The same template, rows, serial and values give
the same bytes: the document's date is the edition's.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import typst
from numpy.typing import NDArray

from form_templates.drawing import Box, Line, Ring, Shape, Text
from form_templates.layout import LaidPage, lay_out, lay_out_page, list_pages
from form_templates.marks import (
    CODE_REGIONS,
    MARKERS,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    PageCode,
    code_modules,
    marker_modules,
)
from form_templates.misfits import refuse_misfits
from form_templates.model import Region
from form_templates.pdf_pages import draw_pdf_page
from form_templates.placed import NotOurs, print_placed, render_placed
from form_templates.prefill import draw_values
from form_templates.specification import Template
from form_templates.typeface import FAMILIES, FONTS

PX_PER_MM = 8
"""Of pictures for the reader: its canonical frame."""
_NOTE_PLACE_MM = (86.0, 288.0)
"""At the foot, beside the edition: nothing else is printed or read there."""
_NOTE_PT = 8.0


def print_form(
    template: Template,
    rows: Mapping[str, int] | None = None,
    serials: Sequence[int] = (0,),
    values: Mapping[str, object] | None = None,
    note: str = "",
) -> bytes:
    """The form as a PDF/A-2b, one copy a serial; raises LayoutFault for what does not fit.

    A note is printed at the foot of every page: what whoever holds the paper must know.
    Of a placed form its own PDF is given, and NotOurs raised where there is none.
    """
    if template.placed:
        list_pages(template, rows)
        _refuse_additions(template, serials, values, note)
        return print_placed(template, len(serials))
    pages = lay_out(template, rows)
    refuse_misfits(template, pages)
    _refuse_strangers(pages, values or {})
    sides = [
        [*_compose(template, page, serial, values), *_write_note(note)]
        for serial in serials
        for page in pages
    ]
    return _compile_pdf(template, sides)


def render_page(
    template: Template, page: int, sheet: int, serial: int = 0, px_per_mm: float = PX_PER_MM
) -> NDArray[np.uint8]:
    """The blank page as a grey picture, height x width, at `px_per_mm`."""
    return next(render_pages(template, [(page, sheet)], serial, px_per_mm))


def render_pages(
    template: Template,
    numbers: Sequence[tuple[int, int]],
    serial: int = 0,
    px_per_mm: float = PX_PER_MM,
    values: Mapping[str, object] | None = None,
) -> Iterator[NDArray[np.uint8]]:
    """Blank pages (page, sheet) as grey pictures, height x width, at `px_per_mm`."""
    if template.placed:
        _refuse_additions(template, [serial], values, "")
        yield from render_placed(template, numbers, px_per_mm)
        return
    sides = [
        _compose(template, lay_out_page(template, page, sheet), serial, values)
        for page, sheet in numbers
    ]
    width, height = round(PAGE_WIDTH_MM * px_per_mm), round(PAGE_HEIGHT_MM * px_per_mm)
    document = _compile_pdf(template, sides)
    for side, _ in enumerate(sides, start=1):
        yield draw_pdf_page(document, side, px_per_mm)[:height, :width]


def _refuse_additions(
    template: Template, serials: Sequence[int], values: Mapping[str, object] | None, note: str
) -> None:
    """What cannot be printed on the paper of others would be lost unseen."""
    if any(serials) or values or note:
        raise NotOurs(f"{template.key}: neither numbers nor values are printed on it")


def _write_note(note: str) -> list[Shape]:
    return [Text(*_NOTE_PLACE_MM, note, _NOTE_PT, bold=True)] if note else []


def _refuse_strangers(pages: Sequence[LaidPage], values: Mapping[str, object]) -> None:
    """A value without a field would be lost unseen."""
    strangers = set(values) - {field.id for page in pages for field in page.template.fields}
    if strangers:
        raise ValueError(f"no such fields: {', '.join(sorted(strangers))}")


def _compose(
    template: Template, page: LaidPage, serial: int, values: Mapping[str, object] | None
) -> list[Shape]:
    """Everything on one side: frame, questions, prefilled values."""
    code = PageCode(template.number, page.template.page, page.template.sheet, serial)
    shapes = [*_frame(code), *page.shapes]
    if values:
        shapes += draw_values(page.template, values)
    return shapes


def _frame(code: PageCode) -> list[Shape]:
    """Corner markers and both page codes."""
    shapes: list[Shape] = []
    for number, region in MARKERS.items():
        shapes += _draw_modules(marker_modules(number), region)
    modules = code_modules(code)
    for region in CODE_REGIONS:
        shapes += _draw_modules(modules, region)
    return shapes


def _draw_modules(modules: NDArray[Any], region: Region) -> Iterable[Shape]:
    """Black modules as filled runs, a hair wider so that no seam shows."""
    rows, columns = modules.shape
    width, height = region.width_mm / columns, region.height_mm / rows
    for row in range(rows):
        dark = np.flatnonzero(modules[row] < 128)
        for run in np.split(dark, np.flatnonzero(np.diff(dark) > 1) + 1):
            if run.size:
                x = region.x_mm + float(run[0]) * width
                place = Region(x, region.y_mm + row * height, run.size * width, height + 0.01)
                yield Box(place, 0.0, 0, fill=0)


def _compile_pdf(template: Template, sides: list[list[Shape]]) -> bytes:
    day = template.key.edition
    job = {
        "title": template.label("title"),
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "families": [*FAMILIES],
        "width": PAGE_WIDTH_MM,
        "height": PAGE_HEIGHT_MM,
        "pages": [[_describe(shape) for shape in side] for side in sides],
    }
    compiler = typst.Compiler(
        Path(__file__).with_name("page.typ"),
        font_paths=typst.Fonts(False, False, [FONTS]),
        sys_inputs={"job": json.dumps(job)},
    )

    document = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=0)
    assert isinstance(document, bytes), "a PDF is one file"
    return document


def _describe(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text(x, y, text, size, bold, grey):
            return {
                "kind": "text",
                "x": x,
                "y": y,
                "text": text,
                "size": size,
                "bold": bold,
                "grey": grey,
            }
        case Line(x1, y1, x2, y2, stroke, grey):
            return {
                "kind": "line",
                "x1": x1,
                "y1": y1,
                "x2": x2,
                "y2": y2,
                "stroke": stroke,
                "grey": grey,
            }
        case Box(region, stroke, grey, fill):
            return {"kind": "box", **_place(region), "stroke": stroke, "grey": grey, "fill": fill}
        case Ring(region, stroke, grey):
            return {"kind": "ring", **_place(region), "stroke": stroke, "grey": grey}


def _place(region: Region) -> dict[str, float]:
    return {"x": region.x_mm, "y": region.y_mm, "w": region.width_mm, "h": region.height_mm}
