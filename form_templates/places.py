"""Where the questions of somebody else's form stand: the places a template file gives.

A placed form names the millimetres itself. What stands in even rows is given once,
as the first place and the step to the next; a question that comes back again and
again (one bubble row a task) is written once, with the step to its next appearance.
"""

from collections.abc import Iterator
from dataclasses import replace

from form_templates.errors import MisfitAnswer, MissingKey, TemplateFault, WrongValue
from form_templates.fields import place_question
from form_templates.limits import LEAST_ANCHORS, LEAST_PAGE_MM, MOST_REPEATS
from form_templates.model import CELL_KINDS, MARK_KINDS, FieldSpec, Option, Region, enclose
from form_templates.specification import (
    Anchor,
    AnchorKind,
    Place,
    PlacedPage,
    Question,
    Template,
)
from form_templates.toml_table import LONGEST_MM, TomlTable

_A_PAGE = PlacedPage(210.0, 297.0)
"""Stands in for a page that cannot be understood, so that the form stays a placed one."""


def read_pages(table: TomlTable) -> tuple[PlacedPage, ...]:
    """The `[[pages]]` of a placed form; none of a form that the layout breaks into pages."""
    if not table.has("pages"):
        return ()
    return tuple(_read_pages(table)) or (_A_PAGE,)


def _read_pages(table: TomlTable) -> Iterator[PlacedPage]:
    """The pages, or one that stands in for each that is wrong."""
    if table.values["pages"] == []:
        table.report(_wrong(table, "pages", table.values.pop("pages"), "tables [[pages]]"))
        return
    for entry in table.take_tables("pages", ""):
        try:
            yield _read_page(entry)
        except TemplateFault as fault:
            table.report(fault)
            yield _A_PAGE


def _read_page(table: TomlTable) -> PlacedPage:
    page = PlacedPage(
        width_mm=_take_side(table, "width_mm"),
        height_mm=_take_side(table, "height_mm"),
        blank=table.take_optional_text("blank"),
        blank_page=table.take_count("blank_page", 1),
        anchors=tuple(_read_anchor(t) for t in _take_anchors(table)),
    )
    table.refuse_rest()
    if page.blank_page < 1:
        raise _wrong(table, "blank_page", page.blank_page, "a page of the blank, from 1")
    if page.blank is None and len(page.anchors) < LEAST_ANCHORS:
        wanted = f"{len(page.anchors)} anchors; name the blank, or at least {LEAST_ANCHORS} anchors"
        raise MissingKey(table.file, table.key("blank"), wanted)
    return page


def _take_anchors(table: TomlTable) -> Iterator[TomlTable]:
    has = table.has("anchors")
    return table.take_tables("anchors", f"{table.place}.") if has else iter(())


def _take_side(table: TomlTable, name: str) -> float:
    if not table.has(name):
        raise MissingKey(table.file, table.key(name))
    return table.take_length(name, LEAST_PAGE_MM) or LEAST_PAGE_MM


def _read_anchor(table: TomlTable) -> Anchor:
    kind = table.take_choice("kind", AnchorKind, None)
    anchor = Anchor(kind, _take_region(table, "region"))
    table.refuse_rest()
    return anchor


def read_questions(table: TomlTable, question: Question) -> tuple[Question, ...]:
    """The question in its place, as often as the form repeats it.

    A question of a flowing form has no keys of a place and comes back as it is.
    """
    if not table.has("page"):
        return (question,)
    placed = replace(question, place=_read_place(table, question))
    return tuple(_repeat(table, placed)) if table.has("repeat") else (placed,)


def _read_place(table: TomlTable, question: Question) -> Place:
    """Page and regions; codes and cells have one place each, a box has one."""
    page = table.take_count("page")
    if question.kind not in MARK_KINDS | CELL_KINDS:
        return Place(page, _take_region(table, "region"))
    wanted = len(question.codes) if question.kind in MARK_KINDS else sum(question.cells)
    parts = _take_places(table) if table.has("places") else _take_row(table, wanted)
    if len(parts) != wanted or not parts:
        raise MisfitAnswer(table.file, table.key("places"), f"{len(parts)} places for {wanted}")
    return Place(page, enclose(parts), parts)


def _take_row(table: TomlTable, count: int) -> tuple[Region, ...]:
    """Places in an even row: the first, and the step from each to the next."""
    first = _take_region(table, "first")
    across, down = _take_numbers(table, "step_mm", 2) if count > 1 else (0.0, 0.0)
    return tuple(first.moved(across * n, down * n) for n in range(count))


def _repeat(table: TomlTable, question: Question) -> Iterator[Question]:
    """The same question over and over, numbered; its wording is written once."""
    count, start = table.take_count("repeat"), table.take_count("repeat_from", 1)
    if not 1 <= count <= MOST_REPEATS:
        raise WrongValue(table.file, table.key("repeat"), f"{count}; wanted: 1 to {MOST_REPEATS}")
    across, down = _take_numbers(table, "repeat_step_mm", 2)
    assert question.place is not None
    for n in range(count):
        place = _move(question.place, across * n, down * n)
        yield replace(question, id=f"{question.id}{start + n}", place=place, base=question.id)


def _move(place: Place, dx_mm: float, dy_mm: float) -> Place:
    parts = tuple(part.moved(dx_mm, dy_mm) for part in place.parts)
    return Place(place.page, place.region.moved(dx_mm, dy_mm), parts)


def _take_region(table: TomlTable, name: str) -> Region:
    return _as_region(table, name, _take_numbers(table, name, 4))


def _take_places(table: TomlTable) -> tuple[Region, ...]:
    entries = _take(table, "places")
    if not isinstance(entries, list):
        raise _wrong(table, "places", entries, "[[x, y, width, height], ...] in mm")
    numbers = [_as_numbers(table, "places", entry, 4) for entry in entries]
    return tuple(_as_region(table, "places", entry) for entry in numbers)


def _as_region(table: TomlTable, name: str, numbers: tuple[float, ...]) -> Region:
    try:
        return Region(*numbers)
    except ValueError as error:
        raise _wrong(table, name, list(numbers), "a width and a height above 0") from error


def _take_numbers(table: TomlTable, name: str, count: int) -> tuple[float, ...]:
    return _as_numbers(table, name, _take(table, name), count)


def _as_numbers(table: TomlTable, name: str, value: object, count: int) -> tuple[float, ...]:
    numbers = value if isinstance(value, list) else []
    if len(numbers) != count or not all(map(_is_length, numbers)):
        wanted = "[x, y, width, height] in mm" if count == 4 else "[dx, dy] in mm"
        raise _wrong(table, name, value, f"{wanted}, none above {LONGEST_MM:g}")
    return tuple(float(v) for v in numbers)


def _is_length(value: object) -> bool:
    """Whether a number is one that paper may have; a step may go back."""
    return isinstance(value, int | float) and type(value) is not bool and abs(value) <= LONGEST_MM


def _take(table: TomlTable, name: str) -> object:
    if not table.has(name):
        raise MissingKey(table.file, table.key(name))
    return table.values.pop(name)


def _wrong(table: TomlTable, name: str, value: object, wanted: str) -> WrongValue:
    return WrongValue(table.file, table.key(name), f"{value!r}; wanted: {wanted}")


def place_fields(template: Template, page: int) -> tuple[FieldSpec, ...]:
    """The fields on one page of a placed form, in the form's order."""
    return tuple(
        _as_field(question, question.place)
        for _, question in template.questions()
        if question.place is not None and question.place.page == page
    )


def _as_field(question: Question, place: Place) -> FieldSpec:
    marked = question.kind in MARK_KINDS
    options = zip(question.codes, place.parts, strict=True) if marked else ()
    return place_question(
        question,
        place.region,
        cells=() if marked else place.parts,
        options=tuple(Option(code, region) for code, region in options),
    )
