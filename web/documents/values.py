"""What a document says, section by section, as people read it."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading
from validation.rows import RowUse, find_rows, find_use
from validation.typed_values import Typed, type_values
from web.documents.value_words import write_meaning, write_raw
from web.review.questions import FieldName, find_asked, name_field
from workflow.cases.form_fields import Order, find_field


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field: what stands on the paper, and how surely."""

    id: str
    section: str
    name: FieldName
    raw: str
    """What was read, as it stands."""
    meaning: str
    """What it stands for: the wording of a code, a day."""
    confidence: int
    """In whole percent, rounded down."""
    state: str
    by_person: bool
    """A person's decision stands, not the program's reading."""
    by_register: bool
    """The program was not sure; the civil register has it as it was read."""
    hidden: bool
    """The reader may be asked to enter it: nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class ShownCard:
    """The fields of one row of a table; or all fields of a section without tables."""

    title: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One section of the form."""

    title: str
    cards: tuple[ShownCard, ...]


def list_sections(
    template: Template,
    document: DocumentReading,
    decided: Container[str],
    language: str,
    confirmed: Container[str] = (),
    hidden: Container[str] = (),
) -> list[ShownSection]:
    """The fields of all rows in use, in the order of the form.

    `decided` names the fields that people have decided, `confirmed` those that the civil
    register has as they were read, and of which nobody has said anything; of the `hidden`
    ones nothing is told.
    """

    def find_order(reading: FieldReading) -> Order:
        return find_field(template, reading.id).order

    rows, typed = find_rows(template, document), type_values(template, document).values
    shown = [
        _hide_field(template, reading, language)
        if reading.id in hidden
        else _show_field(
            template,
            reading,
            typed.get(reading.id),
            language,
            by_person=reading.id in decided,
            by_register=reading.id in confirmed,
        )
        for reading in sorted(document.fields.values(), key=find_order)
        if find_use(reading, rows) is not RowUse.UNUSED
    ]
    sections = groupby(shown, key=lambda field: field.section)
    return [ShownSection(title, tuple(_split_cards(fields))) for title, fields in sections]


def _split_cards(fields: Iterable[ShownField]) -> Iterator[ShownCard]:
    for row, part in groupby(fields, key=lambda field: field.name.row):
        yield ShownCard(row, tuple(part))


def _show_field(
    template: Template,
    reading: FieldReading,
    typed: Typed | None,
    language: str,
    *,
    by_person: bool,
    by_register: bool,
) -> ShownField:
    name = name_field(template, reading.id, language)
    return ShownField(
        id=reading.id,
        section=_name_section(template, reading, name),
        name=name,
        raw=write_raw(template, reading.id, reading.value),
        meaning=write_meaning(template, reading.id, typed, language),
        confidence=int(reading.confidence * 100),
        state=reading.state.value,
        by_person=by_person,
        by_register=by_register,
        hidden=False,
    )


def _hide_field(template: Template, reading: FieldReading, language: str) -> ShownField:
    """A field of which only the name is told."""
    name = name_field(template, reading.id, language)
    section = _name_section(template, reading, name)
    return ShownField(
        reading.id, section, name, "", "", 0, "", by_person=False, by_register=False, hidden=True
    )


def _name_section(template: Template, reading: FieldReading, name: FieldName) -> str:
    asked = find_asked(template, reading.id)
    return name.label if asked and asked.page else name.section
