"""The forms that a reader knows: those that ship, and those of one more folder.

A folder of one's own adds editions, so that one can be tried before it ships. It may
hold copies of those that ship, and never changes what a printed page code means.
"""

from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from form_templates import catalog
from form_templates.catalog import ROOT, TEMPLATE_FILE
from form_templates.errors import EditionTaken, NumberTaken, TemplateFault
from form_templates.model import TemplateKey
from form_templates.specification import Template

_CHECKSUMS = "geometry.toml"
"""Follows from the other files of an edition; a copy may be without it."""


def list_known(root: Path = ROOT) -> tuple[TemplateKey, ...]:
    """Every edition in the folder and every one that ships, by form and date."""
    return tuple(sorted({*catalog.list_templates(root), *catalog.list_templates()}, key=str))


def load_known(key: TemplateKey, root: Path = ROOT) -> Template:
    """The edition that ships, else the one from the folder.

    Raises EditionTaken where the folder says something else of one that ships.
    """
    if key in catalog.list_templates() and not _is_copy(key, root):
        told = f"{root / _place(key)} and {ROOT / _place(key)} differ"
        raise EditionTaken(root / _place(key) / TEMPLATE_FILE, detail=told)
    return _load(key, root)


def load_sound(root: Path = ROOT) -> tuple[Template, ...]:
    """Every known edition that can be loaded; a broken one is reported when it is asked for."""
    sound = []
    for key in list_known(root):
        with suppress(TemplateFault):
            sound.append(_load(key, root))
    return tuple(sound)


def find_numbered(number: int, root: Path = ROOT) -> Template | None:
    """The edition that a page code names; None where nobody knows it.

    Raises NumberTaken where the folder gives the number of a shipped edition to
    another one: paper of both would carry the same code. Raises EditionTaken where
    the folder's edition of that number, or of that form and date, is another one.
    """
    own, shipped = catalog.by_number(number, root), catalog.by_number(number)
    found = shipped or own
    if found is None:
        return None
    if own is not None and own.key != found.key:
        raise NumberTaken(root / _place(own.key), "number", f"{number} is {found.key}")
    return load_known(found.key, root)


def choose_known(form: str, edition: date | None, root: Path = ROOT) -> Template:
    """The edition of that date, else the newest, of the folder and those that ship.

    Raises TemplateFault where there is none.
    """
    keys = [k for k in list_known(root) if k.form == form and edition in (None, k.edition)]
    if not keys:
        return catalog.load(form, edition)
    return load_known(max(keys, key=lambda key: key.edition), root)


def _load(key: TemplateKey, root: Path) -> Template:
    """An edition by its key; one that ships is never taken from elsewhere."""
    own = key in catalog.list_templates(root) and key not in catalog.list_templates()
    return catalog.load(key.form, key.edition, root if own else ROOT)


@cache
def _is_copy(key: TemplateKey, root: Path) -> bool:
    """Whether a folder says nothing else of a shipped edition, be it that it has none."""
    own, shipped = root / _place(key), ROOT / _place(key)
    if key not in catalog.list_templates(root) or own.samefile(shipped):
        return True
    return all(_is_same(own / file.name, file) for file in shipped.iterdir() if file.is_file())


def _is_same(own: Path, shipped: Path) -> bool:
    """Whether two files hold the same."""
    if shipped.name == _CHECKSUMS or shipped.name.startswith("."):
        return True
    return own.is_file() and own.read_bytes() == shipped.read_bytes()


def _place(key: TemplateKey) -> Path:
    return Path(key.form, key.edition.isoformat())
