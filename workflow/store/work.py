"""Steps, their effects and leases: what the queue and the pages ask of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from workflow.store.models.base import Key, Row
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import FamilyCase, Rating
from workflow.store.models.paper import Batch, File, PaperDocument
from workflow.store.models.work import Effect, Lease, Step, StepState
from workflow.store.parts import cut_keys
from workflow.store.session import Session

OPEN_STATES = (StepState.PENDING, StepState.QUEUED, StepState.RUNNING)


def insert_once(session: Session, row: Row) -> bool:
    """Add a row unless one with its unique key stands already; tells whether it was added.

    Of two transactions that add the same at once, the second waits for the first.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def take_turn(session: Session, name: str, now: datetime) -> None:
    """Wait until nobody else has this turn; it ends with the transaction."""
    place = f"turn:{name}"
    if session.get(Lease, place, with_for_update=True) is None:
        insert_once(session, Lease(name=place, holder="", token=0, expires_at=now))
        session.get(Lease, place, with_for_update=True, populate_existing=True)


def find_step(session: Session, step: str, subject: str, input_hash: str) -> Step | None:
    """The step that works on this input."""
    return session.scalars(
        select(Step).filter_by(step=step, subject=subject, input_hash=input_hash)
    ).one_or_none()


def list_steps_that_follow(session: Session, step_id: int) -> Sequence[int]:
    """Steps that the effects of a step have asked for and that nobody has taken up yet.

    They were written in its last transaction, so they bear its moment.
    """
    done = aliased(Step)
    query = (
        select(Step.id)
        .join(done, done.finished_at == Step.created_at)
        .where(done.id == step_id, done.state == StepState.DONE)
        .where(Step.id > step_id, Step.state == StepState.PENDING)
    )
    return session.scalars(query.order_by(Step.id)).all()


def lock_step(session: Session, step_id: int) -> Step | None:
    """A step that nobody else changes before this transaction ends."""
    return session.get(Step, step_id, with_for_update=True, populate_existing=True)


def has_effect(session: Session, step: Step) -> bool:
    """Whether the effects of the step on its input were committed."""
    found = select(Effect.id).filter_by(
        step=step.step, subject=step.subject, input_hash=step.input_hash
    )
    return session.scalar(found) is not None


def list_due_steps(session: Session, now: datetime, limit: int) -> Sequence[Step]:
    """Steps that wait in the outbox for the queue, the oldest first."""
    due = select(Step).where(Step.state == StepState.PENDING, Step.not_before <= now)
    return session.scalars(due.order_by(Step.not_before, Step.id).limit(limit)).all()


def mark_queued(session: Session, steps: Iterable[Step], now: datetime) -> None:
    """The queue has these steps; one that a worker has taken meanwhile stays as it is."""
    for step in steps:
        session.execute(
            update(Step)
            .where(
                Step.id == step.id,
                Step.state == StepState.PENDING,
                Step.attempts == step.attempts,
            )
            .values(state=StepState.QUEUED, queued_at=now)
        )


def find_queued_attempts(session: Session) -> dict[int, int]:
    """Step that the queue should know -> how many attempts it has had."""
    queued = select(Step.id, Step.attempts).where(Step.state == StepState.QUEUED)
    return {step_id: attempts for step_id, attempts in session.execute(queued)}


def requeue_steps(session: Session, step_ids: Collection[int]) -> int:
    """Steps that the queue has lost wait in the outbox again; tells how many."""
    found = 0
    for ids in cut_keys(step_ids):
        lost = update(Step).where(Step.id.in_(ids), Step.state == StepState.QUEUED)
        changed = session.execute(lost.values(state=StepState.PENDING, queued_at=None))
        found += int(changed.rowcount)  # type: ignore[attr-defined]
    return found


def list_abandoned_steps(session: Session, now: datetime) -> Sequence[int]:
    """Ids of steps whose worker let its lease run out."""
    name = literal("step:") + cast(Step.id, String)
    abandoned = (
        select(Step.id)
        .join(Lease, Lease.name == name)
        .where(Step.state == StepState.RUNNING, Lease.expires_at <= now)
    )
    return session.scalars(abandoned.order_by(Step.id)).all()


def find_lease(session: Session, name: str) -> Lease | None:
    """Who held it last, until when."""
    return session.get(Lease, name)


def lock_lease(session: Session, name: str) -> Lease | None:
    """Who holds it; nobody takes or renews it before this transaction ends."""
    return session.get(Lease, name, with_for_update=True, populate_existing=True)


def list_steps(session: Session, subjects: Collection[str]) -> list[Step]:
    """All steps on these subjects in the order in which they were asked for."""
    found: list[Step] = []
    for some in cut_keys(subjects):
        found += session.scalars(select(Step).where(Step.subject.in_(some)))
    return sorted(found, key=lambda step: step.id)


def list_failed_steps(session: Session, unit_id: int | None = None, limit: int = 100) -> list[Step]:
    """Steps that were given up, the newest first; of one unit where it is given."""
    failed = select(Step).filter_by(state=StepState.FAILED).order_by(Step.id.desc())
    if unit_id is not None:
        failed = failed.where(_belongs_to(unit_id))
    return list(session.scalars(failed.limit(limit)))


def is_step_of_unit(session: Session, step_id: int, unit_id: int) -> bool:
    """Whether a step works on a paper or case of the unit."""
    return (
        session.scalar(select(Step.id).where(Step.id == step_id, _belongs_to(unit_id))) is not None
    )


def _belongs_to(unit_id: int) -> ColumnElement[bool]:
    """Whether the paper or case that a step works on is the unit's."""
    of_unit = {
        "file": select(File.id).join(Batch).where(Batch.unit_id == unit_id),
        "document": select(PaperDocument.id).filter_by(unit_id=unit_id),
        "record": select(RegistryRecord.id)
        .join(PaperDocument, PaperDocument.id == RegistryRecord.document_id)
        .where(PaperDocument.unit_id == unit_id),
        "rating": select(Rating.id).join(FamilyCase).where(FamilyCase.unit_id == unit_id),
    }
    return or_(
        *(
            and_(Step.subject.startswith(f"{kind}:"), _subject_id(kind).in_(ids))
            for kind, ids in of_unit.items()
        )
    )


def _subject_id(kind: str) -> ColumnElement[int]:
    return case(
        (Step.subject.startswith(f"{kind}:"), cast(func.substr(Step.subject, len(kind) + 2), Key))
    )


def count_open_steps(session: Session) -> dict[str, int]:
    """State -> how many steps are in it; only of those that still go on."""
    counted = select(Step.state, func.count()).where(Step.state.in_(OPEN_STATES))
    return {state: number for state, number in session.execute(counted.group_by(Step.state))}
