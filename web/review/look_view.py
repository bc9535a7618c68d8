"""A warning on the screen, with the fields that it speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from web.documents.findings import ShownFinding
from web.review.field_words import word_entry, word_value
from web.review.open_work import OpenWork
from web.review.questions import FieldName, find_asked, name_field
from web.review.shown_paper import ShownPaper, show_page, show_reading
from web.review.station import show_findings
from workflow.cases.doubts import Doubt, list_named
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
    mended: bool
    """A field that it names was entered since: the next check tells whether it still holds."""


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
        mended=doubt.mended,
    )


def _list_named(work: OpenWork, doubt: Doubt) -> Iterator[ReadField]:
    """The fields that the findings name, each once."""
    told = [row for row in work.findings if row.field == doubt.field and row.code in doubt.codes]
    names = (name for row in told for name in list_named(row, work.decided))
    for name in dict.fromkeys(names):
        yield work.decided.reads[name]


def _show_field(work: OpenWork, read: ReadField, language: str) -> NamedField:
    template, reading = work.template, find_reading(work.session, read.reading_id)
    return NamedField(
        name=name_field(template, read.field, language),
        words="" if read.field in work.hidden else _word_field(work, read, language),
        url=url_for("review.work", document_id=work.document.id, field=read.field),
        paper=show_reading(find_page(work.session, read.page_id), reading),
    )


def _word_field(work: OpenWork, read: ReadField, language: str) -> str:
    """What this person, else people together, else the program says of it."""
    asked, own = find_asked(work.template, read.field), work.list_own(read.field)
    said = own[-1] if own else work.decided.settled.get(read.field)
    if asked is None:
        return ""
    if said is not None:
        return word_entry(work.template, asked, said.verdict, said.value, language)
    return word_value(work.template, asked, unwrap_value(read.value), language)


def _show_first_page(work: OpenWork) -> ShownPaper | None:
    read = next(iter(work.decided.reads.values()), None)
    if read is None:
        return None
    reading = find_reading(work.session, read.reading_id)
    return show_page(find_page(work.session, read.page_id), reading)
