from dataclasses import replace

import pytest

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import Kind, Signer
from ocr.documents import compose_document
from ocr.readings import (
    Correction,
    DocumentReading,
    FieldReading,
    FieldState,
    PageReading,
    PageStatus,
    Reason,
)
from validation.standing import is_settled, is_surely_empty
from workflow.cases.settling import SettledValue
from workflow.reading.overlay import apply_values
from workflow.store.models.decisions import Verdict

DECLARATION = catalog.load("family_declaration")
SPECS = {f.id: f for laid in lay_out(DECLARATION, {"members": 5}) for f in laid.template.fields}
NOWHERE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
SIGNED_BY_ONE = Correction("1", "2", {Signer.REPRESENTATIVE: True, Signer.AGENT: False})


def field(name: str, state: FieldState, reason: Reason = Reason.NONE, **more) -> FieldReading:
    known = {"value": None, "confidence": 0.5, "review": True, "region_px": NOWHERE}
    return FieldReading(SPECS[name], state, reason, **(known | more))


def paper(*fields: FieldReading, again: tuple[FieldReading, ...] = ()) -> DocumentReading:
    """A first page with these fields, perhaps scanned again with others."""
    page = PageReading(
        "a.pdf", 0, PageStatus.READ, key=DECLARATION.key, page=1, sheet=1, fields=fields
    )
    pages = [page]
    if again:
        pages.append(replace(page, index=1, status=PageStatus.REPEATED, fields=again))
    return compose_document(DECLARATION.key, 0, pages)


def settle(reading: FieldReading, verdict: Verdict, value=None) -> FieldReading:
    settled = {reading.id: SettledValue(verdict, value)}
    return apply_values(paper(reading), settled).fields[reading.id]


def test_a_value_that_a_person_entered_is_settled():
    seen = field("A8", FieldState.UNREADABLE, Reason.DOUBTFUL_MARK)
    said = settle(seen, Verdict.VALUE, "1")
    assert (said.state, said.reason, said.value) == (FieldState.READ, Reason.NONE, "1")
    assert said.confidence == 1.0 and is_settled(said)


@pytest.mark.parametrize(
    "reason",
    [Reason.SIGNED_CORRECTION, Reason.UNSIGNED_CORRECTION, Reason.AMBIGUOUS_CORRECTION],
)
def test_a_correction_that_stands_bears_both_signatures(reason):
    seen = field("A8", FieldState.UNCLEAR, reason, correction=SIGNED_BY_ONE)
    said = settle(seen, Verdict.VALUE, "2")
    assert (said.state, said.reason) == (FieldState.CORRECTED, Reason.SIGNED_CORRECTION)
    assert said.correction == Correction("1", "2", dict.fromkeys(Signer, True))
    assert is_settled(said)


def test_an_empty_answer_is_surely_empty():
    said = settle(field("A8", FieldState.UNREADABLE, Reason.DOUBTFUL_MARK), Verdict.EMPTY)
    assert said.state is FieldState.EMPTY and is_surely_empty(said)


def test_an_empty_place_to_sign_says_so_as_the_machine_does():
    name = next(name for name, spec in SPECS.items() if spec.kind is Kind.SIGNATURE)
    said = settle(field(name, FieldState.UNCLEAR, Reason.DOUBTFUL_VALUE), Verdict.EMPTY)
    assert (said.state, said.value) == (FieldState.READ, False) and is_surely_empty(said)


def test_an_unsigned_correction_keeps_its_value_and_the_signature_that_was_seen():
    seen = field("A8", FieldState.UNCLEAR, Reason.DOUBTFUL_MARK, correction=SIGNED_BY_ONE)
    said = settle(seen, Verdict.UNSIGNED, "2")
    assert (said.state, said.reason, said.value, said.review) == (
        FieldState.UNSIGNED,
        Reason.UNSIGNED_CORRECTION,
        "2",
        False,
    )
    assert said.correction is not None and said.correction.signatures == SIGNED_BY_ONE.signatures


def test_who_says_unsigned_is_believed_against_two_signatures_that_the_machine_saw():
    both = Correction("1", "2", dict.fromkeys(Signer, True))
    seen = field("A8", FieldState.CORRECTED, Reason.SIGNED_CORRECTION, correction=both)
    said = settle(seen, Verdict.UNSIGNED, "2")
    assert said.correction is not None and not any(said.correction.signatures.values())


@pytest.mark.parametrize(
    ("verdict", "state", "reason"),
    [
        (Verdict.UNCLEAR, FieldState.UNCLEAR, Reason.AMBIGUOUS_CORRECTION),
        (Verdict.UNREADABLE, FieldState.UNREADABLE, Reason.IMAGE),
    ],
)
def test_what_nobody_can_read_has_no_value_and_is_not_asked_again(verdict, state, reason):
    said = settle(field("A8", FieldState.READ, value="1"), verdict, "1")
    assert (said.state, said.reason, said.value, said.review) == (state, reason, None, False)


def test_fields_that_nobody_touched_stay_as_they_were_read():
    touched, other = field("A8", FieldState.READ, value="1"), field("A10", FieldState.UNCLEAR)
    document = paper(touched, other)
    said = apply_values(document, {"A8": SettledValue(Verdict.VALUE, "2")})
    assert said.fields["A10"] == document.fields["A10"]
    assert apply_values(document, {"Z1": SettledValue(Verdict.VALUE, "2")}) == document


def test_a_row_that_a_person_calls_empty_needs_no_sheet():
    ghost = field("members[5].personal_number", FieldState.READ, value="0")
    document = paper(ghost)
    said = apply_values(document, {ghost.id: SettledValue(Verdict.EMPTY, None)})
    assert len(said.missing) < len(document.missing)


def test_a_repeat_that_agreed_still_agrees_and_one_that_did_not_still_does_not():
    read, same = field("A8", FieldState.READ, value="1"), field("A10", FieldState.READ, value="1")
    other = replace(same, value="2")
    document = paper(read, same, again=(read, other))
    value = SettledValue(Verdict.VALUE, "3")
    repeat = apply_values(document, {"A8": value, "A10": value}).pages[1]
    assert [f.value for f in repeat.fields] == ["3", "2"]
