"""Who does what, when, in which transaction: the one context that every change is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from workflow.audit.events import append_event
from workflow.store.session import Session

TBILISI = ZoneInfo("Asia/Tbilisi")
"""Legal days begin and end there."""


def find_legal_day(moment: datetime) -> date:
    """The day in Georgia at an aware moment."""
    return moment.astimezone(TBILISI).date()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the program itself, under the role that is used."""

    name: str
    role: str
    user_id: int | None = None
    unit_id: int | None = None


SYSTEM = Actor("system", "system")


@dataclass(frozen=True, slots=True)
class Act:
    """One actor's doing at one moment; its changes and their events commit together."""

    session: Session
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The legal day."""
        return find_legal_day(self.now)

    def record(
        self,
        action: str,
        subject: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        law: str | None = None,
    ) -> None:
        """Add an event to the audit trail, in this transaction."""
        append_event(
            self.session,
            self.now,
            self.actor.name,
            self.actor.role,
            action,
            subject,
            before,
            after,
            law,
        )
