"""A warning on the screen, with the fields that it speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from web.documents.findings import ShownFinding
from web.review.field_words import word_value
from web.review.open_work import OpenWork
from web.review.questions import FieldName, find_asked, name_field
from web.review.shown_paper import ShownPaper, show_page, show_reading
from web.review.station import show_findings
from workflow.cases.doubts import Doubt
from workflow.reading.rows import unwrap_value
from workflow.store.decisions import ReadField
from workflow.store.documents import find_page, find_reading

_MOST_FIELDS = 6


@dataclass(frozen=True, slots=True)
class NamedField:
    """A field that a warning speaks of."""

    name: FieldName
    words: str
    """What it says as things stand."""
    url: str
    """Where it can be corrected."""
    paper: ShownPaper


@dataclass(frozen=True, slots=True)
class LookView:
    """All that the page of one warning shows."""

    code: str
    field: str
    """Empty where it is about the whole."""
    findings: tuple[ShownFinding, ...]
    fields: tuple[NamedField, ...]
    paper: ShownPaper | None
    """The page of the first field; the first page where it names none."""
    done: bool


def view_look(work: OpenWork, doubt: Doubt, language: str) -> LookView:
    """The page of one warning."""
    reads = list(_list_named(work, doubt))[:_MOST_FIELDS]
    fields = tuple(_show_field(work, read, language) for read in reads)
    return LookView(
        code=doubt.codes[0],
        field=doubt.field or "",
        findings=show_findings(work, doubt, language),
        fields=fields,
        paper=fields[0].paper if fields else _show_first_page(work),
        done=doubt not in work.tasks,
    )


def _list_named(work: OpenWork, doubt: Doubt) -> Iterator[ReadField]:
    """The fields that the findings name, each once."""
    names = [doubt.field or ""]
    for row in work.findings:
        if row.field == doubt.field and row.code in doubt.codes:
            for value in row.parameters.values():
                names += value if isinstance(value, list) else [value]
    for name in dict.fromkeys(names):
        if name in work.decided.reads:
            yield work.decided.reads[name]


def _show_field(work: OpenWork, read: ReadField, language: str) -> NamedField:
    template, reading = work.template, find_reading(work.session, read.reading_id)
    asked, settled = find_asked(template, read.field), work.decided.settled.get(read.field)
    value = settled.value if settled else unwrap_value(reading.value)
    return NamedField(
        name=name_field(template, read.field, language),
        words=word_value(template, asked, value, language) if asked else "",
        url=url_for("review.work", document_id=work.document.id, field=read.field),
        paper=show_reading(find_page(work.session, read.page_id), reading),
    )


def _show_first_page(work: OpenWork) -> ShownPaper | None:
    read = next(iter(work.decided.reads.values()), None)
    if read is None:
        return None
    reading = find_reading(work.session, read.reading_id)
    return show_page(find_page(work.session, read.page_id), reading)
