"""When the entries of people settle a field; an unclear correction is never guessed."""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class SettledValue:
    """What a field says by the decision of people."""

    verdict: Verdict
    value: Value


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two people said different things of a critical field."""


def settle(entries: Sequence[Entry], need: Need) -> SettledValue | Disagreement | None:
    """What the entries, oldest first, make of a field; None while somebody is awaited."""
    if not entries:
        return None
    newest = {entry.number: _read_entry(entry) for entry in entries}
    if need is Need.UNCLEAR:
        return _settle_unclear(newest)
    if need is Need.TWO:
        return _settle_critical(newest)
    return _read_entry(entries[-1])


def find_stage(entries: Sequence[Entry], need: Need) -> Stage:
    """Whom a field with these entries waits for."""
    settled = settle(entries, need)
    if isinstance(settled, Disagreement):
        return Stage.SETTLE
    if settled is not None:
        return Stage.DONE
    return Stage.SECOND if entries else Stage.FIRST


def _settle_unclear(newest: Mapping[int, SettledValue]) -> SettledValue | None:
    """The value that two people read alike; anything else leaves it unclear."""
    if FIRST not in newest or SECOND not in newest:
        return None
    one, other = newest[FIRST], newest[SECOND]
    stands = one.verdict is Verdict.VALUE and one == other
    return one if stands else SettledValue(Verdict.UNCLEAR, None)


def _settle_critical(newest: Mapping[int, SettledValue]) -> SettledValue | Disagreement | None:
    if SETTLING in newest:
        return newest[SETTLING]
    if FIRST not in newest or SECOND not in newest:
        return None
    return newest[FIRST] if newest[FIRST] == newest[SECOND] else Disagreement()


def _read_entry(entry: Entry) -> SettledValue:
    return SettledValue(entry.verdict, entry.value)
