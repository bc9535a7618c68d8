"""What follows from the pages of a document: missing, unread, scanned twice, of others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from form_templates.abolished import AbolishedForm, load_abolished
from form_templates.specification import Role, Template
from ocr.foreign import is_foreign
from ocr.pipeline import ABOLISHED, TITLE_ALONE
from ocr.placed.reading import EDITION_UNSURE
from ocr.readings import DocumentReading, FieldReading, PageReading, PageStatus
from validation.disposition import Track
from validation.findings import Finding, Parameter
from validation.outcomes import report_outcome
from validation.places import SortedFields
from validation.rows import Rows, RowUse
from validation.template_cache import once_a_template

_READ = PageStatus.READ
_BAD_PAGES = {
    PageStatus.UNREADABLE: "page_unreadable",
    PageStatus.UNIDENTIFIED: "page_unidentified",
}


def judge_pages(
    document: DocumentReading, track: Track, law: str = "", role: Role = Role.FORM
) -> Iterator[Finding]:
    """What follows from every page, scanned or missing.

    A page that the scan lacks asks for a rescan, not for a return: the paper may
    have it, and a return takes days.
    """
    for page, sheet in document.missing:
        yield report_outcome(
            "page_missing", track, None, law, {"page": str(page), "sheet": str(sheet)}
        )
    for reading in document.pages:
        if role is Role.ATTACHMENT_COVER and is_attachment(reading):
            yield report_outcome("attachment_page", track, None, law, _name_place(reading))
        elif not _is_plain(reading):
            yield from _judge_page(reading, document, track, law)


def _is_plain(page: PageReading) -> bool:
    """Whether a page was read and nothing is to be said of it."""
    plain = page.status is _READ and not page.reason
    return plain and (page.quality is None or not page.quality.problems)


def is_attachment(page: PageReading) -> bool:
    """Whether a page is surely somebody else's paper: no mark and no title of ours is on it."""
    return is_foreign(page.status, page.reason)


def judge_rows(
    template: Template,
    document: DocumentReading,
    fields: SortedFields,
    track: Track,
    rows: Rows,
) -> Iterator[Finding]:
    """A member who goes on over a sheet that was not scanned is not complete.

    How many continuation sheets a family needs is known only from its rows, so a
    sheet may lack although no page is known to be missing. Readings that come without
    pages (entered by hand) are taken as they are.
    """
    if not document.pages or document.missing or _are_whole(template, fields, rows):
        return
    for section in template.sections:
        for row, use in rows.get(section.group or "", {}).items():
            asked = (f"{section.group}[{row}].{question.id}" for question in section.questions)
            if use is RowUse.USED and not any(id_ in document.fields for id_ in asked):
                parameters = {"row": str(row), "section": section.id}
                yield report_outcome("row_not_scanned", track, None, template.law, parameters)


def _are_whole(template: Template, fields: SortedFields, rows: Rows) -> bool:
    """Whether every row in use was scanned with all its columns."""
    columns = _count_columns(template)
    return all(
        len(fields.places[group, row]) >= columns[group]
        for group, uses in rows.items()
        for row, use in uses.items()
        if use is RowUse.USED
    )


@once_a_template
def _count_columns(template: Template) -> Mapping[str, int]:
    """Table -> how many questions each of its rows is asked."""
    return Counter(section.group for section, _ in template.questions() if section.group)


def _judge_page(
    page: PageReading, document: DocumentReading, track: Track, law: str
) -> Iterator[Finding]:
    place = _name_place(page)
    if page.reason == ABOLISHED and page.detail in load_abolished():
        yield _refuse_abolished(load_abolished()[page.detail], track, place)
    elif page.reason == EDITION_UNSURE:
        editions = {"editions": page.detail}
        yield report_outcome(EDITION_UNSURE, track, None, law, place | editions)
    elif page.reason == TITLE_ALONE:
        title = {"title": page.detail}
        yield report_outcome("page_printed_elsewhere", track, None, law, place | title)
    elif page.status in _BAD_PAGES:
        yield report_outcome(_BAD_PAGES[page.status], track, None, law, place | _name_reason(page))
    elif page.status is PageStatus.READ and page.reason:
        yield report_outcome("page_code_lost", track, None, law, place)
    elif page.status is PageStatus.REPEATED:
        same = _agrees_with_first(page, document)
        code = "page_repeated" if same else "page_repeated_differently"
        yield report_outcome(code, track, None, law, place)
    if page.quality is not None and page.quality.problems:
        problems = {"problems": page.quality.problems}
        yield report_outcome("page_quality", track, None, law, place | problems)


def _refuse_abolished(form: AbolishedForm, track: Track, place: Mapping[str, Parameter]) -> Finding:
    """The finding that names an abolished form, the act and the day."""
    told = {"title": form.titles[0], "until": form.until.isoformat()}
    finding = report_outcome(ABOLISHED, track, None, form.law, {**place, **told})
    return replace(finding, assumed=form.assumed)


def _name_place(page: PageReading) -> dict[str, Parameter]:
    """Where a page lies; people count pages from 1."""
    return {"file": page.file, "number": str(page.index + 1)}


def _name_reason(page: PageReading) -> dict[str, Parameter]:
    return {"reason": page.reason or page.status.value}


def _agrees_with_first(page: PageReading, document: DocumentReading) -> bool:
    """Whether a second scan of a page says what the first one said, in every field."""
    pairs = [(reading, document.fields.get(reading.id)) for reading in page.fields]
    return bool(pairs) and all(
        first is not None and _is_same(second, first) for second, first in pairs
    )


def _is_same(second: FieldReading, first: FieldReading) -> bool:
    return (second.state, second.value) == (first.state, first.value)
