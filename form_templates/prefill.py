"""Values known before the visit, printed into their fields."""

from collections.abc import Mapping

from form_templates.drawing import Ring, Shape, Text
from form_templates.model import CELL_KINDS, MARK_KINDS, FieldSpec, Kind, Region, TemplatePage
from form_templates.typeface import measure_mm

_CELL_PT = 12.0
_TEXT_PT = 11.0


def draw_values(page: TemplatePage, values: Mapping[str, object]) -> list[Shape]:
    """The shapes of all values whose fields stand on this page.

    Values are given as the reader gives them back: characters for cells and
    text, a code or a list of codes for marks.
    """
    shapes: list[Shape] = []
    for field in page.fields:
        if field.id in values:
            shapes += _draw_value(field, values[field.id])
    return shapes


def _draw_value(field: FieldSpec, value: object) -> list[Shape]:
    if field.kind in MARK_KINDS:
        codes = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
        if not {o.code for o in field.options}.issuperset(codes):
            raise ValueError(f"{field.id} has no code {value!r}")
        return [Ring(o.region.grown(-0.9)) for o in field.options if o.code in codes]
    if field.kind in CELL_KINDS:
        return _draw_characters(field, str(value))
    if field.kind is Kind.TEXT:
        return [Text(field.region.x_mm + 2, field.region.bottom_mm - 3, str(value), _TEXT_PT)]
    return []


def _draw_characters(field: FieldSpec, characters: str) -> list[Shape]:
    """One character a cell; a blank leaves its cell empty."""
    if len(characters) > len(field.cells):
        raise ValueError(f"{field.id} has {len(field.cells)} cells, not {len(characters)}")
    pairs = zip(field.cells, characters, strict=False)
    return [place_character(cell, one) for cell, one in pairs if not one.isspace()]


def place_character(cell: Region, character: str) -> Text:
    """A printed character in its cell; the reader looks for it in the same place."""
    x = cell.x_mm + (cell.width_mm - measure_mm(character, _CELL_PT)) / 2
    return Text(x, cell.bottom_mm - 2.0, character, _CELL_PT)
