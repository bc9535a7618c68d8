"""Keeps printed paper readable as it is: checksums of every page beside the template.

Paper outlives the program. Where the fields of an edition have moved since it was
printed, or a question, a code or a cell means something else, each later scan of that paper would
be read wrongly, and nobody would notice.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from form_templates.describe import describe_field
from form_templates.editions import PRINTED_LANGUAGE, strip_wording
from form_templates.errors import GeometryMoved, MissingKey
from form_templates.layout import LaidPage
from form_templates.model import FieldSpec
from form_templates.specification import Role, Template
from form_templates.toml_table import TomlTable, read_toml
from form_templates.whole_form import lay_out_whole

GEOMETRY_FILE = "geometry.toml"
_HEAD = """\
# Where the fields of this edition stand on its paper, and what the answers on it mean,
# as checksums of its pages. Written by `blanki form freeze`; `blanki form check`
# compares. Once paper is printed, what has to change needs an edition of its own.
"""
_PLACES = (
    "id",
    "kind",
    "region_mm",
    "cells_mm",
    "options",
    "correction_cells_mm",
    "correction_signatures_mm",
)
"""What the reader needs to find an answer; the law behind it may be named better later."""
_MEANING = ("id", "cardinality", "format", "decimals")
"""What turns the ink into a value, beside the wording of the question and its codes."""
_CHANGED = {"pages": "its fields moved", "answers": "its answers mean something else"}


def freeze_geometry(template: Template, folder: Path) -> Path:
    """Write down what must stay as it is; raises GeometryMoved where something else is kept."""
    file = folder / GEOMETRY_FILE
    if file.exists():
        for fault in find_moved(template, folder):
            raise fault
    lines = [
        f"number = {template.number}",
        f'role = "{template.role}"',
        f"scribble_cancels = {str(template.scribble_cancels).lower()}",
    ]
    for name, checksums in measure_geometry(template).items():
        lines += ["", f"[{name}]", *(f'"{page}" = "{kept}"' for page, kept in checksums.items())]
    file.write_text("\n".join([_HEAD, *lines, ""]), "utf-8")
    return file


def find_moved(template: Template, folder: Path) -> tuple[GeometryMoved, ...]:
    """One fault for each thing that is not as it was frozen; none if never.

    Raises TemplateFault where the file that keeps it cannot be understood.
    """
    file = folder / GEOMETRY_FILE
    if not file.exists():
        return ()
    kept = TomlTable(file, "", read_toml(file))
    if not kept.has("answers"):
        raise MissingKey(file, "answers", "an older file: remove it and freeze the edition again")
    moved = list(_find_changed(template, kept))
    for name, now in measure_geometry(template).items():
        before = kept.take_table(name).values
        moved += [
            GeometryMoved(file, f"{name}.{page}", _say_difference(name, page, before, now))
            for page in dict.fromkeys([*before, *now])
            if before.get(page) != now.get(page)
        ]
    kept.refuse_rest()
    return tuple(moved)


def _find_changed(template: Template, kept: TomlTable) -> Iterator[GeometryMoved]:
    """What is said of the whole form and is not as it was."""
    now = {
        "number": (kept.take_count("number"), template.number),
        "role": (kept.take_choice("role", Role, None), template.role),
        "scribble_cancels": (
            kept.take_truth("scribble_cancels", False),
            template.scribble_cancels,
        ),
    }
    for name, (before, after) in now.items():
        if before != after:
            yield GeometryMoved(kept.file, name, f"was {before}, now {after}")


def _say_difference(name: str, page: str, kept: Mapping[str, object], now: dict[str, str]) -> str:
    if page not in now:
        return "the page is gone"
    return _CHANGED[name] if page in kept else "the page is new"


def measure_geometry(template: Template) -> dict[str, dict[str, str]]:
    """Page -> checksum, of the places on it and of what the answers there mean."""
    pages = {f"{p.template.page}/{p.template.sheet}": p for p in lay_out_whole(template)}
    return {
        "pages": {name: _add_up(_list_places(template, page)) for name, page in pages.items()},
        "answers": {name: _add_up(_list_meanings(template, page)) for name, page in pages.items()},
    }


def _list_places(template: Template, page: LaidPage) -> dict[str, Any]:
    """Where everything is that the reader looks for on a page."""
    places = {
        "size_mm": [page.template.width_mm, page.template.height_mm],
        "fields": [_pick(field, _PLACES) for field in page.template.fields],
    }
    if not template.placed:
        return places
    paper = template.pages[page.template.page - 1]
    anchors = [{"kind": a.kind.value, "region_mm": a.region.as_list()} for a in paper.anchors]
    blank = template.folder / paper.blank if template.folder and paper.blank else None
    seen = hashlib.sha256(blank.read_bytes()).hexdigest() if blank and blank.is_file() else ""
    return places | {"anchors": anchors, "blank": [seen, paper.blank_page]}


def _list_meanings(template: Template, page: LaidPage) -> list[dict[str, Any]]:
    """What the answers on a page mean; questions and codes in the wording that is printed."""
    return [
        _pick(field, _MEANING)
        | {"asks": _say(template, f"field.{field.question}")}
        | {"codes": {o.code: _say(template, _name_code(field, o.code)) for o in field.options}}
        for field in page.template.fields
    ]


def _name_code(field: FieldSpec, code: str) -> str:
    return f"option.{field.question}.{code}"


def _say(template: Template, key: str) -> str:
    """A wording, but for what may change and mean nothing."""
    return strip_wording(template.labels[PRINTED_LANGUAGE].get(key, ""))


def _pick(field: FieldSpec, names: tuple[str, ...]) -> dict[str, Any]:
    described = describe_field(field)
    return {name: described[name] for name in names}


def _add_up(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
