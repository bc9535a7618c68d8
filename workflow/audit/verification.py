"""Whether the trail is whole: each event against the one before, all of them against the seals.

The registry's entries are checked against the events that authorised them.

What the store notes beside the events is checked as well, but trusted in nothing: a
seal's line that was kept elsewhere tells of a trail that was rewritten as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from workflow.acts import find_legal_day
from workflow.audit.chain import START, hash_event
from workflow.audit.entries import Entries, check_entries, note_entries
from workflow.audit.export import stream_chained
from workflow.audit.faults import Fault, Wrong
from workflow.audit.seal_checks import check_lines, compare_with_rows, read_seal_lines
from workflow.audit.seals import Seal, describe_seal
from workflow.store.session import Session
from workflow.store.whole_trail import (
    hold_snapshot,
    list_readable_seals,
    read_head,
    stream_records,
)

Event = Mapping[str, Any]

_UNSEALED = timedelta(days=2)
"""Legal days that an event may wait for its seal while others follow it: one comes each day."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole trail found."""

    events: int
    """That are sound, from the first on."""
    sealed: int
    """Up to which event a sound seal speaks; those after it are bound by the chain alone."""
    seals: int
    """That are sound."""
    faults: tuple[Fault, ...]
    """The first broken event, and the first broken seal; empty for a whole trail."""

    @property
    def fault(self) -> Fault | None:
        """What to name where there is room for one."""
        return self.faults[0] if self.faults else None


@dataclass(frozen=True, slots=True)
class _Link:
    """An event that was found sound."""

    seq: int = 0
    hash: str = START
    at: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """How far a trail was found sound."""

    last: _Link
    fault: Fault | None
    """What is wrong with the event after the last sound one."""
    waiting: _Link | None = None
    """The first event that no seal speaks of."""


def verify_trail(session: Session, seals_file: Path) -> Verdict:
    """Check the store's trail, in a transaction that has done nothing else before."""
    hold_snapshot(session)
    rows = [describe_seal(row).write() if row else "" for row in list_readable_seals(session)]
    lines = read_seal_lines(seals_file)
    seals, seal_fault = check_lines(lines)
    entries: Entries = {}
    way = _walk(note_entries(stream_chained(session), entries), seals)
    fault = way.fault or _check_head(way.last, read_head(session))
    fault = fault or check_entries(stream_records(session), entries)
    return _conclude(way, seals, fault, seal_fault or compare_with_rows(lines, rows))


def verify_export(events: Iterable[Event], seal_lines: Sequence[str]) -> Verdict:
    """Check an exported trail against the seals alone; no server is asked."""
    seals, seal_fault = check_lines(seal_lines)
    way = _walk(events, seals)
    return _conclude(way, seals, way.fault, seal_fault)


def _conclude(
    way: _Way, seals: Sequence[Seal], fault: Fault | None, seal_fault: Fault | None
) -> Verdict:
    if seal_fault is None:  # else it says already why seals are missing
        fault = fault or _check_waiting(way)
    sealed = max((seal.seq for seal in seals if seal.seq <= way.last.seq), default=0)
    faults = tuple(found for found in (fault, seal_fault) if found is not None)
    return Verdict(way.last.seq, sealed, len(seals), faults)


def _walk(events: Iterable[Event], seals: Sequence[Seal]) -> _Way:
    """Follow the chain as far as it is sound."""
    last, agreed, waiting = _Link(), 0, None
    sealed = {seal.seq: seal for seal in seals}
    for event in events:
        fault = _check_event(event, last)
        if fault is not None:
            return _Way(last, fault)
        seal = sealed.pop(last.seq + 1, None)
        if seal is not None and seal.hash != event["hash"]:
            told = f"seal {seal.number}: up to {seal.seq}"
            return _Way(last, Fault(Wrong.REWRITTEN, agreed + 1, told))
        last = _Link(last.seq + 1, event["hash"], str(event.get("at")))
        agreed, waiting = (agreed, waiting or last) if seal is None else (last.seq, None)
    lost = max(sealed.values(), key=lambda seal: seal.seq, default=None)
    if lost is None:
        return _Way(last, None, waiting)
    told = f"seal {lost.number}: up to {lost.seq}"
    return _Way(last, Fault(Wrong.END_MISSING, last.seq + 1, told))


def _check_event(event: Event, last: _Link) -> Fault | None:
    """What is wrong with the event that stands behind `last`."""
    number = last.seq + 1
    content = {key: event[key] for key in event if key not in {"previous", "hash"}}
    seq, previous = event.get("seq"), event.get("previous")
    if isinstance(seq, int) and seq > number:
        return Fault(Wrong.MISSING, number, f"{seq} follows {last.seq}")
    if seq != number or not isinstance(previous, str) or not _fits(event, content, previous):
        return Fault(Wrong.CHANGED, number)
    if previous != last.hash:
        return Fault(Wrong.REPLACED, max(last.seq, 1))
    return None


def _fits(event: Event, content: Event, previous: str) -> bool:
    try:
        return bool(hash_event(content, previous) == event.get("hash"))
    except (TypeError, ValueError):  # a number or a text that no event can hold
        return False


def _check_waiting(way: _Way) -> Fault | None:
    """What is wrong where seals stopped while events went on: sealing was put to sleep.

    Measured by the events alone: a machine may stand still for weeks, and a copy be old.
    """
    if way.waiting is None:
        return None
    since, until = _find_day(way.waiting), _find_day(way.last)
    if since is not None and until is not None and until - since <= _UNSEALED:
        return None
    return Fault(Wrong.UNSEALED, way.waiting.seq)


def _find_day(link: _Link) -> date | None:
    """The legal day of an event; None where it was rewritten so that it names none."""
    try:
        return find_legal_day(datetime.fromisoformat(link.at))
    except (TypeError, ValueError, OverflowError):
        return None


def _check_head(last: _Link, head: tuple[int, str] | None) -> Fault | None:
    """What is wrong between the last event and the store's note of it."""
    if head is None:
        return Fault(Wrong.HEAD, last.seq)
    if head[0] > last.seq:
        return Fault(Wrong.END_MISSING, last.seq + 1, f"the store counts {head[0]}")
    return None if head == (last.seq, last.hash) else Fault(Wrong.HEAD, last.seq)
