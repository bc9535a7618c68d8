"""Whether one reading can be built on: answered for sure, empty for sure, or neither."""

from ocr.readings import FieldReading, FieldState, Reason, Value

_ANSWERED = frozenset({FieldState.READ, FieldState.CORRECTED})
_CERTAIN = frozenset({Reason.NONE, Reason.SIGNED_CORRECTION, Reason.UNANSWERED})
_REASON_OF_STATE = {
    FieldState.CORRECTED: Reason.SIGNED_CORRECTION,
    FieldState.UNSIGNED: Reason.UNSIGNED_CORRECTION,
    FieldState.UNANSWERED: Reason.UNANSWERED,
    FieldState.UNCLEAR: Reason.AMBIGUOUS_CORRECTION,
    FieldState.UNREADABLE: Reason.IMAGE,
}


def find_reason(reading: FieldReading) -> Reason:
    """Why a field is in its state; a state that gives no reason speaks for itself."""
    if reading.reason is not Reason.NONE:
        return reading.reason
    return _REASON_OF_STATE.get(reading.state, Reason.NONE)


def is_blank(value: Value) -> bool:
    """Whether a value says nothing: no mark, no character, no signature."""
    return not (value.strip() if isinstance(value, str) else value)


def is_settled(reading: FieldReading) -> bool:
    """Whether a field carries an answer that nobody has to look at."""
    certain = find_reason(reading) in _CERTAIN and not reading.review
    return certain and reading.state in _ANSWERED and not is_blank(reading.value)


def is_surely_empty(reading: FieldReading) -> bool:
    """Whether a field was seen and nobody has answered it; unread is not empty."""
    if reading.review or find_reason(reading) not in _CERTAIN:
        return False
    if reading.state in (FieldState.EMPTY, FieldState.UNANSWERED):
        return True
    return reading.state in _ANSWERED and is_blank(reading.value)
