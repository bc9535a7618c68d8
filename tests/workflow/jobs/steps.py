"""Steps for tests of the runner: what they do, and what became of them."""

from workflow.jobs.registry import Handlers
from workflow.jobs.work import Commit
from workflow.store.models.trail import AuditEvent
from workflow.store.models.work import Step
from workflow.store.session import Store


def always(commit: Commit) -> Handlers:
    return lambda name: lambda work, subject_id: commit


def find(store: Store, step_id: int) -> Step:
    with store.read() as session:
        step = session.get(Step, step_id)
    assert step is not None
    return step


def list_events(store: Store, action: str) -> list[AuditEvent]:
    with store.read() as session:
        return session.query(AuditEvent).filter_by(action=action).all()
