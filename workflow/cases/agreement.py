"""Whether people say of a field what the program read; pure."""

from form_templates.specification import Question
from ocr.readings import FieldState
from workflow.cases.answers import tidy_value
from workflow.cases.settling import Value
from workflow.errors import NotAllowed
from workflow.store.models.decisions import Verdict

_STATES = {Verdict.UNSIGNED: FieldState.UNSIGNED, Verdict.UNCLEAR: FieldState.UNCLEAR}


def is_read_rightly(
    question: Question, state: str, read: Value, verdict: Verdict, value: Value
) -> bool | None:
    """Compare a reading with what people say; None where the image does not tell."""
    if verdict is Verdict.UNREADABLE:
        return None
    if verdict in _STATES:
        return state == _STATES[verdict]
    speaks_so = state not in _STATES.values() and state != FieldState.UNREADABLE
    return speaks_so and _tidy_read(question, read) == _strip(value)


def _tidy_read(question: Question, read: Value) -> Value:
    """What was read as a person would have entered it."""
    try:
        return _strip(tidy_value(question, Verdict.VALUE, read))
    except NotAllowed:
        return _strip(read)


def _strip(value: Value) -> Value:
    """Nothing at all is nothing."""
    stripped = value.strip() if isinstance(value, str) else value
    return None if stripped in ("", (), False) else stripped
