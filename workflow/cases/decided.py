"""What people have decided in a version so far, field by field."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from form_templates import catalog
from form_templates.specification import Template
from ocr.readings import FieldState, Reason
from validation.disposition import Disposition, Track, find_track
from validation.outcomes import load_outcomes
from workflow.cases.agreement import is_read_rightly
from workflow.cases.form_fields import find_field
from workflow.cases.let_stand import LetStand
from workflow.cases.settling import FIRST, Entry, Need, SettledValue, settle
from workflow.reading.rows import unwrap_value
from workflow.store.decisions import (
    ReadField,
    list_acknowledgements,
    list_overrulings,
    list_read_fields,
    list_values,
)
from workflow.store.models.decisions import FieldValue, Overruling, Verdict
from workflow.store.models.paper import PaperDocument, Version
from workflow.store.session import Session

UNKNOWN_FAMILY_CODE = "unknown_family_code"
PRINT_MISMATCH = "print_mismatch"
ENTERED_DIFFERENTLY = "entered_differently"
ILLEGIBLE = "illegible"
LATE_SCAN = "scan_after_decision"

_LOOKED_AT = frozenset(
    {
        UNKNOWN_FAMILY_CODE,
        PRINT_MISMATCH,
        "answer_without_row",
        "attachment_backs_unsure",
        "attachment_sheets_differ",
        "batch_documents_differ",
        "batch_sheets_differ",
    }
)
"""About a field, and still true whatever is entered in it."""
OWED = frozenset({"registered_family_gives_code"})
"""Rules about a field that a person fills: without a value the paper is nobody's."""
_UNCLEAR = frozenset({Reason.AMBIGUOUS_CORRECTION, Reason.OVERWRITTEN})


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of people about one version."""

    reads: Mapping[str, ReadField]
    entries: Mapping[str, tuple[Entry, ...]]
    """Field -> what was entered and counts, oldest first."""
    needs: Mapping[str, Need]
    """Every field that was read -> what it takes to decide it."""
    confirmed: frozenset[str]
    """Sure fields drawn for a look that were read as people say."""
    acknowledged: LetStand
    overruled: frozenset[tuple[str, str | None, str]]
    """Code, field and disposition of findings that people contradict."""

    @property
    def settled(self) -> Mapping[str, SettledValue]:
        """What fields say by the decision of people."""
        found = {field: settle(said, self.needs[field]) for field, said in self.entries.items()}
        return {field: value for field, value in found.items() if isinstance(value, SettledValue)}

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has decided anything: a look that confirms a reading changes nothing."""
        said = self.entries.keys() - self.confirmed
        return not (said or self.acknowledged or self.overruled)

    def overrules(self, code: str, field: str | None, consequence: Disposition) -> bool:
        """Whether somebody contradicts this finding."""
        return (code, field, consequence.value) in self.overruled


NOTHING_DECIDED = Decided({}, {}, {}, frozenset(), LetStand(), frozenset())


def load_template(document: PaperDocument) -> Template | None:
    """The form of a document; None for pages that belong to none."""
    return catalog.load(document.form, document.edition) if document.form else None


def load_decided(session: Session, version: Version, template: Template) -> Decided:
    """All that people decided about a version, with what the program had read there."""
    reads = {read.field: read for read in list_read_fields(session, version)}
    overrulings = list_overrulings(session, version)
    entries = count_entries(list_values(session, version), reads, _find_void(overrulings))
    track = find_track(template)
    return Decided(
        reads=reads,
        entries=entries,
        needs={
            field: find_need(template, track, read, entries.get(field, ()))
            for field, read in reads.items()
        },
        confirmed=frozenset(
            field
            for field, said in entries.items()
            if reads[field].drawn
            and not reads[field].review
            and all(confirms(template, reads[field], one) for one in said)
        ),
        acknowledged=LetStand(
            frozenset(
                (row.code, row.field, name_parameters(row.parameters))
                for row in list_acknowledgements(session, version)
            )
        ),
        overruled=frozenset((row.code, row.field, row.consequence) for row in overrulings),
    )


def count_entries(
    values: Sequence[FieldValue], reads: Mapping[str, ReadField], void: Mapping[str, int]
) -> Mapping[str, tuple[Entry, ...]]:
    """Field -> the entries made for the page that counts, and not contradicted since."""
    entries: dict[str, tuple[Entry, ...]] = {}
    for row in values:
        read = reads.get(row.field)
        if read is None or read.page_id != row.page_id or row.id <= void.get(row.field, 0):
            continue
        verdict, value = Verdict(row.verdict), unwrap_value(row.value)
        entry = Entry(row.entry, row.user_id, verdict, value, row.registered is not None)
        entries[row.field] = (*entries.get(row.field, ()), entry)
    return entries


def find_need(template: Template, track: Track, read: ReadField, entries: Sequence[Entry]) -> Need:
    """What it takes to decide a field.

    An unclear correction of a declaration takes two people who read it alike (order
    01-14, annex 1, art. 11(3)). Where the program saw none and the first person calls it
    unclear, a second must say so too: a family is not visited again for one person's word.
    Nor does one person overrule what the program was sure of, or a register confirmed, where
    it was drawn for a look.
    """
    is_declaration = track is Track.DECLARATION
    if is_declaration and _reads_unclear(read):
        return Need.UNCLEAR
    said = [entry for entry in entries if entry.number == FIRST][-1:]
    called_unclear = is_declaration and [entry.verdict for entry in said] == [Verdict.UNCLEAR]
    contradicted = read.drawn and not all(confirms(template, read, entry) for entry in said)
    is_critical = find_field(template, read.field).question.critical
    return Need.TWO if called_unclear or contradicted or is_critical else Need.ONE


def confirms(template: Template, read: ReadField, entry: Entry) -> bool:
    """Whether a person says what the program read, or cannot tell."""
    question, value = find_field(template, read.field).question, unwrap_value(read.value)
    return is_read_rightly(question, read.state, value, entry.verdict, entry.value) is not False


def takes_entry(code: str, field: str | None) -> bool:
    """Whether a finding is about what a field says, so that an entry decides it."""
    if field is None or code in _LOOKED_AT:
        return False
    return code in OWED or code in load_outcomes()


def name_parameters(parameters: Mapping[str, Any]) -> str:
    """What a finding names, in a form that compares."""
    return json.dumps(dict(parameters), sort_keys=True, ensure_ascii=False)


def _reads_unclear(read: ReadField) -> bool:
    return read.reason in _UNCLEAR or (
        read.reason == Reason.NONE and read.state == FieldState.UNCLEAR
    )


def _find_void(overrulings: Sequence[Overruling]) -> Mapping[str, int]:
    """Field -> newest entry that a coordinator has contradicted."""
    void: dict[str, int] = {}
    for row in overrulings:
        contradicted = row.consequence != Disposition.RESCAN and takes_entry(row.code, row.field)
        if row.field is not None and contradicted:
            void[row.field] = max(void.get(row.field, 0), row.newest_value_id)
    return void
