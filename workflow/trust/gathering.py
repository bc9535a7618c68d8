"""Gathers from the store what the program read, and what people decided of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from form_templates.known_forms import load_known
from form_templates.model import TemplateKey
from form_templates.specification import Question
from ocr.readings import FieldState
from ocr.thresholds import ReadKind, find_read_kind
from validation.confirmed_people import CONFIRMED
from validation.people import says_who
from validation.registers import Register
from workflow.cases.agreement import is_read_rightly
from workflow.cases.form_fields import find_field
from workflow.cases.settling import Entry, Need, SettledValue, settle
from workflow.reading.rows import unwrap_value
from workflow.store.knowing import NAMING_FORMS
from workflow.store.models.decisions import FieldValue, Verdict
from workflow.store.session import Session
from workflow.store.trust import (
    AcceptedRow,
    ReadRow,
    count_accepted,
    has_told,
    list_decided_rows,
    list_drawn_rows,
    list_newest_pages,
    list_page_values,
    list_parameters,
    list_read_rows,
    list_unsure_rows,
)
from workflow.trust.judged import (
    TAKES_EFFECT,
    Evidence,
    JudgedReading,
    Look,
    Origin,
    is_accepted,
    is_threshold_doubt,
)

Entries = Mapping[tuple[int, str], tuple[Entry, ...]]
"""Page and field -> what people entered, oldest first."""


def gather_evidence(session: Session, since: datetime | None = None) -> Evidence:
    """All that people decided; simulated paper counts only while there is no other."""
    rows = list_decided_rows(session, since)
    entries = _group_entries(list_page_values(session, {row.page_id for row in rows}))
    confirms = has_told(session, Register.CIVIL)
    readings = list(_judge_all(rows, entries, confirms))
    simulated = bool(readings) and all(reading.simulated for reading in readings)
    accepted: Counter[Origin] = Counter()
    for row in count_accepted(session, since, TAKES_EFFECT):
        kind = _find_kind(row)
        if kind is not None and row.simulated == simulated:
            accepted[Origin(kind, row.form, row.scanner)] += row.count
    unseen = _list_unseen(session, since) if confirms else ()
    kept = [one for one in (*readings, *unseen) if one.simulated == simulated]
    return Evidence(kept, accepted, simulated)


def gather_readings(session: Session, since: datetime, most_pages: int) -> list[JudgedReading]:
    """Every field of the newest pages, decided or not."""
    pages = list_newest_pages(session, since, most_pages)
    entries = _group_entries(list_page_values(session, pages))
    confirms = has_told(session, Register.CIVIL)
    return list(_judge_all(list_read_rows(session, pages), entries, confirms))


def gather_confirmed(session: Session, since: datetime | None = None) -> list[JudgedReading]:
    """What a register confirmed, was drawn by lot, and was entered by people who did not see it."""
    rows = list_drawn_rows(session, since)
    pages = {row.page_id for row in rows}
    told = list_parameters(session, CONFIRMED, pages)
    confirmed = {(page, field) for page, named in told for field in named["other"]}
    entries = _group_entries(list_page_values(session, pages))
    looked_at = [row for row in rows if (row.page_id, row.field) in confirmed]
    return list(_judge_all(looked_at, entries, confirms=True))


def _list_unseen(session: Session, since: datetime | None) -> Iterator[JudgedReading]:
    """What was not read surely, and went past people because a register confirmed it."""
    rows = list_unsure_rows(session, since, NAMING_FORMS)
    return _judge_all((row for row in rows if _may_be_confirmed(row)), {}, confirms=True)


def _judge_all(
    rows: Iterable[ReadRow], entries: Entries, confirms: bool
) -> Iterator[JudgedReading]:
    """The fields that a threshold is about; `confirms` where there is a register that may."""
    for row in rows:
        kind = _find_kind(row)
        if kind is not None:
            judged = _judge(row, kind, entries.get((row.page_id, row.field), ()))
            exposed = confirms and _may_be_confirmed(row)
            yield replace(judged, lot=row.drawn) if exposed else judged


def _may_be_confirmed(row: ReadRow) -> bool:
    """Whether a field is unsure of who somebody is, on paper whose people are real."""
    unsure = row.review and row.state == FieldState.READ
    return unsure and not row.simulated and row.form in NAMING_FORMS and says_who(row.field)


def _group_entries(values: Iterable[FieldValue]) -> Entries:
    grouped: dict[tuple[int, str], tuple[Entry, ...]] = {}
    for row in values:
        entry = Entry(row.entry, row.user_id, Verdict(row.verdict), unwrap_value(row.value))
        key = row.page_id, row.field
        grouped[key] = (*grouped.get(key, ()), entry)
    return grouped


def _judge(row: ReadRow, kind: ReadKind, said: tuple[Entry, ...]) -> JudgedReading:
    return JudgedReading(
        origin=Origin(kind, row.form, row.scanner),
        page=row.page_id,
        read_at=row.read_at,
        confidence=row.confidence,
        accepted=is_accepted(row.state, review=row.review),
        look=_find_look(row, said),
        right=_find_right(row, said),
        simulated=row.simulated,
    )


def _find_kind(row: ReadRow | AcceptedRow) -> ReadKind | None:
    return find_read_kind(_find_question(row).kind)


def _find_question(row: ReadRow | AcceptedRow) -> Question:
    return find_field(load_known(TemplateKey(row.form, row.edition)), row.field).question


def _find_look(row: ReadRow, said: tuple[Entry, ...]) -> Look:
    if row.drawn and not row.review:
        return Look.DRAWN
    if is_threshold_doubt(row.reason, review=row.review):
        return Look.DOUBT
    return Look.OTHER if said or row.review else Look.NONE


def _find_right(row: ReadRow, said: tuple[Entry, ...]) -> bool | None:
    """Whether the program was right; None while people have not settled it.

    Against an answer that the program was sure of, or that was drawn, one person alone
    proves nothing.
    """
    is_firm = row.drawn or not row.review
    contradicted = is_firm and any(_compare(row, entry) is False for entry in said)
    settled = settle(said, Need.TWO if contradicted else Need.ONE)
    return _compare(row, settled) if isinstance(settled, SettledValue) else None


def _compare(row: ReadRow, said: Entry | SettledValue) -> bool | None:
    question, value = _find_question(row), unwrap_value(row.value)
    return is_read_rightly(question, row.state, value, said.verdict, said.value)
