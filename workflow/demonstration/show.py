"""The demonstration from its first paper to its last, as it looks to who waits for it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from ocr.simulation.imprints import read_words
from ocr.simulation.intents import FieldTruth
from workflow.cases.families import open_case
from workflow.demonstration.batch import (
    DemonstrationBatch,
    Sent,
    find_document_of,
    is_taken_in,
    open_demonstration,
)
from workflow.demonstration.family import STAGES, FamilyStory, begin_story
from workflow.demonstration.office import COORDINATOR, Office
from workflow.demonstration.operators import confirm_faults, find_state, work_through
from workflow.demonstration.papers import (
    PaperPlan,
    list_plans,
    list_spoilt,
    simulate_paper,
    spoil_file,
    write_pdf,
)
from workflow.store.demonstration import holds_demonstration
from workflow.store.documents import count_documents_by_state
from workflow.store.families import find_case_by_code
from workflow.store.models.paper import DocumentState
from workflow.store.session import Store
from workflow.store.work import count_open_steps

_CASE_FIELD = "family_code"
_LOOK_SECONDS = 0.2


def is_shown(store: Store) -> bool:
    """Whether the demonstration was sent in already."""
    with store.read() as session:
        return holds_demonstration(session)


@dataclass(frozen=True, slots=True)
class Task:
    """A paper that simulated people work on as soon as it is checked."""

    plan: PaperPlan
    sent: Sent

    def do(self, office: Office) -> bool:
        """Decide it, if it is ready; tells whether that is done."""
        document_id = find_document_of(office, self.sent.file_id)
        if document_id is None or find_state(office, document_id) is DocumentState.RECEIVED:
            return False
        work_through(office, document_id, self.sent.truth)
        if self.plan.worked_by == COORDINATOR:
            confirm_faults(office, document_id)
        return True


@dataclass(slots=True)
class Show:
    """Sends everything in, and goes on with the family while the queue works."""

    office: Office
    stop: threading.Event
    files: list[int] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Papers and files to take in, and stages of the family's way."""
        return len(list_plans()) + len(list_spoilt()) + len(STAGES)

    def run(self) -> Iterator[tuple[int, str]]:
        """How much is done and what is under way, again and again, until all is done."""
        batch = open_demonstration(self.office, read_words()["title"])
        story = begin_story(self.office, batch)
        for doing in self._send_papers(batch):
            yield self._count_done(story), doing
            self._work()
            if not story.is_over:
                story.advance()
        while not (story.is_over and not self.tasks and self._is_quiet()) and not self.stop.wait(
            _LOOK_SECONDS
        ):
            self._work()
            doing = "The queue works" if story.is_over else story.advance()
            yield self._count_done(story), doing
        yield self._count_done(story), "Simulated paper"

    def count_documents(self) -> dict[str, int]:
        """State -> how many documents are in it."""
        with self.office.store.read() as session:
            return count_documents_by_state(session, self.office.unit_id)

    def _send_papers(self, batch: DemonstrationBatch) -> Iterator[str]:
        """One paper after the other, and what became of some on their way."""
        for plan in list_plans():
            if self.stop.is_set():
                return
            yield f"Scanning: {plan.name}"
            self._send_paper(batch, plan)

    def _send_paper(self, batch: DemonstrationBatch, plan: PaperPlan) -> None:
        document = simulate_paper(plan)
        pdf = write_pdf(document)
        self._register_family(document.truth.get(_CASE_FIELD))
        self.files.append(batch.send(plan.name, pdf))
        if plan.worked_by:
            self.tasks.append(Task(plan, Sent(self.files[-1], document.truth)))
        for spoilt in list_spoilt():
            if spoilt.of == plan.name:
                content = spoil_file(spoilt.treatment, document, pdf)
                self.files.append(batch.send(spoilt.name, content))

    def _work(self) -> None:
        """Simulated people decide what is ready for them."""
        self.tasks = [task for task in self.tasks if not task.do(self.office)]

    def _register_family(self, truth: FieldTruth | None) -> None:
        """The families of these papers stand in the registry already: nobody is new to it."""
        code = truth.value if truth else None
        if not isinstance(code, str):
            return
        with self.office.act(COORDINATOR) as act:
            if find_case_by_code(act.session, code) is None:
                open_case(act, self.office.unit_id, code, simulated=True)

    def _count_done(self, story: FamilyStory) -> int:
        return sum(is_taken_in(self.office, file) for file in self.files) + story.stage

    def _is_quiet(self) -> bool:
        """Whether the queue has nothing more to do."""
        with self.office.store.read() as session:
            return not count_open_steps(session)
