"""One field on the screen: its picture, what was read, what can be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from form_templates.model import CELL_KINDS, PRESENCE_KINDS, Cardinality, Kind
from form_templates.specification import Question, Template
from ocr.readings import FieldReading, FieldState
from web.documents.findings import ShownFinding
from web.review.drafts import NOTHING, Draft, draft_entry, draft_reading
from web.review.field_words import (
    Choice,
    ShownCorrection,
    ShownRegistered,
    list_candidates,
    list_choices,
    show_correction,
    show_registered,
    word_entry,
    word_value,
)
from web.review.forms import NAMES_OF_ENTRIES
from web.review.georgian import load_georgian_keys
from web.review.open_work import OpenWork
from web.review.questions import Asked, FieldName, find_asked, name_field
from web.review.shown_paper import ShownPaper, show_reading
from web.review.station import show_findings
from web.review.words import ENTRY_TITLES, READING_STATES, SAVE, VERDICTS, write_hint
from web.wording import OFFERED_BY_REGISTER
from workflow.cases.answers import list_verdicts
from workflow.cases.doubts import Doubt
from workflow.cases.settling import Entry
from workflow.errors import NotFound
from workflow.reading.rows import restore_field
from workflow.store.documents import find_page, find_reading
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import Page, Reading

_TYPED = CELL_KINDS | {Kind.TEXT}


@dataclass(frozen=True, slots=True)
class VerdictButton:
    """One thing to say of the field."""

    code: str
    words: LazyString | str
    is_default: bool
    """Enter says it."""


@dataclass(frozen=True, slots=True)
class SaidBy:
    """What somebody else said of the field, where the person may see it."""

    key: str
    """`first` or `second`: which entry it is, and the name of the key that takes it over."""
    title: LazyString
    words: str
    note: LazyString | str
    """Where a register had offered it."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """All that the page of one field shows."""

    id: str
    name: FieldName
    paper: ShownPaper
    reading: str
    """What the program read; empty where this person must not know."""
    reading_state: LazyString | str
    correction: ShownCorrection | None
    entries: tuple[SaidBy, ...]
    draft: Draft
    seen: int
    """Entries of this person for the field, so far."""
    options: tuple[Choice, ...]
    is_many: bool
    hint: LazyString | str
    is_numeric: bool
    letters: Mapping[str, str]
    candidates: tuple[str, ...]
    registered: ShownRegistered | None
    """What no ink says, but the civil register does."""
    verdicts: tuple[VerdictButton, ...]
    is_focused: bool
    """There is nothing to accept: the box waits for what is typed."""
    findings: tuple[ShownFinding, ...]
    drawn: bool
    """The program had no doubt: the answer was drawn by lot to check on it."""


def view_field(work: OpenWork, doubt: Doubt, language: str, refused: Draft | None) -> FieldView:
    """The page of one field; `refused` is what was sent and must be looked at again."""
    field, template = doubt.field or "", work.template
    asked = find_asked(template, field)
    if asked is None or doubt.reading_id is None:
        raise NotFound(field)
    row, page = _find_rows(work, doubt)
    question, reading = asked.question, restore_field(row, page)
    blind = work.is_blind_about(doubt)
    draft = refused or _find_draft(work, asked, field, reading, blind)
    registered = show_registered(question, work.find_suggestion(doubt), draft.typed)
    said = {draft.typed, registered.words if registered else ""}
    return FieldView(
        id=field,
        name=name_field(template, field, language),
        paper=show_reading(page, row),
        reading="" if blind else word_value(template, asked, reading.value, language),
        reading_state="" if reading.state is FieldState.READ else READING_STATES[reading.state],
        correction=None if blind else show_correction(template, asked, reading, language),
        entries=tuple(
            _show_entry(template, asked, entry, language) for entry in work.list_others(field)
        ),
        draft=draft,
        seen=work.count_own(doubt),
        options=list_choices(template, asked, draft.marked, language),
        is_many=question.cardinality is Cardinality.MANY,
        hint=write_hint(question),
        is_numeric=question.kind is Kind.DIGITS,
        letters=load_georgian_keys() if question.kind in (Kind.LETTERS, Kind.TEXT) else {},
        candidates=() if blind else list_candidates(question, reading, said),
        registered=registered,
        verdicts=_list_buttons(question, draft),
        is_focused=question.kind in _TYPED and not registered and _must_be_typed(work, draft),
        findings=() if blind else show_findings(work, doubt, language),
        drawn=doubt.drawn,
    )


def _must_be_typed(work: OpenWork, draft: Draft) -> bool:
    """Whether there is nothing to accept; whoever settles mostly takes an answer over."""
    return bool(draft.error) or (draft.verdict is None and not work.is_settling)


def _find_rows(work: OpenWork, doubt: Doubt) -> tuple[Reading, Page]:
    assert doubt.reading_id is not None and doubt.page_id is not None
    return find_reading(work.session, doubt.reading_id), find_page(work.session, doubt.page_id)


def _find_draft(
    work: OpenWork, asked: Asked, field: str, reading: FieldReading, blind: bool
) -> Draft:
    """What the person entered before; else what the program proposes, where it may be known."""
    own = work.list_own(field)
    if own:
        return draft_entry(asked.question, own[-1])
    if blind or work.is_settling:
        return NOTHING
    return draft_reading(asked.question, reading)


def _show_entry(template: Template, asked: Asked, entry: Entry, language: str) -> SaidBy:
    key = NAMES_OF_ENTRIES[entry.number]
    words = word_entry(template, asked, entry.verdict, entry.value, language)
    return SaidBy(key, ENTRY_TITLES[key], words, OFFERED_BY_REGISTER if entry.is_registered else "")


def _list_buttons(question: Question, draft: Draft) -> tuple[VerdictButton, ...]:
    """What can be said; the value comes first, so that Enter in its box means it."""
    wanted = draft.verdict or Verdict.VALUE
    possible = list_verdicts(question)
    if question.kind in PRESENCE_KINDS:  # "not there" says it
        possible = tuple(v for v in possible if v is not Verdict.EMPTY)
    words = VERDICTS if draft.typed or draft.marked else VERDICTS | {Verdict.VALUE: SAVE}
    return tuple(VerdictButton(v.value, words[v], v is wanted) for v in possible)
