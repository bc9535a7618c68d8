"""A document as one person may work on it: what is open for them, what they have decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from form_templates.specification import Template
from validation.registered_names import RegisteredValue
from workflow.acts import Act
from workflow.cases.decided import Decided, load_decided, load_template
from workflow.cases.doubts import Doubt, collect_doubts, list_tasks
from workflow.cases.entered_since import list_entered_since
from workflow.cases.settling import FIRST, SECOND, SETTLING, Entry, Need, Stage
from workflow.cases.suggesting import find_suggestion
from workflow.errors import NotFound
from workflow.store.decisions import list_findings, list_values
from workflow.store.models.decisions import FoundFinding
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.session import Session

_NUMBERS = {
    DocumentState.REVIEW: FIRST,
    DocumentState.SECOND_REVIEW: SECOND,
    DocumentState.SETTLE: SETTLING,
}
"""State -> which entries are made in it."""


@dataclass(frozen=True)
class OpenWork:
    """What there is to decide in the newest version, for one person."""

    session: Session
    document: PaperDocument
    template: Template
    user_id: int | None
    findings: Sequence[FoundFinding]
    decided: Decided
    doubts: Sequence[Doubt]

    @property
    def is_blind(self) -> bool:
        """Whether nothing may be shown that others, or the program, have read."""
        return self.document.state == DocumentState.SECOND_REVIEW

    def is_blind_about(self, doubt: Doubt) -> bool:
        """Whether nothing may be shown that others, or the program, have read in a field.

        Whoever goes on with a paper that was given back is the second person of what the
        first has entered.
        """
        return self.is_blind or doubt.drawn or self._is_second(doubt.field)

    @property
    def is_settling(self) -> bool:
        """Whether two people disagree and this one decides."""
        return self.document.state == DocumentState.SETTLE

    @property
    def may_correct_any(self) -> bool:
        """Whether this person may correct every field that was read, doubted or not."""
        return self.document.state == DocumentState.REVIEW

    @cached_property
    def tasks(self) -> frozenset[Doubt]:
        """What this person still has to decide."""
        return frozenset(list_tasks(self.doubts, self.document.state, self.user_id))

    @cached_property
    def shown(self) -> tuple[Doubt, ...]:
        """What is open, and what this person has decided and may still change."""
        return tuple(d for d in self.doubts if d in self.tasks or self._is_own(d))

    def list_own(self, field: str) -> tuple[Entry, ...]:
        """What this person entered in a field, as far as it counts."""
        entries = self.decided.entries.get(field, ())
        return tuple(entry for entry in entries if entry.user_id == self.user_id)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Fields to enter unseen: what others, or the program, read would lead this person."""
        unseen = {doubt.field or "" for doubt in self.doubts if self.is_blind_about(doubt)}
        return frozenset(field for field in unseen if not self.list_own(field))

    def list_others(self, field: str) -> tuple[Entry, ...]:
        """The two answers between which this person settles; nothing before that."""
        entries = self.decided.entries.get(field, ()) if self.is_settling else ()
        newest = {entry.number: entry for entry in entries if entry.number != SETTLING}
        return tuple(newest[number] for number in sorted(newest))

    def count_own(self, doubt: Doubt) -> int:
        """How often this person has entered a field of this page."""
        mine = (doubt.field, doubt.page_id, self.user_id)
        rows = list_values(self.session, self.document.current)
        return sum((row.field, row.page_id, row.user_id) == mine for row in rows)

    def find_field(self, field: str) -> Doubt:
        """What is to decide about a field; the first person may correct any that was read."""
        for doubt in self.shown:
            if doubt.field == field and doubt.need is not Need.LOOK:
                return doubt
        read = self.decided.reads.get(field)
        if read is None or not self.may_correct_any:
            raise NotFound(field)
        need = self.decided.needs[field]
        return Doubt(field, (), need, read.page_id, read.reading_id, Stage.FIRST)

    def find_suggestion(self, doubt: Doubt) -> RegisteredValue | None:
        """What the civil register has for a field; nothing where this person is not to be led."""
        if doubt.field is None or self.is_blind_about(doubt):
            return None
        return find_suggestion(
            self.session, self.document, self.template, self.decided, doubt.field, self.user_id
        )

    def find_look(self, code: str, field: str | None) -> Doubt:
        """A warning to look at."""
        for doubt in self.shown:
            if doubt.need is Need.LOOK and code in doubt.codes and doubt.field == field:
                return doubt
        raise NotFound(code)

    def find_open_after(self, doubt: Doubt | None) -> Doubt | None:
        """The next open one, from the beginning again where none follows."""
        order = list(self.doubts)
        start = _find_place(order, doubt)
        return next((d for d in [*order[start:], *order[:start]] if d in self.tasks), None)

    def _is_second(self, field: str | None) -> bool:
        """Whether a field that somebody else has entered waits for another person."""
        waiting = (d for d in self.doubts if d.field == field and d.stage is Stage.SECOND)
        return any(self.user_id not in doubt.people for doubt in waiting)

    def _is_own(self, doubt: Doubt) -> bool:
        if doubt.need is Need.LOOK:
            return self.document.state == DocumentState.REVIEW
        number = _NUMBERS.get(DocumentState(self.document.state))
        return any(entry.number == number for entry in self.list_own(doubt.field or ""))


def open_work(act: Act, document: PaperDocument) -> OpenWork:
    """The work on a document that belongs to a form; raises NotFound for any other."""
    template = load_template(document)
    if template is None:
        raise NotFound(f"document {document.id} belongs to no form")
    findings = list_findings(act.session, document.current)
    decided = load_decided(act.session, document.current, template)
    entered = list_entered_since(act.session, document)
    doubts = collect_doubts(template, findings, decided, entered)
    user_id = act.actor.user_id
    return OpenWork(act.session, document, template, user_id, findings, decided, doubts)


def is_same(one: Doubt, other: Doubt) -> bool:
    """Whether two are about the same, however far each is."""
    if Need.LOOK in (one.need, other.need) and one.codes != other.codes:
        return False
    return one.field == other.field


def _find_place(order: Sequence[Doubt], doubt: Doubt | None) -> int:
    """The place behind a doubt; the beginning where it is not among them."""
    if doubt is None:
        return 0
    return next((n + 1 for n, other in enumerate(order) if is_same(doubt, other)), 0)
