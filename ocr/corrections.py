"""Marks and signatures of one question combined into one outcome.

The law behind it (order 01-14, annex 1, art. 11(2)-(3)): a wrong answer is
crossed with X, the right one circled or written anew, and both sides sign at
it; what a correction makes disputable is never guessed. Each branch here is a
row of the correction table; nothing here looks at pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from form_templates.model import Cardinality, Signer
from ocr.readings import Correction, FieldState, MarkReading, MarkState, Reason, Value
from ocr.written import WrittenState


class Presence(StrEnum):
    """Whether somebody signed or stamped."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question comes to."""

    state: FieldState
    reason: Reason
    value: Value = None
    correction: Correction | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the reader itself wants a person to look.

        A correction on a form whose rule names no signers is one: anybody may have made it.
        """
        unruled = self.correction is not None and not self.correction.signatures
        return self.reason in _DOUBTS or unruled


_DOUBTS = frozenset(
    {
        Reason.SIGNATURES_WITHOUT_CROSS,
        Reason.INK_BESIDE,
        Reason.DOUBTFUL_MARK,
        Reason.DOUBTFUL_VALUE,
        Reason.SUGGESTION,
        Reason.IMAGE,
    }
)

Signatures = Mapping[Signer, Presence]


def decide_marks(
    cardinality: Cardinality,
    marks: Sequence[MarkReading],
    signatures: Signatures,
    ink_beside: bool = False,
) -> Outcome:
    """What the marks of one question and the signatures beside it come to.

    `signatures` has a key for each signer that the correction rule asks for.
    """
    outcome = _combine_marks(cardinality, marks, signatures)
    return _note_ink(outcome) if ink_beside else outcome


def _combine_marks(
    cardinality: Cardinality, marks: Sequence[MarkReading], signatures: Signatures
) -> Outcome:
    answered = tuple(m.code for m in marks if m.state.is_answer)
    crossed = tuple(m.code for m in marks if m.state is MarkState.CROSSED_OUT)
    if any(m.state is MarkState.UNCLEAR for m in marks):
        return Outcome(FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION)
    if not crossed:
        return _decide_uncrossed(cardinality, answered, signatures)
    if cardinality is Cardinality.MANY:
        return _decide_signatures(crossed + answered, answered, signatures)
    if not answered and len(crossed) == 1:
        return Outcome(FieldState.UNANSWERED, Reason.CROSSED_UNANSWERED)
    if len(answered) != 1:
        # Two survive, or the X went over the new mark too.
        return Outcome(FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION)
    before = crossed[0] if len(crossed) == 1 else crossed
    return _decide_signatures(before, answered[0], signatures)


def _decide_uncrossed(
    cardinality: Cardinality, answered: tuple[str, ...], signatures: Signatures
) -> Outcome:
    if cardinality is Cardinality.ONE and len(answered) > 1:
        return Outcome(FieldState.UNCLEAR, Reason.TWO_ANSWERS)
    value: Value = None
    if answered:
        value = answered if cardinality is Cardinality.MANY else answered[0]
    return _without_cross(value, signatures)


def _without_cross(value: Value, signatures: Signatures) -> Outcome:
    """An answer without X: a signature beside it hints at an X that was missed.

    A trace that may be dirt hints at nothing where no X was seen, but in both places it does.
    """
    state = FieldState.EMPTY if value is None else FieldState.READ
    seen = [*signatures.values()]
    if Presence.PRESENT in seen or (len(seen) > 1 and set(seen) == {Presence.UNCLEAR}):
        return Outcome(state, Reason.SIGNATURES_WITHOUT_CROSS, value)
    return Outcome(state, Reason.NONE, value)


_SETTLED_BY_INK = frozenset({Reason.NONE, Reason.UNSIGNED_CORRECTION, Reason.CROSSED_UNANSWERED})


def _note_ink(outcome: Outcome) -> Outcome:
    """Ink beside an answer may be a signature or the answer itself: a person looks."""
    if outcome.reason in _SETTLED_BY_INK:
        return replace(outcome, reason=Reason.INK_BESIDE)
    return outcome


def _decide_signatures(before: Value, after: Value, signatures: Signatures) -> Outcome:
    """A correction that reads one way: it stands if all signed who must."""
    assert not isinstance(before, bool) and not isinstance(after, bool)
    seen = {who: presence is Presence.PRESENT for who, presence in signatures.items()}
    correction = Correction(before, after, seen)
    if Presence.ABSENT in signatures.values():
        return Outcome(FieldState.UNSIGNED, Reason.UNSIGNED_CORRECTION, after, correction)
    if Presence.UNCLEAR in signatures.values():
        return Outcome(FieldState.CORRECTED, Reason.DOUBTFUL_MARK, after, correction)
    return Outcome(FieldState.CORRECTED, Reason.SIGNED_CORRECTION, after, correction)


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row of cells: what stands there, as raw characters."""

    written: WrittenState
    text: str | None = None


def decide_cells(
    answer: CellRow, anew: CellRow, signatures: Signatures, ink_beside: bool = False
) -> Outcome:
    """What a written answer, its correction cells and the signatures come to."""
    outcome = _combine_rows(answer, anew, signatures)
    return _note_ink(outcome) if ink_beside else outcome


def _combine_rows(answer: CellRow, anew: CellRow, signatures: Signatures) -> Outcome:
    disputed = WrittenState.OVERWRITTEN in (answer.written, anew.written)
    if disputed or anew.written is WrittenState.STRUCK:
        return Outcome(FieldState.UNCLEAR, Reason.OVERWRITTEN)
    if answer.written is WrittenState.STRUCK:
        if anew.written is WrittenState.READ:
            return _decide_signatures(answer.text, anew.text, signatures)
        return Outcome(FieldState.UNANSWERED, Reason.CROSSED_UNANSWERED)
    if anew.written is WrittenState.READ:
        # Written anew with nothing crossed: either the X was missed or two answers stand.
        return Outcome(FieldState.UNCLEAR, Reason.SIGNATURES_WITHOUT_CROSS)
    return _without_cross(answer.text, signatures)
