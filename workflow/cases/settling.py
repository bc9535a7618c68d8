"""When the entries of people settle a field; an unclear correction is never guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.store.models.decisions import Verdict

Value = str | tuple[str, ...] | bool | None


class Need(StrEnum):
    """What a doubt takes to be decided."""

    ONE = "one"
    """One person enters the field."""
    TWO = "two"
    """A critical field: a second person enters it too, blind to the first."""
    UNCLEAR = "unclear"
    """An unclear correction: it stands only if two people read the same value."""
    LOOK = "look"
    """A warning that no entry resolves: one person looks and lets it stand."""


class Stage(StrEnum):
    """Whom a doubt waits for."""

    FIRST = "first"
    SECOND = "second"
    """A person other than the first."""
    SETTLE = "settle"
    """The two disagree: a coordinator."""
    DONE = "done"


FIRST, SECOND, SETTLING = 1, 2, 3
"""Numbers of entries: first person, second person, coordinator."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person said of a field."""

    number: int
    user_id: int
    verdict: Verdict
    value: Value
    is_registered: bool = False
    """A register offered just this value to the person."""


@dataclass(frozen=True, slots=True)
class SettledValue:
    """What a field says by the decision of people."""

    verdict: Verdict
    value: Value


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two people said different things of a field."""


_PEOPLE = {Need.ONE: 1, Need.TWO: 2, Need.UNCLEAR: 2, Need.LOOK: 1}
"""How many must have said something before a field is decided."""


def settle(entries: Sequence[Entry], need: Need) -> SettledValue | Disagreement | None:
    """What the entries, oldest first, make of a field; None while somebody is awaited.

    Nobody overrules another unnoticed: where two differ, even on a field that one could
    have decided, a coordinator settles it.
    """
    said = list_said(entries)
    if len(said) < _PEOPLE[need]:
        return None
    if need is Need.UNCLEAR:
        return _settle_unclear(said)
    settled = [_read_entry(entry) for entry in entries if entry.number == SETTLING]
    if settled:
        return settled[-1]
    return said[0] if _agree(said) else Disagreement()


def find_stage(entries: Sequence[Entry], need: Need) -> Stage:
    """Whom a field with these entries waits for."""
    settled = settle(entries, need)
    if isinstance(settled, Disagreement):
        return Stage.SETTLE
    if settled is not None:
        return Stage.DONE
    return Stage.SECOND if entries else Stage.FIRST


def list_said(entries: Iterable[Entry]) -> tuple[SettledValue, ...]:
    """What each person said last, all of them blind to each other."""
    blind = (entry for entry in entries if entry.number != SETTLING)
    return tuple({entry.user_id: _read_entry(entry) for entry in blind}.values())


def _settle_unclear(said: Sequence[SettledValue]) -> SettledValue:
    """The value that all read alike; anything else leaves it unclear."""
    stands = said[0].verdict is Verdict.VALUE and _agree(said)
    return said[0] if stands else SettledValue(Verdict.UNCLEAR, None)


def _agree(said: Sequence[SettledValue]) -> bool:
    return all(one == said[0] for one in said)


def _read_entry(entry: Entry) -> SettledValue:
    return SettledValue(entry.verdict, entry.value)
