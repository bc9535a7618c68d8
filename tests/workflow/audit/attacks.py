"""What somebody with all rights to the database, but not to kept seals, can do to the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text, update

from workflow.audit.chain import START, hash_event
from workflow.audit.events import describe_event
from workflow.store.models.trail import AuditEvent, AuditHead
from workflow.store.session import Session, Store

Attack = Callable[[Session], None]


def attack(store: Store, harm: Attack) -> None:
    """Takes the triggers away, does harm, and puts them back as if nothing had been."""
    with store.write() as session:
        put_back = _disarm(session)
        harm(session)
        for statement in put_back:
            session.execute(text(statement))


def _disarm(session: Session) -> list[str]:
    tables = ("audit_event", "audit_seal", "registry_record", "person_membership")
    if session.get_bind().dialect.name == "postgresql":
        for table in tables:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
    triggers = session.execute(
        text(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN {tables}")
    ).all()
    for name, _ in triggers:
        session.execute(text(f"DROP TRIGGER {name}"))
    return [sql for _, sql in triggers]


def run(statement: str) -> Attack:
    """One statement."""

    def harm(session: Session) -> None:
        session.execute(text(statement))

    return harm


@dataclass(frozen=True, slots=True)
class ForgeEvent:
    """Changes one event, and its own hash so that it fits."""

    seq: int

    def __call__(self, session: Session) -> None:
        """Do it."""
        event = session.get_one(AuditEvent, self.seq)
        event.actor = "somebody_else"
        event.hash = hash_event(describe_event(event), event.previous)
        session.flush()


@dataclass(frozen=True, slots=True)
class ForgeChain:
    """Changes one event, and all hashes after it, and the note of the newest."""

    seq: int

    def __call__(self, session: Session) -> None:
        """Do it."""
        previous = START
        for event in session.query(AuditEvent).order_by(AuditEvent.seq):
            changes: dict[str, Any] = {"previous": previous}
            if event.seq == self.seq:
                event.actor = changes["actor"] = "somebody_else"
            previous = hash_event(describe_event(event), previous)
            changes["hash"] = previous
            session.execute(update(AuditEvent).where(AuditEvent.seq == event.seq).values(changes))
        session.execute(update(AuditHead).values(hash=previous))


@dataclass(frozen=True, slots=True)
class CutEnd:
    """Removes the last events, and corrects the note of the newest."""

    keep: int

    def __call__(self, session: Session) -> None:
        """Do it."""
        session.execute(text(f"DELETE FROM audit_event WHERE seq > {self.keep}"))
        last = session.get_one(AuditEvent, self.keep)
        session.execute(update(AuditHead).values(seq=self.keep, hash=last.hash))
