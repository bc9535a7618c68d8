"""Readings as rows of the store, and back: what was read is rebuilt to the last digit."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.layout import lay_out_page
from form_templates.model import FieldSpec, Signer, TemplateKey
from ocr.readings import (
    Correction,
    FieldReading,
    FieldState,
    MarkReading,
    MarkState,
    PageReading,
    PageStatus,
    Quad,
    Quality,
    Reason,
    Value,
)
from workflow.store.models.paper import Page, Reading

_FINGERPRINT_PX = (60, 42)
"""Rows and columns."""
_LAYOUTS_KEPT = 200


def make_page_row(file_id: int, page: PageReading) -> Page:
    """A page of a file as a row, without its fields."""
    fingerprint = page.fingerprint
    return Page(
        file_id=file_id,
        index=page.index,
        status=page.status.value,
        reason=page.reason,
        detail=page.detail,
        text=page.text or None,
        form=page.key.form if page.key else None,
        edition=page.key.edition if page.key else None,
        page=page.page,
        sheet=page.sheet,
        serial=page.serial,
        quality=describe_quality(page.quality),
        fingerprint=None if fingerprint is None else fingerprint.tobytes(),
    )


def describe_reading(page_id: int, reading: FieldReading) -> dict[str, Any]:
    """A field as the columns of its row; drawing lots is up to whoever adds it."""
    return {
        "page_id": page_id,
        "field": reading.id,
        "state": reading.state.value,
        "reason": reading.reason.value,
        "value": wrap_value(reading.value),
        "confidence": float(reading.confidence),
        "review": bool(reading.review),
        "region_px": [[float(x), float(y)] for x, y in reading.region_px],
        "marks": [[m.code, m.state.value, float(m.confidence)] for m in reading.marks],
        "correction": _describe_correction(reading.correction),
        "candidates": [[text, float(chance)] for text, chance in reading.candidates],
        "drawn": False,
    }


def restore_page(page: Page, name: str, rows: Sequence[Reading]) -> PageReading:
    """A page with its fields as it was read from the file of that name."""
    key = TemplateKey(page.form, page.edition) if page.form and page.edition else None
    specs = find_specs(key, page.page or 0, page.sheet or 0) if key and rows else {}
    return PageReading(
        file=name,
        index=page.index,
        status=PageStatus(page.status),
        reason=page.reason,
        detail=page.detail,
        text=page.text or "",
        key=key,
        page=page.page,
        sheet=page.sheet,
        serial=page.serial,
        quality=restore_quality(page.quality),
        fields=tuple(restore_reading(row, specs[row.field]) for row in rows),
        fingerprint=restore_fingerprint(page),
    )


def restore_reading(row: Reading, spec: FieldSpec) -> FieldReading:
    """A field as it was read."""
    return FieldReading(
        spec=spec,
        state=FieldState(row.state),
        reason=Reason(row.reason),
        value=unwrap_value(row.value),
        confidence=row.confidence,
        review=row.review,
        region_px=restore_quad(row.region_px),
        marks=tuple(MarkReading(code, MarkState(state), p) for code, state, p in row.marks),
        correction=_restore_correction(row.correction),
        candidates=tuple((text, chance) for text, chance in row.candidates),
    )


def restore_field(row: Reading, page: Page) -> FieldReading:
    """A field of a page that belongs to a form, as it was read."""
    assert page.form and page.edition and page.page and page.sheet
    specs = find_specs(TemplateKey(page.form, page.edition), page.page, page.sheet)
    return restore_reading(row, specs[row.field])


@lru_cache(maxsize=_LAYOUTS_KEPT)
def find_specs(key: TemplateKey, page: int, sheet: int) -> Mapping[str, FieldSpec]:
    """The fields of one side of a form, by id; laying it out anew costs milliseconds."""
    laid = lay_out_page(catalog.load(key.form, key.edition), page, sheet)
    return {spec.id: spec for spec in laid.template.fields}


def restore_fingerprint(page: Page) -> NDArray[np.uint8] | None:
    """The pen's ink on a page, very coarse."""
    if page.fingerprint is None:
        return None
    return np.frombuffer(page.fingerprint, np.uint8).reshape(_FINGERPRINT_PX)


def restore_quad(corners: Sequence[Sequence[float]]) -> Quad:
    """The four corners of a region."""
    a, b, c, d = ((x, y) for x, y in corners)
    return (a, b, c, d)


def wrap_value(value: Value) -> dict[str, Any] | None:
    """A value as JSON; nothing at all where none was read."""
    if value is None:
        return None
    return {"is": list(value) if isinstance(value, tuple) else value}


def unwrap_value(stored: Mapping[str, Any] | None) -> Value:
    """The value that was stored."""
    if stored is None:
        return None
    value = stored["is"]
    assert isinstance(value, str | bool | list)
    return tuple(value) if isinstance(value, list) else value


def describe_quality(quality: Quality | None) -> dict[str, Any] | None:
    """As JSON; figures that the reader measured may be of numpy's types."""
    if quality is None:
        return None
    return {
        "dpi": None if quality.dpi is None else float(quality.dpi),
        "skew_degrees": float(quality.skew_degrees),
        "sharpness": float(quality.sharpness),
        "contrast": float(quality.contrast),
        "corners_found": int(quality.corners_found),
        "problems": list(quality.problems),
        "captions": None if quality.captions is None else float(quality.captions),
        "hairlines": None if quality.hairlines is None else float(quality.hairlines),
        "grain": float(quality.grain),
    }


def restore_quality(stored: Mapping[str, Any] | None) -> Quality | None:
    """The quality of a page as its row keeps it; None where it was never measured."""
    if stored is None:
        return None
    return Quality(**{**stored, "problems": tuple(stored["problems"])})


def _describe_correction(correction: Correction | None) -> dict[str, Any] | None:
    if correction is None:
        return None
    return {
        "before": wrap_value(correction.before),
        "after": wrap_value(correction.after),
        "signatures": {who.value: bool(signed) for who, signed in correction.signatures.items()},
    }


def _restore_correction(stored: Mapping[str, Any] | None) -> Correction | None:
    if stored is None:
        return None
    before, after = unwrap_value(stored["before"]), unwrap_value(stored["after"])
    assert not isinstance(before, bool) and not isinstance(after, bool)
    signatures = {Signer(who): signed for who, signed in stored["signatures"].items()}
    return Correction(before, after, signatures)
