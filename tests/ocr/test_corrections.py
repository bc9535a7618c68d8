"""The correction table row by row, on states alone: no pixels, no networks."""

import pytest

from form_templates.model import Cardinality, Signer
from ocr.corrections import CellRow, Presence, decide_cells, decide_marks
from ocr.readings import FieldState, MarkReading, MarkState, Reason
from ocr.written import WrittenState

ONE, MANY = Cardinality.ONE, Cardinality.MANY
SIGNED = {Signer.REPRESENTATIVE: Presence.PRESENT, Signer.AGENT: Presence.PRESENT}
UNSIGNED = {Signer.REPRESENTATIVE: Presence.ABSENT, Signer.AGENT: Presence.ABSENT}
AGENT_ONLY = {Signer.REPRESENTATIVE: Presence.ABSENT, Signer.AGENT: Presence.PRESENT}
UNSURE = {Signer.REPRESENTATIVE: Presence.UNCLEAR, Signer.AGENT: Presence.PRESENT}
DIRTY = {Signer.REPRESENTATIVE: Presence.UNCLEAR, Signer.AGENT: Presence.ABSENT}
_STATES = {
    ".": MarkState.BLANK,
    "o": MarkState.CIRCLED,
    "x": MarkState.CROSSED_OUT,
    "?": MarkState.UNCLEAR,
}


def marks(drawn: str) -> list[MarkReading]:
    """`.ox` -> code 1 blank, 2 circled, 3 crossed out."""
    return [MarkReading(str(i), _STATES[c], 1.0) for i, c in enumerate(drawn, start=1)]


@pytest.mark.parametrize(
    ("drawn", "cardinality", "signatures", "state", "reason", "value"),
    [
        ("o..", ONE, UNSIGNED, FieldState.READ, Reason.NONE, "1"),
        ("...", ONE, UNSIGNED, FieldState.EMPTY, Reason.NONE, None),
        ("xo.", ONE, SIGNED, FieldState.CORRECTED, Reason.SIGNED_CORRECTION, "2"),
        ("xox", ONE, SIGNED, FieldState.CORRECTED, Reason.SIGNED_CORRECTION, "2"),
        ("xo.", ONE, UNSIGNED, FieldState.UNSIGNED, Reason.UNSIGNED_CORRECTION, "2"),
        ("xo.", ONE, AGENT_ONLY, FieldState.UNSIGNED, Reason.UNSIGNED_CORRECTION, "2"),
        ("xo.", ONE, UNSURE, FieldState.CORRECTED, Reason.DOUBTFUL_MARK, "2"),
        ("x..", ONE, SIGNED, FieldState.UNANSWERED, Reason.CROSSED_UNANSWERED, None),
        ("x..", ONE, UNSIGNED, FieldState.UNANSWERED, Reason.CROSSED_UNANSWERED, None),
        ("oo.", ONE, UNSIGNED, FieldState.UNCLEAR, Reason.TWO_ANSWERS, None),
        ("oox", ONE, SIGNED, FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION, None),
        ("xx.", ONE, SIGNED, FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION, None),
        ("?o.", ONE, SIGNED, FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION, None),
        ("?..", MANY, SIGNED, FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION, None),
        ("o.o", MANY, UNSIGNED, FieldState.READ, Reason.NONE, ("1", "3")),
        ("oxo", MANY, SIGNED, FieldState.CORRECTED, Reason.SIGNED_CORRECTION, ("1", "3")),
        ("x..", MANY, SIGNED, FieldState.CORRECTED, Reason.SIGNED_CORRECTION, ()),
        ("ox.", MANY, UNSIGNED, FieldState.UNSIGNED, Reason.UNSIGNED_CORRECTION, ("1",)),
        ("o..", ONE, SIGNED, FieldState.READ, Reason.SIGNATURES_WITHOUT_CROSS, "1"),
        ("o..", ONE, DIRTY, FieldState.READ, Reason.NONE, "1"),
        ("...", ONE, SIGNED, FieldState.EMPTY, Reason.SIGNATURES_WITHOUT_CROSS, None),
    ],
)
def test_marks_and_signatures_come_to(drawn, cardinality, signatures, state, reason, value):
    outcome = decide_marks(cardinality, marks(drawn), signatures)
    assert (outcome.state, outcome.reason, outcome.value) == (state, reason, value)


def row(text: str) -> CellRow:
    """`/` struck, `*` disputed, empty blank, else written."""
    states = {"": WrittenState.EMPTY, "/": WrittenState.STRUCK, "*": WrittenState.OVERWRITTEN}
    return CellRow(states[text]) if text in states else CellRow(WrittenState.READ, text)


@pytest.mark.parametrize(
    ("answer", "anew", "signatures", "state", "reason", "value"),
    [
        ("12", "", UNSIGNED, FieldState.READ, Reason.NONE, "12"),
        ("", "", UNSIGNED, FieldState.EMPTY, Reason.NONE, None),
        ("/", "34", SIGNED, FieldState.CORRECTED, Reason.SIGNED_CORRECTION, "34"),
        ("/", "34", AGENT_ONLY, FieldState.UNSIGNED, Reason.UNSIGNED_CORRECTION, "34"),
        ("/", "", SIGNED, FieldState.UNANSWERED, Reason.CROSSED_UNANSWERED, None),
        ("*", "", UNSIGNED, FieldState.UNCLEAR, Reason.OVERWRITTEN, None),
        ("/", "*", SIGNED, FieldState.UNCLEAR, Reason.OVERWRITTEN, None),
        ("/", "/", SIGNED, FieldState.UNCLEAR, Reason.OVERWRITTEN, None),
        ("12", "34", UNSIGNED, FieldState.UNCLEAR, Reason.SIGNATURES_WITHOUT_CROSS, None),
        ("12", "", SIGNED, FieldState.READ, Reason.SIGNATURES_WITHOUT_CROSS, "12"),
    ],
)
def test_cells_and_signatures_come_to(answer, anew, signatures, state, reason, value):
    outcome = decide_cells(row(answer), row(anew), signatures, ink_beside=False)
    assert (outcome.state, outcome.reason, outcome.value) == (state, reason, value)


def test_traces_in_both_places_hint_at_a_signature_and_in_one_at_nothing():
    both = {who: Presence.UNCLEAR for who in SIGNED}
    one = {**UNSIGNED, next(iter(UNSIGNED)): Presence.UNCLEAR}
    for signatures, reason in ((both, Reason.SIGNATURES_WITHOUT_CROSS), (one, Reason.NONE)):
        assert decide_cells(row("12"), row(""), signatures).reason is reason
        assert decide_marks(ONE, marks("o.."), signatures).reason is reason


def test_ink_beside_a_crossed_answer_may_be_the_answer_and_goes_to_a_person():
    outcome = decide_cells(row("/"), row(""), SIGNED, ink_beside=True)
    assert outcome.reason is Reason.INK_BESIDE and outcome.doubtful and outcome.value is None


@pytest.mark.parametrize("drawn", ["o..", "..."])
def test_ink_beside_clear_marks_sends_them_to_a_person(drawn):
    outcome = decide_marks(ONE, marks(drawn), UNSIGNED, ink_beside=True)
    assert outcome.reason is Reason.INK_BESIDE and outcome.doubtful


def test_ink_beside_a_correction_may_be_the_signature_and_is_never_called_unsigned():
    outcome = decide_marks(ONE, marks("xo."), UNSIGNED, ink_beside=True)
    assert outcome.reason is Reason.INK_BESIDE and outcome.doubtful


def test_where_the_rule_names_no_signer_a_correction_is_a_value_that_a_person_confirms():
    outcome = decide_marks(ONE, marks("xo."), {})
    assert (outcome.state, outcome.value, outcome.doubtful) == (FieldState.CORRECTED, "2", True)


def test_a_correction_keeps_what_stood_before_and_who_signed():
    correction = decide_marks(ONE, marks("xo."), AGENT_ONLY).correction
    assert correction is not None
    assert (correction.before, correction.after) == ("1", "2")
    assert dict(correction.signatures) == {Signer.REPRESENTATIVE: False, Signer.AGENT: True}


@pytest.mark.parametrize("drawn", ["?..", "oo.", "oox", "xx.", "?o."])
@pytest.mark.parametrize("signatures", [SIGNED, UNSIGNED, AGENT_ONLY, UNSURE])
def test_what_is_unclear_never_becomes_a_value(drawn, signatures):
    assert decide_marks(ONE, marks(drawn), signatures).value is None
