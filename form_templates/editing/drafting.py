"""Starts an edition: a copy of the newest of its form, or a small form to be written over."""

import re
import shutil
from difflib import get_close_matches
from pathlib import Path

from form_templates.catalog import ROOT
from form_templates.editing.freezing import GEOMETRY_FILE
from form_templates.editing.inspection import read_numbers
from form_templates.editing.placeholders import SKELETON
from form_templates.errors import EditionThere, NumberTooLarge, WrongValue
from form_templates.loading import TEMPLATE_FILE
from form_templates.model import TemplateKey

_FORM = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"^number = \d+", re.MULTILINE)
_LARGEST = 500
"""Numbers above are kept for papers that are no forms of the office."""


def start_edition(key: TemplateKey, root: Path) -> Path:
    """Make the folder of an edition with files to be changed; nothing where there is one.

    It gets the number after the largest. Its date has to be later than that of every
    edition of the form, in this folder and among the shipped; WrongValue is raised for
    any other. What was frozen of an older edition is not copied: no paper of the new one
    is printed yet.
    """
    folder = root / key.form / key.edition.isoformat()
    if not _FORM.fullmatch(key.form):
        raise WrongValue(folder.parent, "", f"{key.form!r}; wanted: small Latin letters and _")
    if folder.exists():
        raise EditionThere(folder)
    editions = [edition.name for place in (root, ROOT) for edition in _list(key.form, place)]
    if (newest := max(editions, default="")) >= folder.name:
        raise WrongValue(folder, "", f"{newest} is the newest edition; wanted: a later day")
    number = _choose_number(root)
    shutil.copytree(
        find_source(key.form, root), folder, ignore=shutil.ignore_patterns(GEOMETRY_FILE)
    )
    file = folder / TEMPLATE_FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(_NUMBER.sub(f"number = {number}", text, count=1), encoding="utf-8")
    return folder


def find_source(form: str, root: Path) -> Path:
    """What an edition is begun with: the newest here, else among the shipped, else the skeleton."""
    for place in (root, ROOT):
        if editions := _list(form, place):
            return editions[-1]
    return SKELETON


def _list(form: str, place: Path) -> list[Path]:
    """The editions of a form in one folder, the newest last."""
    return sorted(file.parent for file in (place / form).glob(f"*/{TEMPLATE_FILE}"))


def find_near_form(form: str, root: Path) -> str | None:
    """The form whose name is nearly this one, where there is none of exactly this name."""
    files = (file for place in (root, ROOT) for file in place.glob(f"*/*/{TEMPLATE_FILE}"))
    names = {file.parent.parent.name for file in files}
    near = get_close_matches(form, names - {form}, 1, 0.8) if form not in names else []
    return near[0] if near else None


def _choose_number(root: Path) -> int:
    taken = [number for number in read_numbers([root, ROOT]).values() if number <= _LARGEST]
    number = max(taken, default=0) + 1
    if number > _LARGEST:
        raise NumberTooLarge(root, "number", str(number))
    return number
