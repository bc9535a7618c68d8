"""Keeps the layout of printed paper as it is: a checksum of every page beside the template.

Paper outlives the program. Where the fields of an edition have moved since it was
printed, each later scan of that paper would be read in the wrong places.
"""

import hashlib
import json
from pathlib import Path

from form_templates.describe import describe_field
from form_templates.errors import GeometryMoved
from form_templates.layout import LaidPage
from form_templates.specification import Template
from form_templates.toml_table import TomlTable, read_toml
from form_templates.whole_form import lay_out_whole

GEOMETRY_FILE = "geometry.toml"
_HEAD = """\
# Where the fields of this edition stand on its paper, as checksums. Written by
# `blanki form freeze`; `blanki form check` compares. Once paper is printed, a field
# that has to move needs an edition of its own.
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


def freeze_geometry(template: Template, folder: Path) -> Path:
    """Write down where the fields stand; raises GeometryMoved where other places are kept."""
    file = folder / GEOMETRY_FILE
    if file.exists():
        for fault in find_moved(template, folder):
            raise fault
    pages = measure_geometry(template)
    lines = [f'"{page}" = "{checksum}"' for page, checksum in pages.items()]
    file.write_text(
        f"{_HEAD}\nnumber = {template.number}\n\n[pages]\n" + "\n".join(lines) + "\n", "utf-8"
    )
    return file


def find_moved(template: Template, folder: Path) -> tuple[GeometryMoved, ...]:
    """One fault for the number and for each page that is not as it was frozen; none if never."""
    file = folder / GEOMETRY_FILE
    if not file.exists():
        return ()
    kept = TomlTable(file, "", read_toml(file))
    moved: list[GeometryMoved] = []
    if kept.take_count("number") != template.number:
        moved.append(GeometryMoved(file, "number", f"now {template.number}"))
    checksums = kept.take_table("pages").values
    now = measure_geometry(template)
    moved += [
        GeometryMoved(file, f"pages.{page}", _say_difference(page, checksums, now))
        for page in dict.fromkeys([*checksums, *now])
        if checksums.get(page) != now.get(page)
    ]
    return tuple(moved)


def _say_difference(page: str, kept: dict[str, object], now: dict[str, str]) -> str:
    if page not in now:
        return "the page is gone"
    return "its fields moved" if page in kept else "the page is new"


def measure_geometry(template: Template) -> dict[str, str]:
    """Page -> checksum of the places on it."""
    pages = lay_out_whole(template)
    return {f"{p.template.page}/{p.template.sheet}": _add_up(p) for p in pages}


def _add_up(page: LaidPage) -> str:
    fields = [describe_field(field) for field in page.template.fields]
    places = {
        "size_mm": [page.template.width_mm, page.template.height_mm],
        "fields": [{key: field[key] for key in _PLACES} for field in fields],
    }
    return hashlib.sha256(json.dumps(places, sort_keys=True).encode()).hexdigest()
