"""Starts an edition: a copy of the newest of its form, or a small form that is sound already."""

import re
import shutil
from pathlib import Path

from form_templates.catalog import ROOT
from form_templates.editing.freezing import GEOMETRY_FILE
from form_templates.editing.inspection import read_numbers
from form_templates.errors import EditionThere, NumberTooLarge, WrongValue
from form_templates.loading import TEMPLATE_FILE
from form_templates.model import TemplateKey

SKELETON = Path(__file__).with_name("_skeleton")
_FORM = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"^number = \d+", re.MULTILINE)
_LARGEST = 500
"""Numbers above are kept for papers that are no forms of the office."""


def start_edition(key: TemplateKey, root: Path) -> Path:
    """Make the folder of an edition with files to be changed; nothing where there is one.

    It gets the number after the largest. What was frozen of an older edition is not
    copied: no paper of the new one is printed yet.
    """
    folder = root / key.form / key.edition.isoformat()
    if not _FORM.fullmatch(key.form):
        raise WrongValue(folder.parent, "", f"{key.form!r}; wanted: small Latin letters and _")
    if folder.exists():
        raise EditionThere(folder)
    number = _choose_number(root)
    shutil.copytree(_find_source(key, root), folder, ignore=shutil.ignore_patterns(GEOMETRY_FILE))
    file = folder / TEMPLATE_FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(_NUMBER.sub(f"number = {number}", text, count=1), encoding="utf-8")
    return folder


def _find_source(key: TemplateKey, root: Path) -> Path:
    """The newest edition of the form, here or among the shipped; else the skeleton."""
    for place in (root, ROOT):
        editions = sorted(file.parent for file in (place / key.form).glob(f"*/{TEMPLATE_FILE}"))
        if editions:
            return editions[-1]
    return SKELETON


def _choose_number(root: Path) -> int:
    taken = [number for number in read_numbers([root, ROOT]).values() if number <= _LARGEST]
    number = max(taken, default=0) + 1
    if number > _LARGEST:
        raise NumberTooLarge(root, "number", str(number))
    return number
