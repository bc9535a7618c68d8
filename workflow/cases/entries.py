"""What people enter; every entry is a new row, and the second never sees the first's."""

from dataclasses import dataclass
from datetime import datetime

from form_templates.specification import Template
from validation.registers import RegisterAnswer
from workflow.acts import Act, Actor
from workflow.cases.answers import tidy_value
from workflow.cases.decided import (
    Decided,
    load_decided,
    load_template,
    name_parameters,
    takes_entry,
)
from workflow.cases.form_fields import find_field
from workflow.cases.reviewing import Hold, open_held
from workflow.cases.settling import FIRST, SECOND, SETTLING, Entry, Stage, Value, find_stage
from workflow.cases.transitions import name_document
from workflow.cases.unseen import sees_all
from workflow.errors import Conflict, NotFound
from workflow.reading.rows import unwrap_value, wrap_value
from workflow.store.decisions import ReadField, list_acknowledgements, list_findings, list_values
from workflow.store.documents import find_reading
from workflow.store.models.decisions import Acknowledgement, FieldValue, Verdict
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class EnteredValue:
    """One entry as somebody may see it."""

    field: str
    verdict: Verdict
    value: Value
    number: int
    """1: first person, 2: second, 3: coordinator."""
    user_id: int
    entered_at: datetime
    is_registered: bool
    """A register offered just this value to the person."""


def enter_value(
    act: Act,
    hold: Hold,
    field: str,
    verdict: Verdict,
    value: Value,
    seen_entries: int,
    registered: RegisterAnswer | None = None,
) -> None:
    """Say what a field reads, whether the program doubted it or not.

    `seen_entries` counts this person's entries for the field that the page showed:
    Conflict where there are more by now. What this person's entry says already changes
    nothing, except where it is now to settle the field.
    `registered` is the answer of a register that offered the person just this value.
    """
    document = open_held(act, hold)
    template, decided, read, user_id = _load_read(act, document, field)
    tidied = tidy_value(find_field(template, field).question, verdict, value)
    number = _number_entry(document, decided, field, user_id)
    own = _list_own(act, document, field, read.page_id)
    standing = [e for e in decided.entries.get(field, ()) if e.user_id == user_id]
    is_told = bool(standing) and _says(standing[-1], number, verdict, tidied)
    if is_told and len(own) in (seen_entries, seen_entries + 1):
        return
    if len(own) != seen_entries:
        raise Conflict(f"{field}: {len(own)} entries, {seen_entries} seen")
    before = own[-1].value if own else find_reading(act.session, read.reading_id).value
    row = FieldValue(
        page_id=read.page_id,
        version_id=document.current.id,
        field=field,
        verdict=verdict.value,
        value=wrap_value(tidied),
        entry=number,
        user_id=user_id,
        entered_at=act.now,
        registered=registered and _describe_offer(registered),
    )
    _add_entry(act, document, row, before)


def _load_read(
    act: Act, document: PaperDocument, field: str
) -> tuple[Template, Decided, ReadField, int]:
    """The paper as decided so far, the field on it, and who says something of it."""
    template = load_template(document)
    decided = load_decided(act.session, document.current, template) if template else None
    read = decided.reads.get(field) if decided else None
    if template is None or decided is None or read is None or act.actor.user_id is None:
        raise NotFound(field)
    return template, decided, read, act.actor.user_id


def acknowledge(act: Act, hold: Hold, code: str, field: str | None) -> None:
    """Let a warning stand that no entry resolves; what stands already changes nothing.

    Raises NotFound where the newest check has no such warning.
    """
    document = open_held(act, hold)
    assert act.actor.user_id is not None
    version = document.current
    warned = [
        found
        for found in list_findings(act.session, version)
        if (found.code, found.field, found.severity) == (code, field, "warning")
        and not takes_entry(code, field)
    ]
    if not warned:
        raise NotFound(code)
    known = {
        (row.code, row.field, name_parameters(row.parameters))
        for row in list_acknowledgements(act.session, version)
    }
    for found in warned:
        told = (found.code, found.field, name_parameters(found.parameters))
        if told not in known:
            known.add(told)
            act.session.add(
                Acknowledgement(
                    version_id=version.id,
                    code=code,
                    field=field,
                    parameters=found.parameters,
                    user_id=act.actor.user_id,
                    acknowledged_at=act.now,
                )
            )
            about = {"version": version.number, "code": code, "field": field}
            act.record("finding:acknowledge", name_document(document), after=about, law=found.law)


def list_entries(
    session: Session, document: PaperDocument, viewer: Actor
) -> tuple[EnteredValue, ...]:
    """The entries that a viewer may see, oldest first: all once nobody can be led by them."""
    shows_all = sees_all(document, viewer)
    return tuple(
        EnteredValue(
            field=row.field,
            verdict=Verdict(row.verdict),
            value=unwrap_value(row.value),
            number=row.entry,
            user_id=row.user_id,
            entered_at=row.entered_at,
            is_registered=row.registered is not None,
        )
        for row in list_values(session, document.current)
        if shows_all or row.user_id == viewer.user_id
    )


def _list_own(act: Act, document: PaperDocument, field: str, page_id: int) -> list[FieldValue]:
    return [
        row
        for row in list_values(act.session, document.current)
        if (row.field, row.page_id, row.user_id) == (field, page_id, act.actor.user_id)
    ]


def _says(entry: Entry, number: int, verdict: Verdict, value: Value) -> bool:
    return (entry.number, entry.verdict, entry.value) == (number, verdict, value)


def _number_entry(document: PaperDocument, decided: Decided, field: str, user_id: int) -> int:
    """1 for the first person, 2 for any other, 3 for the coordinator who settles.

    On a field that nobody disputes a coordinator is one person like any other.
    """
    entries = decided.entries.get(field, ())
    disputed = find_stage(entries, decided.needs[field]) is Stage.SETTLE
    if disputed and document.state == DocumentState.SETTLE:
        return SETTLING
    own = [entry.number for entry in entries if entry.user_id == user_id]
    if own:
        return own[-1]
    return SECOND if entries else FIRST


def _add_entry(
    act: Act,
    document: PaperDocument,
    row: FieldValue,
    before: dict[str, object] | None,
) -> None:
    act.session.add(row)
    told = {
        "field": row.field,
        "verdict": row.verdict,
        "value": row.value,
        "entry": row.entry,
        "version": document.current.number,
        "registered": row.registered,
    }
    subject = name_document(document)
    act.record("declaration:field:enter", subject, before={"value": before}, after=told)


def _describe_offer(answer: RegisterAnswer) -> dict[str, str]:
    """Which extract or service put a value before a person; whose it was, the paper says."""
    return {
        "register": answer.register.value,
        "source": answer.source,
        "as_of": answer.as_of.isoformat(),
    }
