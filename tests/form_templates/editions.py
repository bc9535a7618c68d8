"""Folders of forms for tests, made from the forms that ship."""

import re
import shutil
from pathlib import Path

from form_templates import catalog
from form_templates.catalog import ROOT
from form_templates.editing.freezing import GEOMETRY_FILE
from form_templates.model import TemplateKey


def put_edition(root: Path, key: TemplateKey, number: int) -> Path:
    """The newest shipped edition of a form as an edition of one's own; its template file."""
    folder = root / key.form / key.edition.isoformat()
    unfrozen = shutil.ignore_patterns(GEOMETRY_FILE)
    shutil.copytree(catalog.load(key.form).folder or ROOT, folder, ignore=unfrozen)
    template = folder / "template.toml"
    text = template.read_text(encoding="utf-8")
    renumbered = re.sub(r"^number = \d+$", f"number = {number}", text, count=1, flags=re.M)
    template.write_text(renumbered, encoding="utf-8")
    return template
