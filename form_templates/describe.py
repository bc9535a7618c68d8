"""The geometry of a form as JSON, for other programs (contract, version 1)."""

from collections.abc import Mapping
from typing import Any

from form_templates.layout import lay_out
from form_templates.model import FieldSpec, TemplatePage
from form_templates.specification import Template

SCHEMA = 1


def describe_form(template: Template, rows: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Pages and fields in mm from the top left, in print order."""
    return {
        "schema": SCHEMA,
        "form": template.key.form,
        "edition": template.key.edition.isoformat(),
        "pages": [describe_page(page.template) for page in lay_out(template, rows)],
    }


def describe_page(page: TemplatePage) -> dict[str, Any]:
    """One side of paper."""
    return {
        "page": page.page,
        "sheet": page.sheet,
        "width_mm": page.width_mm,
        "height_mm": page.height_mm,
        "fields": [describe_field(field) for field in page.fields],
    }


def describe_field(field: FieldSpec) -> dict[str, Any]:
    """One field; every key is always there."""
    signatures = field.correction_signatures or {}
    return {
        "id": field.id,
        "kind": field.kind.value,
        "cardinality": field.cardinality.value,
        "required": field.required,
        "format": field.format.value,
        "decimals": field.decimals,
        "group": field.group,
        "row": field.row,
        "region_mm": field.region.as_list(),
        "cells_mm": [cell.as_list() for cell in field.cells],
        "options": [{"code": o.code, "region_mm": o.region.as_list()} for o in field.options],
        "correction_cells_mm": [cell.as_list() for cell in field.correction_cells],
        "correction_signatures_mm": {who.value: r.as_list() for who, r in signatures.items()},
        "law": field.law,
    }
