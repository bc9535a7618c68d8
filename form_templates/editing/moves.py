"""Where answers stand elsewhere on the paper of a newer edition, told section by section."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from form_templates.editing.changes import Change, Difference, ReadingEffect, RulesEffect, Subject
from form_templates.editions import index_questions, join_column
from form_templates.layout import lay_out, list_pages
from form_templates.model import FieldSpec
from form_templates.specification import Template


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """Where a question stands on paper; of a table's column where its first row does."""

    page: int
    regions: tuple[tuple[float, ...], ...]
    """All that belongs to it, to a hundredth of a mm."""


def compare_places(old: Template, new: Template) -> Iterator[Difference]:
    """Sections whose answers stand elsewhere, and another number of pages."""
    pages, more = (str(len(list_pages(side))) for side in (old, new))
    if pages != more:
        effects = ReadingEffect.ELSEWHERE, RulesEffect.NONE
        yield Difference(Subject.FORM, "", "title", Change.PAGES, *effects, pages, more)
    before, after = find_places(old), find_places(new)
    asked_now = index_questions(new)
    for section in new.sections:
        moved = [
            id_
            for id_, asked in asked_now.items()
            if asked.section is section and id_ in before and before[id_] != after[id_]
        ]
        if moved:
            yield _tell_places(section.id, moved, before, after)


def find_places(template: Template) -> dict[str, QuestionPlace]:
    """Question -> where it stands."""
    places: dict[str, QuestionPlace] = {}
    for page in lay_out(template):
        for field in page.template.fields:
            place = QuestionPlace(page.template.page, _take_regions(field))
            places.setdefault(join_column(field.group, field.question), place)
    return places


def _tell_places(
    section: str,
    moved: list[str],
    before: Mapping[str, QuestionPlace],
    after: Mapping[str, QuestionPlace],
) -> Difference:
    return Difference(
        Subject.SECTION,
        section,
        f"section.{section}",
        Change.PLACES,
        ReadingEffect.ELSEWHERE,
        RulesEffect.NONE,
        _list_numbers(before[id_].page for id_ in moved),
        _list_numbers(after[id_].page for id_ in moved),
        questions=tuple(moved),
    )


def _take_regions(field: FieldSpec) -> tuple[tuple[float, ...], ...]:
    options = (option.region for option in field.options)
    signatures = (field.correction_signatures or {}).values()
    regions = (field.region, *field.cells, *options, *field.correction_cells, *signatures)
    return tuple(tuple(region.as_list()) for region in regions)


def _list_numbers(pages: Iterable[int]) -> str:
    return ", ".join(str(page) for page in sorted(set(pages)))
