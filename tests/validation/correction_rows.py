"""The rows of the correction table: what is seen in one answer, and what follows on each form."""

from dataclasses import dataclass

from ocr.readings import FieldState, Reason
from validation.disposition import Disposition

NEW, RETURN, REJECT = (
    Disposition.NEW_DECLARATION_REQUIRED,
    Disposition.RETURN_TO_AGENT,
    Disposition.REJECT,
)


REVIEW, RESCAN, ACCEPTED = Disposition.NEEDS_REVIEW, Disposition.RESCAN, Disposition.ACCEPTED


@dataclass(frozen=True)
class Row:
    """What was seen in one answer, and what follows on each form."""

    seen: str
    state: FieldState
    reason: Reason
    declaration: Disposition
    application: Disposition
    code: str | None
    value: str | None = None
    review: bool = False


ROWS = [
    Row(
        "one circled, nothing crossed", FieldState.READ, Reason.NONE, ACCEPTED, ACCEPTED, None, "1"
    ),
    Row(
        "circled and crossed, another circled, both signed",
        FieldState.CORRECTED,
        Reason.SIGNED_CORRECTION,
        ACCEPTED,
        REVIEW,
        "signed_correction",
        "1",
    ),
    Row(
        "the same, a signature missing",
        FieldState.UNSIGNED,
        Reason.UNSIGNED_CORRECTION,
        RETURN,
        REVIEW,
        "unsigned_correction",
        "1",
    ),
    Row(
        "an X alone on a code never circled",
        FieldState.UNANSWERED,
        Reason.CROSSED_UNANSWERED,
        RETURN,
        REJECT,
        "crossed_unanswered",
    ),
    Row(
        "an empty required field, called so by the reader",
        FieldState.UNANSWERED,
        Reason.UNANSWERED,
        RETURN,
        REJECT,
        "unanswered",
    ),
    Row("an empty required field", FieldState.EMPTY, Reason.NONE, RETURN, REJECT, "unanswered"),
    Row(
        "two circled, no X anywhere",
        FieldState.UNANSWERED,
        Reason.TWO_ANSWERS,
        RETURN,
        REJECT,
        "two_answers",
    ),
    Row(
        "two survive an X, or a scribble",
        FieldState.UNCLEAR,
        Reason.AMBIGUOUS_CORRECTION,
        NEW,
        REJECT,
        "ambiguous_correction",
    ),
    Row(
        "unclear, for a reason that the reader did not give",
        FieldState.UNCLEAR,
        Reason.NONE,
        NEW,
        REJECT,
        "ambiguous_correction",
    ),
    Row(
        "digits written over",
        FieldState.UNCLEAR,
        Reason.OVERWRITTEN,
        NEW,
        REJECT,
        "overwritten",
    ),
    Row(
        "signatures at the answer, no X seen",
        FieldState.READ,
        Reason.SIGNATURES_WITHOUT_CROSS,
        REVIEW,
        REVIEW,
        "signatures_without_cross",
        "1",
        True,
    ),
    Row(
        "ink beside the answer",
        FieldState.READ,
        Reason.INK_BESIDE,
        REVIEW,
        REVIEW,
        "ink_beside",
        "1",
        True,
    ),
    Row(
        "a mark the reader doubts",
        FieldState.READ,
        Reason.DOUBTFUL_MARK,
        REVIEW,
        REVIEW,
        "doubtful_mark",
        "1",
        True,
    ),
    Row(
        "characters the reader doubts",
        FieldState.READ,
        Reason.DOUBTFUL_VALUE,
        REVIEW,
        REVIEW,
        "doubtful_value",
        "1",
        True,
    ),
    Row(
        "handwritten letters",
        FieldState.READ,
        Reason.SUGGESTION,
        REVIEW,
        REVIEW,
        "suggestion",
        "1",
        True,
    ),
    Row(
        "a doubt without a reason",
        FieldState.READ,
        Reason.NONE,
        REVIEW,
        REVIEW,
        "doubtful_mark",
        "1",
        True,
    ),
    Row(
        "a signed correction the reader doubts",
        FieldState.CORRECTED,
        Reason.SIGNED_CORRECTION,
        REVIEW,
        REVIEW,
        "signed_correction",
        "1",
        True,
    ),
    Row("a blurred image", FieldState.UNREADABLE, Reason.IMAGE, RESCAN, RESCAN, "image"),
    Row(
        "unreadable, for a reason that the reader did not give",
        FieldState.UNREADABLE,
        Reason.NONE,
        RESCAN,
        RESCAN,
        "image",
    ),
]
