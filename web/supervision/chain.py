"""How sure the trail is: what was verified last, what was sealed last."""

from dataclasses import dataclass
from datetime import datetime

from workflow.store.models.trail import AuditSeal
from workflow.store.session import Session
from workflow.store.trail import WHOLE, find_newest_event
from workflow.store.whole_trail import find_last_seal, read_head


@dataclass(frozen=True, slots=True)
class ChainState:
    """What is known of the chain without checking it anew."""

    end: int
    """Number of the newest event."""
    verified_at: datetime | None
    """None: nobody has verified it yet."""
    verified: int
    """Events that were sound then, from the first on."""
    fault: str | None
    """What was broken then."""
    seal: AuditSeal | None


def find_chain_state(session: Session) -> ChainState:
    """The last verification and the last seal."""
    head, last = read_head(session), find_newest_event(session, WHOLE, "trail:verify")
    found = (last.after or {}) if last else {}
    return ChainState(
        end=head[0] if head else 0,
        verified_at=last.at if last else None,
        verified=found.get("events", 0),
        fault=found.get("fault"),
        seal=find_last_seal(session),
    )
