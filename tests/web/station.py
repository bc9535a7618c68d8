"""Papers in the store as a sure reader reads them, checked, and what became of them."""

from dataclasses import dataclass

from tests.acting import Begin
from tests.workflow.cases.papers import DOUBTFUL, EMPTY, Changes, store_paper
from workflow.cases.checking import take_in_version
from workflow.cases.families import open_case
from workflow.store.documents import find_document
from workflow.store.models.decisions import FieldValue
from workflow.store.models.paper import DocumentState
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Store

LETTERS = "agent_surname"
CRITICAL = "C4"
MARKED = "A10"
KNOWN_CODE = "1234567890"
"""The family code of the papers."""
DOUBTS: Changes = {
    LETTERS: {**DOUBTFUL, "candidates": (("xyz", 0.2),)},
    "agent_name": DOUBTFUL,
    MARKED: DOUBTFUL,
}
FAULTY: Changes = {MARKED: EMPTY}
"""A required answer is missing: back to the agent."""
UNKNOWN_FAMILY: Changes = {"family_code": {"value": "9999999999"}}


@dataclass
class Station:
    """Papers in the store, and what became of them."""

    store: Store
    act: Begin

    def __post_init__(self) -> None:
        with self.act() as doing:
            open_case(doing, 1, KNOWN_CODE)

    def bring(self, changes: Changes | None = None, form: str = "family_declaration") -> int:
        """A checked paper; its id."""
        with self.act() as act:
            document = store_paper(act.session, form, act.now, changes)
            take_in_version(act, document)
            return document.id

    def state(self, document_id: int) -> DocumentState:
        """Where a paper is."""
        with self.store.read() as session:
            return DocumentState(find_document(session, document_id).state)

    def entries(self, field: str) -> list[tuple[int, str, object]]:
        """Number, verdict and value of what was entered in a field."""
        with self.store.read() as session:
            rows = session.query(FieldValue).filter_by(field=field).order_by(FieldValue.id)
            return [(row.entry, row.verdict, row.value and row.value["is"]) for row in rows]

    def events(self, action: str) -> list[AuditEvent]:
        """What the trail tells of one action."""
        with self.store.read() as session:
            return session.query(AuditEvent).filter_by(action=action).order_by(AuditEvent.seq).all()
