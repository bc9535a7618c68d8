"""Whether one reading can be built on: answered for sure, empty for sure, or neither."""

from collections.abc import Mapping
from enum import Enum
from itertools import product

from ocr.readings import FieldReading, FieldState, Reason, Value

_ANSWERED = frozenset({FieldState.READ, FieldState.CORRECTED})
_UNANSWERED = frozenset({FieldState.EMPTY, FieldState.UNANSWERED})
_CERTAIN = frozenset({Reason.NONE, Reason.SIGNED_CORRECTION, Reason.UNANSWERED})
_REASON_OF_STATE = {
    FieldState.CORRECTED: Reason.SIGNED_CORRECTION,
    FieldState.UNSIGNED: Reason.UNSIGNED_CORRECTION,
    FieldState.UNANSWERED: Reason.UNANSWERED,
    FieldState.UNCLEAR: Reason.AMBIGUOUS_CORRECTION,
    FieldState.UNREADABLE: Reason.IMAGE,
}


class Standing(Enum):
    """What a reading is to whoever builds on it."""

    SETTLED = "settled"
    """It carries an answer that nobody has to look at."""
    EMPTY = "empty"
    """It was seen and nobody has answered it; unread is not empty."""
    OPEN = "open"
    """A person decides."""


# Looked up once, because every field of every document is held against them.
_EMPTY, _SETTLED = Standing.EMPTY, Standing.SETTLED


def find_reason(reading: FieldReading) -> Reason:
    """Why a field is in its state; a state that gives no reason speaks for itself."""
    return _name_reason(reading.state, reading.reason)


def _name_reason(state: FieldState, reason: Reason) -> Reason:
    return _REASON_OF_STATE.get(state, Reason.NONE) if reason is Reason.NONE else reason


def is_blank(value: Value) -> bool:
    """Whether a value says nothing: no mark, no character, no signature."""
    return not (value.strip() if isinstance(value, str) else value)


def find_standing(reading: FieldReading) -> Standing:
    """What can be built on a reading; an answer of nothing but blanks is empty."""
    standing = _STANDINGS[reading.state, reading.reason, reading.review]
    return _EMPTY if standing is _SETTLED and is_blank(reading.value) else standing


def is_settled(reading: FieldReading) -> bool:
    """Whether a field carries an answer that nobody has to look at."""
    return find_standing(reading) is Standing.SETTLED


def is_surely_empty(reading: FieldReading) -> bool:
    """Whether a field was seen and nobody has answered it; unread is not empty."""
    return find_standing(reading) is Standing.EMPTY


def _judge(state: FieldState, reason: Reason, review: bool) -> Standing:
    if review or _name_reason(state, reason) not in _CERTAIN:
        return Standing.OPEN
    if state in _UNANSWERED:
        return Standing.EMPTY
    return Standing.SETTLED if state in _ANSWERED else Standing.OPEN


# Asked of every field of every document, so it is worked out once for all of them.
_STANDINGS: Mapping[tuple[FieldState, Reason, bool], Standing] = {
    key: _judge(*key) for key in product(FieldState, Reason, (False, True))
}
