"""Shows an edition as the reader sees it: the print with every place drawn over it."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from PIL import Image

from form_templates.fitting import LayoutFault
from form_templates.layout import LaidPage
from form_templates.model import FieldSpec, Region
from form_templates.parts import Part, Use, list_parts, list_parts_of
from form_templates.placed import NotOurs
from form_templates.printing import print_form, render_pages
from form_templates.specification import Template
from form_templates.typeface import FAMILIES, FONTS
from form_templates.whole_form import count_rows, lay_out_whole

COLOURS = {
    Use.CODE: "#0b6e3b",
    Use.CELL: "#1d4fb8",
    Use.TEXT: "#7a1fa2",
    Use.SIGNATURE: "#c25400",
    Use.CORRECTION_CELL: "#00828f",
    Use.CORRECTION_SIGNATURE: "#b3134b",
    Use.NAME: "#5f6368",
}
"""Dark enough for words on white, and apart from each other in grey as well as they can be."""
_EXPLAINED = {Use.TEXT: ": an answer in words", Use.NAME: ": not read"}
"""What the legend says besides of the two places that look alike on paper."""
_PAPER, _DRAWING = "paper.pdf", "preview.typ"


def preview_form(template: Template) -> bytes:
    """A PDF of every page that is unlike the others, with the places over it and a legend."""
    with TemporaryDirectory() as folder:
        room = Path(folder)
        pages = lay_out_whole(template)
        files = _write_paper(template, pages, room)
        job = {
            "title": str(template.key),
            "families": [*FAMILIES],
            "colours": {use.value: colour for use, colour in COLOURS.items()},
            "legend": {use.value: use.value + _EXPLAINED.get(use, "") for use in COLOURS},
            "pages": [
                {**_describe(template, page), "file": file, "number": number}
                for page, (file, number) in zip(pages, files, strict=True)
            ],
        }
        (room / "job.json").write_text(json.dumps(job), "utf-8")
        source = room / _DRAWING
        shutil.copy(Path(__file__).with_name(_DRAWING), source)
        compiler = typst.Compiler(source, font_paths=typst.Fonts(False, False, [FONTS]))
        document = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(document, bytes), "a PDF is one file"
    return document


def _write_paper(
    template: Template, pages: tuple[LaidPage, ...], room: Path
) -> list[tuple[str, int]]:
    """File and page number of the print of each page.

    A form without a PDF gives pictures, and so does one that would not be printed: whoever
    writes it wants to see why.
    """
    try:
        (room / _PAPER).write_bytes(print_form(template, count_rows(template)))
    except (NotOurs, LayoutFault):
        return [(_write_picture(template, page, room), 1) for page in pages]
    return [(_PAPER, number) for number in range(1, len(pages) + 1)]


def _write_picture(template: Template, page: LaidPage, room: Path) -> str:
    side = (page.template.page, page.template.sheet)
    picture = next(iter(render_pages(template, [side])))
    file = f"page{side[0]}.png"
    Image.fromarray(picture).save(room / file)
    return file


def _describe(template: Template, page: LaidPage) -> dict[str, Any]:
    laid = page.template
    return {
        "name": f"{template.key}, page {laid.page}" + (f", sheet {laid.sheet}" * (laid.sheet > 1)),
        "width": laid.width_mm,
        "height": laid.height_mm,
        "parts": [_describe_part(part) for part in list_parts(laid)],
        "fields": [_describe_field(field) for field in laid.fields],
    }


def _describe_part(part: Part) -> dict[str, Any]:
    return {"use": part.use.value, "name": part.name, **_place(part.region)}


def _describe_field(field: FieldSpec) -> dict[str, Any]:
    """The whole answer, named and coloured as the places in it are."""
    first = next(list_parts_of(field))
    return {"use": first.use.value, "name": field.id, **_place(field.region)}


def _place(region: Region) -> dict[str, float]:
    return {"x": region.x_mm, "y": region.y_mm, "w": region.width_mm, "h": region.height_mm}
