from dataclasses import dataclass
from typing import Any

import pytest

from tests.acting import Begin, Clock
from tests.people import load_actors
from tests.workflow.cases.papers import Changes, add_version, store_paper
from workflow.acts import Act, Actor
from workflow.cases.checking import take_in_version
from workflow.cases.doubts import Doubt, list_doubts, list_tasks
from workflow.cases.entries import acknowledge, enter_value, list_entries
from workflow.cases.families import open_case
from workflow.cases.reviewing import Hold, finish, take_document
from workflow.cases.settling import Need, Value
from workflow.store.decisions import list_findings
from workflow.store.documents import find_document
from workflow.store.models.decisions import FoundFinding, Verdict
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Store

SECONDS = 600
KNOWN_CODE = "1234567890"
"""The family code of the papers."""


@dataclass(slots=True)
class Desk:
    """What the tests do with documents, in one line each."""

    store: Store
    act: Begin
    clock: Clock
    people: dict[str, Actor]

    def check(
        self, form: str = "family_declaration", changes: Changes | None = None, **how: Any
    ) -> int:
        """A paper is stored and checked; its id."""
        with self.act() as act:
            document = store_paper(act.session, form, act.now, changes, **how)
            take_in_version(act, document)
            return document.id

    def scan_again(self, document_id: int, changes: Changes | None = None, **how: Any) -> None:
        """One more scan is joined and checked."""
        with self.act() as act:
            document = find_document(act.session, document_id)
            add_version(act.session, document, act.now, changes, **how)
            act.session.expire(document)
            take_in_version(act, find_document(act.session, document_id))

    def find(self, document_id: int) -> PaperDocument:
        """The document as it stands."""
        with self.store.read() as session:
            return find_document(session, document_id)

    def state(self, document_id: int) -> DocumentState:
        """Where it stands."""
        return DocumentState(self.find(document_id).state)

    def findings(self, document_id: int) -> list[FoundFinding]:
        """Those of the newest check."""
        with self.store.read() as session:
            return list(list_findings(session, find_document(session, document_id).current))

    def codes(self, document_id: int) -> set[tuple[str, str | None]]:
        """The same as code and field."""
        return {(found.code, found.field) for found in self.findings(document_id)}

    def doubts(self, document_id: int) -> tuple[Doubt, ...]:
        """All of them, decided ones too."""
        with self.store.read() as session:
            return list_doubts(session, find_document(session, document_id))

    def tasks(self, document_id: int, who: str) -> tuple[Doubt, ...]:
        """What waits for one person."""
        state = self.state(document_id)
        return list_tasks(self.doubts(document_id), state, self.people[who].user_id)

    def take(self, document_id: int, who: str) -> Hold:
        """A hold on a certain document."""
        with self.act(self.people[who]) as act:
            return take_document(act, document_id, SECONDS)

    def enter(
        self,
        hold: Hold,
        who: str,
        field: str,
        value: Value,
        verdict: Verdict = Verdict.VALUE,
        seen: int = 0,
    ) -> None:
        """One entry."""
        with self.act(self.people[who]) as act:
            enter_value(act, hold, field, verdict, value, seen)

    def finish(self, hold: Hold, who: str) -> DocumentState:
        """The person has done their part."""
        with self.act(self.people[who]) as act:
            return finish(act, hold)

    def review(self, document_id: int, who: str, **answers: Value | Verdict) -> DocumentState:
        """One person decides all their tasks; warnings are let stand."""
        hold = self.take(document_id, who)
        for task in self.tasks(document_id, who):
            with self.act(self.people[who]) as act:
                if task.need is Need.LOOK:
                    acknowledge(act, hold, task.codes[0], task.field)
                    continue
                assert task.field is not None
                said = answers[task.field]
                verdict = said if isinstance(said, Verdict) else Verdict.VALUE
                value = None if isinstance(said, Verdict) else said
                enter_value(act, hold, task.field, verdict, value, self._count_own(act, task, hold))
        return self.finish(hold, who)

    def _count_own(self, act: Act, task: Doubt, hold: Hold) -> int:
        document = find_document(act.session, hold.document_id)
        entries = list_entries(act.session, document, act.actor)
        return sum((e.field, e.user_id) == (task.field, act.actor.user_id) for e in entries)

    def trail(self, document_id: int, action: str) -> list[Any]:
        """The events of one action, oldest first."""
        with self.store.read() as session:
            events = session.query(AuditEvent).filter_by(
                subject=f"document:{document_id}", action=action
            )
            return list(events.order_by(AuditEvent.seq))


@pytest.fixture
def desk(store: Store, act: Begin, clock: Clock) -> Desk:
    """A unit with its people, and the family of the papers in its registry."""
    with store.read() as session:
        people = load_actors(session)
    with act() as doing:
        open_case(doing, 1, KNOWN_CODE)
    return Desk(store, act, clock, people)
