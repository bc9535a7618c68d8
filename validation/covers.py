"""What a cover says lies under it, held against what the scan holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from form_templates.specification import Role, Template
from ocr.readings import DocumentReading, PileContents
from validation.disposition import Track
from validation.findings import Finding
from validation.outcomes import report_outcome
from validation.record import Record

SHEET_COUNT = "sheet_count"
"""Question of the cover of an attachment: sheets that follow."""
COUNT, TOTAL_DOCUMENTS, TOTAL_SHEETS = "count_", "total_documents", "total_sheets"
"""Questions of the cover of a batch; `count_FORM` asks how many of a form there are."""
_SIDES = 2
"""A sheet shows one page, or this many where both sides bear something."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """A cover with the counts that were read from it for sure."""

    template: Template
    record: Record
    track: Track

    def list_questions(self, prefix: str) -> list[str]:
        """The questions whose ids begin alike."""
        return [q.id for _, q in self.template.questions() if q.id.startswith(prefix)]

    def compare(self, question: str, found: int, code: str) -> Iterator[Finding]:
        """A finding where another number is stated; left empty says none."""
        stated = self._read(question)
        if stated is not None and stated != found:
            yield self._report(question, stated, found, code)

    def compare_attached(self, pages: int) -> Iterator[Finding]:
        """A finding unless each sheet is one page.

        More pages may be backs, or the papers of a next cover that the scan lost.
        """
        stated = self._read(SHEET_COUNT)
        if stated is None or stated == pages:
            return
        backs = stated < pages <= _SIDES * stated
        code = "attachment_backs_unsure" if backs else "attachment_sheets_differ"
        yield self._report(SHEET_COUNT, stated, pages, code)

    def _read(self, question: str) -> int | None:
        """The number stated; none where it was not read, or is owed and missing."""
        value = self.record.answers.values.get(question)
        if question.startswith(COUNT) and question in self.record.answers.empty:
            return 0
        return value if isinstance(value, int) else None

    def _report(self, question: str, stated: int, found: int, code: str) -> Finding:
        law = next(q.law for _, q in self.template.questions() if q.id == question)
        parameters = {"stated": str(stated), "found": str(found)}
        return report_outcome(code, self.track, question, law, parameters)


def judge_cover(
    template: Template, document: DocumentReading, record: Record, track: Track
) -> Iterator[Finding]:
    """Counts of a cover that do not fit the scan; what was not read for sure is not compared."""
    cover = _Cover(template, record, track)
    if template.role is Role.ATTACHMENT_COVER:
        following = sum(page.key is None for page in document.pages)
        yield from cover.compare_attached(following)
    elif template.role is Role.BATCH_COVER and document.pile is not None:
        yield from _judge_batch(cover, document.pile)


def _judge_batch(cover: _Cover, pile: PileContents) -> Iterator[Finding]:
    differ = "batch_documents_differ"
    for question in cover.list_questions(COUNT):
        found = pile.documents.get(question.removeprefix(COUNT), 0)
        yield from cover.compare(question, found, differ)
    yield from cover.compare(TOTAL_DOCUMENTS, sum(pile.documents.values()), differ)
    # Backs that bear nothing are not counted: a page more is a sheet more, or worth a look.
    yield from cover.compare(TOTAL_SHEETS, pile.pages, "batch_sheets_differ")
