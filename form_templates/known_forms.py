"""The forms that a reader knows: those that ship, and those of one more folder.

A folder of one's own is looked in first, so that an edition can be tried before it
ships. What its own templates say never changes what a printed page code means.
"""

from contextlib import suppress
from pathlib import Path

from form_templates import catalog
from form_templates.catalog import ROOT
from form_templates.errors import NumberTaken, TemplateFault
from form_templates.model import TemplateKey
from form_templates.specification import Template


def list_known(root: Path = ROOT) -> tuple[TemplateKey, ...]:
    """Every edition in the folder and every one that ships, by form and date."""
    return tuple(sorted({*catalog.list_templates(root), *catalog.list_templates()}, key=str))


def load_known(key: TemplateKey, root: Path = ROOT) -> Template:
    """An edition from the folder, else the one that ships."""
    own = key in catalog.list_templates(root)
    return catalog.load(key.form, key.edition, root if own else ROOT)


def load_sound(root: Path = ROOT) -> tuple[Template, ...]:
    """Every known edition that can be loaded; a broken one is reported when it is asked for."""
    sound = []
    for key in list_known(root):
        with suppress(TemplateFault):
            sound.append(load_known(key, root))
    return tuple(sound)


def find_numbered(number: int, root: Path = ROOT) -> Template | None:
    """The edition that a page code names; None where nobody knows it.

    Raises NumberTaken where the folder gives the number of a shipped edition to
    another one: paper of both would carry the same code.
    """
    own, shipped = catalog.by_number(number, root), catalog.by_number(number)
    if own is None or shipped is None:
        return own or shipped
    if own.key != shipped.key:
        raise NumberTaken(root / str(own.key), "number", f"{number} is {shipped.key}")
    return own
