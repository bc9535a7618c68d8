"""A folder with a shipped form and a newer edition of it that somebody changed."""

import shutil
from datetime import date
from pathlib import Path

from form_templates import catalog
from form_templates.specification import Template

FORM, OLD, NEW = "assignment_form", date(2010, 5, 31), date(2026, 1, 1)
DECLARATION, DECLARED = "family_declaration", date(2015, 5, 1)
TEMPLATE, KA, EN = "template.toml", "labels.ka.toml", "labels.en.toml"
Edit = tuple[str, str, str]
"""File, what stands there, what stands there in the newer edition."""


def make_editions(
    root: Path, *edits: Edit, form: str = FORM, old: date = OLD
) -> tuple[Template, Template]:
    """The shipped edition and one of 2026 with the edits, both in the folder."""
    shipped = catalog.ROOT / form / old.isoformat()
    folders = [root / form / day.isoformat() for day in (old, NEW)]
    for folder in folders:
        folder.parent.mkdir(exist_ok=True, parents=True)
        shutil.copytree(shipped, folder)
    number = catalog.load(form, old).number
    for file, before, after in ((TEMPLATE, f"number = {number}\n", "number = 401\n"), *edits):
        path = folders[1] / file
        text = path.read_text("utf-8")
        assert before in text, f"{before!r} is not in {file}"
        path.write_text(text.replace(before, after, 1), "utf-8")
    (folders[1] / "geometry.toml").unlink(missing_ok=True)
    return catalog.load(form, old, root), catalog.load(form, NEW, root)
