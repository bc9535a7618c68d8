"""Values known before the visit, printed into their fields."""

from collections.abc import Callable, Iterator, Mapping

from form_templates.blocks import line_height_mm, write_lines
from form_templates.drawing import Line, Ring, Shape, Text
from form_templates.model import CELL_KINDS, MARK_KINDS, FieldSpec, Kind, Region, TemplatePage
from form_templates.typeface import measure_mm, wrap

_CELL_PT = 12.0
_TEXT_PT = 11.0
_SMALLER_PT = (10.0, 9.0, 8.0)
_INSET_MM = 2.0
_CROSS_MM = 0.5
_NAME_PT = 9.0
_NAME = "first_name"
"""The column of a table whose value is repeated at the head of the row's other cards."""


def draw_values(page: TemplatePage, values: Mapping[str, object]) -> list[Shape]:
    """The shapes of all values whose fields stand on this page.

    Values are given as the reader gives them back: characters for cells and
    text, a code or a list of codes for marks.
    """
    shapes: list[Shape] = []
    for field in page.fields:
        if field.id in values:
            shapes += _draw_value(field, values[field.id])
    return [*shapes, *_draw_names(page, values)]


def _draw_names(page: TemplatePage, values: Mapping[str, object]) -> Iterator[Text]:
    """The name of each row on the line that a card has for it; nobody reads it."""
    for line in page.free:
        rows = [f for f in page.fields if f.row and f.region.y_mm > line.y_mm]
        first = min(rows, key=lambda field: field.region.y_mm, default=None)
        name = values.get(f"{first.group}[{first.row}].{_NAME}") if first else None
        if name:
            width = measure_mm(str(name), _NAME_PT)
            size = _NAME_PT * min(1.0, (line.width_mm - 1.0) / width)
            yield Text(line.x_mm + 0.5, line.bottom_mm - 1.5, str(name), size)


def _draw_value(field: FieldSpec, value: object) -> list[Shape]:
    if field.kind in MARK_KINDS:
        codes = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
        if not {o.code for o in field.options}.issuperset(codes):
            raise ValueError(f"{field.id} has no code {value!r}")
        marked = (o.region for o in field.options if o.code in codes)
        return [shape for region in marked for shape in _MARKS[field.kind](region)]
    if field.kind in CELL_KINDS:
        return _draw_characters(field, str(value))
    if field.kind is Kind.TEXT:
        return place_text(field, str(value))
    return []


def _circle_code(region: Region) -> list[Shape]:
    return [Ring(region.grown(-0.9))]


def _cross_box(region: Region) -> list[Shape]:
    x = region.grown(-0.9)
    return [
        Line(x.x_mm, x.y_mm, x.right_mm, x.bottom_mm, _CROSS_MM),
        Line(x.x_mm, x.bottom_mm, x.right_mm, x.y_mm, _CROSS_MM),
    ]


def _fill_ring(region: Region) -> list[Shape]:
    """A disc, drawn as a ring so thick that it closes."""
    radius = region.width_mm / 2 - 0.3
    return [Ring(region.grown(radius / 2 - region.width_mm / 2), radius)]


_MARKS: dict[Kind, Callable[[Region], list[Shape]]] = {
    Kind.CIRCLE: _circle_code,
    Kind.CHECK: _cross_box,
    Kind.BUBBLE: _fill_ring,
}


def place_text(field: FieldSpec, text: str) -> list[Shape]:
    """The text on one line, or on several where its box is high enough; read in the same places.

    Raises ValueError where the box has no room for it.
    """
    region = field.region
    width = region.width_mm - 2 * _INSET_MM
    if measure_mm(text, _TEXT_PT) <= width:
        return [Text(region.x_mm + _INSET_MM, region.bottom_mm - 3, text, _TEXT_PT)]
    for size in _SMALLER_PT:
        lines = wrap(text, width, size)
        fits = max(measure_mm(line, size) for line in lines) <= width
        if fits and len(lines) * line_height_mm(size) <= region.height_mm - 1:
            return write_lines(lines, region.x_mm + _INSET_MM, region.y_mm + 0.5, size)
    raise ValueError(f"{field.id} has no room for {text!r}")


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
