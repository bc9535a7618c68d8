"""One family's paper from its application to the assignment, as people would carry it.

Each stage waits for what the one before it asked of the queue; nothing is done past
the workflow's own functions.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from form_templates import catalog
from form_templates.model import Kind, TemplateKey
from ocr.simulation.application import FIRST, apply_family
from ocr.simulation.assignment import Course, follow_course
from ocr.simulation.declaration import declare_family
from ocr.simulation.document import Paper, prepare_paper, simulate_on
from ocr.simulation.intents import Intent, Intents, Medium
from ocr.simulation.people import Family, invent_family
from workflow.acts import TBILISI
from workflow.demonstration.batch import DemonstrationBatch, Sent, find_document_of
from workflow.demonstration.office import COORDINATOR, Office
from workflow.demonstration.operators import find_state, work_through
from workflow.demonstration.papers import print_intents
from workflow.errors import WorkflowFault
from workflow.printing.issuing import issue_print, prepare_print
from workflow.printing.prefill import (
    ASSIGNMENT_FORM,
    DECLARATION,
    MEMBERS,
    VISIT,
    count_rows,
    prefill_declaration,
)
from workflow.store.documents import find_document
from workflow.store.families import find_case
from workflow.store.models.families import IssuedPrint
from workflow.store.models.paper import DocumentState
from workflow.store.prints import find_issued_print
from workflow.store.ratings import find_newest_record, list_assignments

APPLICATION = "application"

_SEED = 3
_LEVEL = 1
_MEMBERS = 2
_DAYS_SINCE_APPLICATION = 7
_WAITING = DocumentState.RECEIVED


class DemonstrationStuck(WorkflowFault):
    """A paper of the demonstration went another way than it was made for."""

    code = "demonstration_stuck"
    message = "The demonstration did not go to its end; everything else goes on."


@dataclass(slots=True)
class FamilyStory:
    """The family that is followed all the way."""

    office: Office
    batch: DemonstrationBatch
    family: Family
    rng: np.random.Generator
    stage: int = 0
    sent: Sent | None = None
    case_id: int | None = None
    printed: IssuedPrint | None = None

    @property
    def is_over(self) -> bool:
        """Whether the last stage is done."""
        return self.stage == len(STAGES)

    def advance(self) -> str:
        """Do the next stage if it can be done; says what is under way."""
        text, act = STAGES[self.stage]
        self.stage += act(self)
        return text

    def _send_application(self) -> bool:
        paper = prepare_paper(catalog.load(APPLICATION), {MEMBERS: _MEMBERS})
        answers = apply_family(self.family, paper.pages, self.rng)
        answers["reason"] = Intent(FIRST)
        for unasked in ("family_code", "reassessment_grounds"):
            answers.pop(unasked, None)
        self._send("family-application", paper, print_intents(paper, answers, [Kind.LETTERS]))
        return True

    def _decide(self) -> bool:
        """The office decides the paper that was sent last, once the program has checked it."""
        assert self.sent is not None
        document_id = find_document_of(self.office, self.sent.file_id)
        if document_id is None or find_state(self.office, document_id) is _WAITING:
            return False
        reached = work_through(self.office, document_id, self.sent.truth)
        if reached is not DocumentState.AUTHORISED:
            raise DemonstrationStuck(f"document:{document_id} is {reached}")
        with self.office.store.read() as session:
            self.case_id = find_document(session, document_id).case_id
        return True

    def _print_declaration(self) -> bool:
        office = self.office
        with office.store.read() as session:
            case = find_case(session, self._case())
            record = find_newest_record(session, case.id, APPLICATION)
            assert record is not None
        applied = TemplateKey(record.form, record.edition)
        known = prefill_declaration(case.family_code, record.values, applied)
        rows = count_rows(record.values)
        prepared = prepare_print(office.settings, DECLARATION, None, rows, known)
        with office.act(COORDINATOR) as act:
            self.printed = issue_print(act, find_case(act.session, case.id), prepared, VISIT)
        return True

    def _send_declaration(self) -> bool:
        self.family = replace(self.family, day=self._today())
        paper = self._take_paper(DECLARATION)
        self._send("family-declaration", paper, declare_family(self.family, paper.pages, self.rng))
        return True

    def _await_assignment_form(self) -> bool:
        """The queue rates the family and prints the form."""
        with self.office.store.read() as session:
            opened = list_assignments(session, self._case())
            if not opened:
                return False
            self.printed = find_issued_print(session, opened[0].print_id)
        return True

    def _send_assignment_form(self) -> bool:
        paper = self._take_paper(ASSIGNMENT_FORM)
        answers = follow_course(self.family, paper.pages, self.rng, Course())
        self._send("family-assignment-form", paper, answers)
        return True

    def _await_outcome(self) -> bool:
        """The queue decides the assignment by its form."""
        with self.office.store.read() as session:
            return list_assignments(session, self._case())[0].outcome is not None

    def _take_paper(self, form: str) -> Paper:
        """The numbered copy that was printed last."""
        assert self.printed is not None and self.printed.form == form
        rows = {table: int(count) for table, count in self.printed.rows.items()}
        return prepare_paper(catalog.load(form), rows, serial=self.printed.serial)

    def _send(self, name: str, paper: Paper, answers: Intents) -> None:
        """Fill a paper in, leave what was printed into it, and scan it."""
        known = self.printed.values if self.printed else {}
        printed = {field: Intent(value, medium=Medium.PRINT) for field, value in known.items()}
        document = simulate_on(paper, {**answers, **printed}, _LEVEL, _SEED)
        self.sent = self.batch.send_document(name, document)

    def _case(self) -> int:
        assert self.case_id is not None
        return self.case_id

    def _today(self) -> date:
        return self.office.clock().astimezone(TBILISI).date()


STAGES: tuple[tuple[str, Callable[[FamilyStory], bool]], ...] = (
    ("Scanning a family's application", FamilyStory._send_application),
    ("Deciding the application", FamilyStory._decide),
    ("Printing a declaration for the visit", FamilyStory._print_declaration),
    ("Scanning the declaration", FamilyStory._send_declaration),
    ("Deciding the declaration", FamilyStory._decide),
    ("Rating the family, printing its assignment form", FamilyStory._await_assignment_form),
    ("Scanning the assignment form", FamilyStory._send_assignment_form),
    ("Deciding the assignment form", FamilyStory._decide),
    ("Recording the outcome of the assignment", FamilyStory._await_outcome),
)
"""What happens, in order; each tells whether it could be done already."""


def begin_story(office: Office, batch: DemonstrationBatch) -> FamilyStory:
    """A family that applied some days ago."""
    applied = office.clock().astimezone(TBILISI).date() - timedelta(days=_DAYS_SINCE_APPLICATION)
    rng = np.random.default_rng(_SEED)
    return FamilyStory(office, batch, invent_family(rng, _MEMBERS, applied), rng)
