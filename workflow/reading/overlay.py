"""Lays what people decided over what the machine read; both stay in the store as they are."""

from collections.abc import Mapping
from dataclasses import replace

from form_templates.model import PRESENCE_KINDS, Signer
from ocr.documents import find_missing
from ocr.readings import (
    Correction,
    DocumentReading,
    FieldReading,
    FieldState,
    PageReading,
    Reason,
    Value,
)
from workflow.cases.settling import SettledValue
from workflow.store.models.decisions import Verdict

_PUT_RIGHT = frozenset(
    {
        Reason.SIGNED_CORRECTION,
        Reason.UNSIGNED_CORRECTION,
        Reason.AMBIGUOUS_CORRECTION,
        Reason.OVERWRITTEN,
    }
)
"""Reasons of an answer that was put right on the paper, whatever came of it."""


def apply_values(document: DocumentReading, settled: Mapping[str, SettledValue]) -> DocumentReading:
    """The document as people settled it; what they did not touch is as it was read.

    The pages it lacks are found anew: a row that nobody uses needs no sheet. Fields
    that are on none of its pages are left out.
    """
    decided = {name: value for name, value in settled.items() if name in document.fields}
    if document.key is None or not decided:
        return document
    fields = {
        name: settle_field(reading, decided[name]) if name in decided else reading
        for name, reading in document.fields.items()
    }
    pages = tuple(_settle_page(page, document.fields, decided) for page in document.pages)
    missing = find_missing(document.key, pages, fields.values())
    return replace(document, pages=pages, fields=fields, missing=missing)


def settle_field(reading: FieldReading, settled: SettledValue) -> FieldReading:
    """One field as people settled it; nobody has to look at it again."""
    outcome = _SETTLE[settled.verdict](reading, settled.value)
    return replace(outcome, confidence=1.0, review=False, candidates=())


def _settle_page(
    page: PageReading, read: Mapping[str, FieldReading], decided: Mapping[str, SettledValue]
) -> PageReading:
    """A page on which a decision holds wherever it says what the counting page says.

    So a repeat that agreed still agrees, and one that said something else still does.
    """
    return replace(
        page,
        fields=tuple(
            settle_field(field, decided[field.id])
            if field.id in decided and _says_same(field, read[field.id])
            else field
            for field in page.fields
        ),
    )


def _says_same(one: FieldReading, other: FieldReading) -> bool:
    return (one.state, one.value) == (other.state, other.value)


def _take_value(reading: FieldReading, value: Value) -> FieldReading:
    """What is entered; where the answer was put right, with all signatures that it needs."""
    if not _is_put_right(reading) or not reading.spec.signers():
        return replace(
            reading, state=FieldState.READ, reason=Reason.NONE, value=value, correction=None
        )
    return replace(
        reading,
        state=FieldState.CORRECTED,
        reason=Reason.SIGNED_CORRECTION,
        value=value,
        correction=_make_correction(reading, value, signed=tuple(reading.spec.signers())),
    )


def _leave_empty(reading: FieldReading, _: Value) -> FieldReading:
    """Nothing is written there; a place to sign says so as the machine does."""
    if reading.spec.kind in PRESENCE_KINDS:
        return _take_value(reading, False)
    return replace(reading, state=FieldState.EMPTY, reason=Reason.NONE, value=None, correction=None)


def _miss_signature(reading: FieldReading, value: Value) -> FieldReading:
    """A clear correction; of the signatures those stay that the machine saw, but not all."""
    seen = reading.correction.signatures if reading.correction else {}
    signed = tuple(who for who in reading.spec.signers() if seen.get(who))
    kept = () if len(signed) == len(reading.spec.signers()) else signed
    return replace(
        reading,
        state=FieldState.UNSIGNED,
        reason=Reason.UNSIGNED_CORRECTION,
        value=value,
        correction=_make_correction(reading, value, kept),
    )


def _call_unclear(reading: FieldReading, _: Value) -> FieldReading:
    return replace(
        reading, state=FieldState.UNCLEAR, reason=Reason.AMBIGUOUS_CORRECTION, value=None
    )


def _call_unreadable(reading: FieldReading, _: Value) -> FieldReading:
    return replace(
        reading,
        state=FieldState.UNREADABLE,
        reason=Reason.IMAGE,
        value=None,
        correction=None,
    )


_SETTLE = {
    Verdict.VALUE: _take_value,
    Verdict.EMPTY: _leave_empty,
    Verdict.UNSIGNED: _miss_signature,
    Verdict.UNCLEAR: _call_unclear,
    Verdict.UNREADABLE: _call_unreadable,
}


def _is_put_right(reading: FieldReading) -> bool:
    return reading.correction is not None or reading.reason in _PUT_RIGHT


def _make_correction(reading: FieldReading, value: Value, signed: tuple[Signer, ...]) -> Correction:
    """What stood there and what stands there now."""
    before = reading.correction.before if reading.correction else None
    after = None if isinstance(value, bool) else value
    signatures = {who: who in signed for who in reading.spec.signers()}
    return Correction(before, after, signatures)
