"""Events of the trail as people read them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from form_templates.specification import Template
from web.documents.value_words import write_raw
from web.page_parts import write_day
from web.review.questions import name_field
from web.supervision.words import ACTIONS, FACTS, OUTCOMES, PAGES, PURPOSES
from web.wording import label, word_subject
from workflow.reading.rows import unwrap_value
from workflow.store.models.trail import AuditEvent

_KINDS = {"disposition": "disposition", "verdict": "verdict", "source": "source", "step": "step"}
"""Fact -> kind of code that it is."""
_STATES = {"file": "stage", "document": "document", "case": "case"}
"""What has a state -> kind of code that it is."""
_DAYS = frozenset({"edition", "law_day", "visit_due"})
_SUMS = frozenset({"sha256", "pack_checksum", "law_edition"})
"""Long sums that only a machine compares."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an event tells."""

    name: str
    before: str | None
    """None where the event tells of no earlier value."""
    after: str
    is_sum: bool


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One event in words."""

    seq: int
    at: datetime
    title: str
    action: str
    subject: str
    about: str
    """The subject in words."""
    who: str
    role: str
    facts: tuple[Fact, ...]
    law: str | None
    field: str | None
    """Field that it is about: its picture shows what was decided."""


@dataclass(frozen=True, slots=True)
class Teller:
    """What is needed to put events into words."""

    names: Mapping[str, str]
    """User name -> name of the person."""
    titles: Mapping[str, str]
    """Form -> title."""
    language: str
    template: Template | None = None
    """Names the fields, where all events are about one document."""
    hidden: Collection[str] = ()
    """Facts that are not told."""
    accounts: Mapping[str, str] = field(default_factory=dict)
    """Subject of an event about a person -> name of the person."""

    def tell(self, event: AuditEvent) -> ShownEvent:
        """An event in words; what has no words stays as it was recorded."""
        after = event.after or {}
        return ShownEvent(
            seq=event.seq,
            at=event.at,
            title=str(ACTIONS.get(event.action, event.action)),
            action=event.action,
            subject=event.subject,
            about=self.write_subject(event.subject),
            who=self.names.get(event.actor, event.actor),
            role=event.role,
            facts=tuple(self._list_facts(event)),
            law=event.law,
            field=after.get("field"),
        )

    def _list_facts(self, event: AuditEvent) -> Iterator[Fact]:
        before, after = event.before or {}, event.after or {}
        for key, told in after.items():
            if key in self.hidden or told in (None, ""):
                continue
            now = self._write(event, key, told)
            earlier = self._write(event, key, before[key]) if key in before else None
            yield Fact(str(FACTS.get(key, key)), earlier, now, key in _SUMS)

    def _write(self, event: AuditEvent, key: str, told: Any) -> str:
        if told is None:
            return str(_("nothing"))
        kind = _STATES.get(event.action.partition(":")[0]) if key == "state" else None
        if kind is not None:
            return str(label(kind, told))
        if key == "value":
            return self._write_value((event.after or {}).get("field"), told)
        writer = _WRITERS.get(key)
        if writer is not None:
            return writer(self, told)
        return _write_plain(told)

    def write_form(self, form: str) -> str:
        """The title of a form."""
        return self.titles.get(form, form)

    def write_subject(self, subject: str) -> str:
        """What an event is about."""
        return self.accounts.get(subject) or word_subject(subject)

    def write_field(self, field: str) -> str:
        """What a field is called on its form."""
        if self.template is None:
            return field
        name = name_field(self.template, field, self.language)
        return ": ".join(part for part in (name.row, f"{name.code} {name.label}".strip()) if part)

    def write_findings(self, found: Sequence[str]) -> str:
        """How many findings, and in which fields."""
        if self.template is None:
            return str(len(found))
        fields = (finding.partition(" ")[2] for finding in found)
        names = dict.fromkeys(self.write_field(field) for field in fields if field)
        return f"{len(found)}: {'; '.join(names)}" if names else str(len(found))

    def _write_value(self, field: str | None, told: Any) -> str:
        if self.template is None or field is None:
            return _write_plain(told)
        return write_raw(self.template, field, unwrap_value(told)) or str(_("nothing"))


def tell_events(teller: Teller, events: Iterable[AuditEvent]) -> list[ShownEvent]:
    """All of them, in their order."""
    return [teller.tell(event) for event in events]


def _write_plain(told: Any) -> str:
    if isinstance(told, bool):
        return str(_("yes") if told else _("no"))
    if isinstance(told, list):
        return ", ".join(map(str, told))
    return str(told)


def _write_page(told: str) -> str:
    name, _space, number = told.partition(" ")
    if name == "version":
        return str(_("version %(number)s", number=number))
    return str(PAGES.get(told, told))


def _write_codes(kind: str) -> Callable[[Teller, Any], str]:
    return lambda _teller, told: str(label(kind, told))


def _write_offer(told: Mapping[str, str]) -> str:
    day = write_day(date.fromisoformat(told["as_of"]))
    return str(_("%(source)s, as of %(day)s", source=told["source"], day=day))


_WRITERS: dict[str, Callable[[Teller, Any], str]] = {
    **{key: _write_codes(kind) for key, kind in _KINDS.items()},
    **{key: lambda _teller, told: write_day(date.fromisoformat(told)) for key in _DAYS},
    "findings": Teller.write_findings,
    "form": Teller.write_form,
    "pages": lambda _teller, told: str(len(told) if isinstance(told, list) else told),
    "field": Teller.write_field,
    "outcome": lambda _teller, told: str(OUTCOMES.get(told, told)),
    "page": lambda _teller, told: _write_page(told),
    "subject": lambda teller, told: (
        str(_("everything")) if told == "all" else teller.write_subject(told)
    ),
    "registered": lambda _teller, told: _write_offer(told),
    "purpose": lambda _teller, told: str(PURPOSES.get(told, told)),
    "roles": lambda _teller, told: ", ".join(str(label("role", role)) for role in told),
}
