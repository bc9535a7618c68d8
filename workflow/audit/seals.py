"""Seals: how far the trail was, told each day to a file that can be kept elsewhere.

A row comes first, then its line in the file: what a crash kept from the file, the
next seal brings. Each line carries the hash of the line before.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from workflow.acts import find_legal_day
from workflow.audit.chain import START, hash_text, write_canonical
from workflow.audit.events import lock_head, write_instant
from workflow.audit.seal_file import append_lines
from workflow.store.models.trail import AuditSeal
from workflow.store.session import Session, Store
from workflow.store.whole_trail import find_last_seal, list_seals


@dataclass(frozen=True, slots=True)
class Seal:
    """One line of the file."""

    number: int
    """From 1 without gaps."""
    day: str
    seq: int
    """The newest event then."""
    hash: str
    """Of that event."""
    sealed_at: str
    previous: str
    """SHA-256 of the line before; zeros for the first."""

    def write(self) -> str:
        """The line, without its end."""
        return write_canonical(asdict(self))


def seal_day(store: Store, path: Path, now: datetime) -> Seal | None:
    """Seal the trail once a legal day; to be called as often as one likes.

    The file says when that was: whoever can write to the database alone could put the row's
    day off for ever.
    """
    if path.exists() and _find_last_day(path) == find_legal_day(now).isoformat():
        return None
    return seal_trail(store, path, now)


def _find_last_day(path: Path) -> str | None:
    """The day of the file's last line; None where it says none."""
    lines = path.read_text("utf-8", errors="replace").splitlines()
    try:
        day = json.loads(lines[-1])["day"]
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    return day if isinstance(day, str) else None


def seal_trail(store: Store, path: Path, now: datetime) -> Seal | None:
    """Seal what is new in the trail, if anything is, and bring the file up to date."""
    with store.write() as session:
        seal = _add_seal(session, now)
    with store.read() as session:
        append_lines(path, [describe_seal(row).write() for row in list_seals(session)])
    return seal


def describe_seal(row: AuditSeal) -> Seal:
    """What a seal's line says."""
    sealed_at = write_instant(row.sealed_at)
    return Seal(row.id, row.day.isoformat(), row.seq, row.hash, sealed_at, row.previous)


def _add_seal(session: Session, now: datetime) -> Seal | None:
    head, last = lock_head(session), find_last_seal(session)
    if head.seq == (last.seq if last else 0):
        return None
    row = AuditSeal(
        id=last.id + 1 if last else 1,
        day=find_legal_day(now),
        seq=head.seq,
        hash=head.hash,
        sealed_at=now,
        previous=hash_text(describe_seal(last).write()) if last else START,
    )
    session.add(row)
    return describe_seal(row)
