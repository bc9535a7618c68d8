"""Who works on what: a lease runs out by itself when its holder gives no sign.

Each new holder gets another token. Whoever commits shows theirs: one whose lease
ran out, or was taken over, is refused, however late they come.
"""

from datetime import UTC, datetime, timedelta
from typing import TypeGuard

from workflow.errors import LeaseLost
from workflow.store.models.work import Lease
from workflow.store.session import Session
from workflow.store.work import find_lease, insert_once, lock_lease

_FREE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a lease that nobody holds ran out."""


def acquire(session: Session, name: str, holder: str, now: datetime, seconds: float) -> int | None:
    """Take the lease; its token, or None where somebody else holds it.

    A holder that still has it keeps its token and gets the full time anew.
    """
    lease = lock_lease(session, name)
    if lease is None:
        insert_once(session, Lease(name=name, holder="", token=0, expires_at=_FREE))
        lease = lock_lease(session, name)
        assert lease is not None
    if lease.expires_at <= now:
        lease.token += 1
        lease.holder = holder
    elif lease.holder != holder:
        return None
    lease.expires_at = now + timedelta(seconds=seconds)
    return lease.token


def renew(session: Session, name: str, token: int, now: datetime, seconds: float) -> bool:
    """Give the holder of the token the full time anew; False where the lease is lost."""
    lease = lock_lease(session, name)
    if not _is_held(lease, token, now):
        return False
    lease.expires_at = now + timedelta(seconds=seconds)
    return True


def release(session: Session, name: str, token: int) -> None:
    """Give the lease back; nothing happens where the token is no longer the newest."""
    lease = lock_lease(session, name)
    if lease is not None and lease.token == token:
        lease.holder, lease.expires_at = "", _FREE


def check(session: Session, name: str, token: int, now: datetime) -> None:
    """Raises LeaseLost unless the token's holder has the lease; nobody takes it meanwhile."""
    if not _is_held(lock_lease(session, name), token, now):
        raise LeaseLost(name)


def find_holder(session: Session, name: str, now: datetime) -> str | None:
    """Who has the lease now."""
    lease = find_lease(session, name)
    return lease.holder if lease is not None and lease.expires_at > now else None


def _is_held(lease: Lease | None, token: int, now: datetime) -> TypeGuard[Lease]:
    return lease is not None and lease.token == token and lease.expires_at > now
