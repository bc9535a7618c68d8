"""The `read` contract (version 1): one JSON object for each document."""

from typing import Any

from form_templates.specification import Template
from ocr.readings import DocumentReading, FieldReading, PageReading
from validation.documents import ValidatedDocument
from validation.wording import describe_finding

SCHEMA = 1


def describe_document(
    template: Template | None, document: DocumentReading, checked: ValidatedDocument
) -> dict[str, Any]:
    """Pages, fields, findings and disposition of one document; every key is always there."""
    key = document.key
    return {
        "schema": SCHEMA,
        "form": key.form if key else None,
        "edition": key.edition.isoformat() if key else None,
        "case": _find_case(template, document),
        "pages": [_describe_page(page) for page in document.pages],
        "fields": {
            name: describe_field(reading, checked) for name, reading in document.fields.items()
        },
        "findings": [describe_finding(finding) for finding in checked.findings],
        "disposition": checked.disposition.value,
    }


def _find_case(template: Template | None, document: DocumentReading) -> str | None:
    """The family code as read; a code that a person still has to look at counts as read."""
    if template is None or template.case_field is None:
        return None
    reading = document.fields.get(template.case_field)
    return reading.value if reading and isinstance(reading.value, str) else None


def _describe_page(page: PageReading) -> dict[str, Any]:
    return {
        "file": page.file,
        "index": page.index,
        "page": page.page,
        "sheet": page.sheet,
        "status": page.status.value,
    }


def describe_field(reading: FieldReading, checked: ValidatedDocument) -> dict[str, Any]:
    """One field with its raw and typed value, its marks and where it stands on the scan."""
    correction = reading.correction
    return {
        "value": _plain(reading.value),
        "typed": checked.typed.get(reading.id),
        "confidence": reading.confidence,
        "state": checked.states.get(reading.id, reading.state).value,
        "review": reading.review,
        "correction": correction
        and {
            "from": _plain(correction.before),
            "to": _plain(correction.after),
            "signatures": {who.value: signed for who, signed in correction.signatures.items()},
        },
        "marks": {mark.code: mark.state.value for mark in reading.marks},
        "page_ref": reading.page_ref,
        "region_px": [list(corner) for corner in reading.region_px],
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
