"""Which forms there are: a folder a form, in it a dated folder an edition."""

from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path

from form_templates.errors import (
    NumberTaken,
    TemplateFault,
    UndatedEdition,
    UnknownEdition,
    UnknownForm,
)
from form_templates.loading import read_template
from form_templates.model import TemplateKey
from form_templates.specification import Template
from form_templates.toml_table import TomlTable, parse_toml, read_text

ROOT = Path(__file__).parent
TEMPLATE_FILE = "template.toml"


@cache
def list_templates(root: Path = ROOT) -> tuple[TemplateKey, ...]:
    """Every edition of every form, by form and date."""
    keys = [
        TemplateKey(form.name, _read_date(edition))
        for form in _form_folders(root)
        for edition in _subfolders(form)
    ]
    return tuple(sorted(keys, key=str))


def load(form: str, edition: date | None = None, root: Path = ROOT) -> Template:
    """One edition of a form, the newest where no date is given; always the same object."""
    return _load_edition(_choose_edition(form, edition, root), root)


def by_number(number: int, root: Path = ROOT) -> Template | None:
    """The edition whose number a printed page code carries, or None where none has it.

    Number 0 is that of all forms of others: no code of ours is printed on them.
    Only the numbers are read before the one edition that is meant, and a broken
    edition never hides another; it is reported once no sound one has the number.
    """
    faults: list[TemplateFault] = []
    for key in list_templates(root) if number else ():
        try:
            found = _read_number(key, root)
        except TemplateFault as fault:
            faults.append(fault)
            continue
        if found == number:
            return _load_edition(key, root)
    if faults:
        raise faults[0]
    return None


@cache
def _load_edition(key: TemplateKey, root: Path) -> Template:
    """One edition, refused where another has its number."""
    template = read_template(_folder(key, root), key)
    for other in list_templates(root) if template.number else ():
        if other != key and _is_numbered(other, template.number, root):
            file = _folder(key, root) / TEMPLATE_FILE
            raise NumberTaken(file, "number", f"{template.number} is {other}")
    return template


def _choose_edition(form: str, edition: date | None, root: Path) -> TemplateKey:
    dates = [key.edition for key in list_templates(root) if key.form == form]
    if not dates:
        raise UnknownForm(root / form)
    if edition is not None and edition not in dates:
        raise UnknownEdition(root / form / edition.isoformat())
    return TemplateKey(form, edition or max(dates))


def _is_numbered(key: TemplateKey, number: int, root: Path) -> bool:
    """Whether an edition has the number; one that is broken is reported when it is asked for."""
    try:
        return _read_number(key, root) == number
    except TemplateFault:
        return False


@cache
def _read_number(key: TemplateKey, root: Path) -> int:
    """The number of an edition, from the lines before its first heading."""
    file = _folder(key, root) / TEMPLATE_FILE
    lines = read_text(file).splitlines()
    head = takewhile(lambda line: not line.startswith("["), lines)
    return TomlTable(file, "", parse_toml("\n".join(head), file)).take_count("number", 0)


def _folder(key: TemplateKey, root: Path) -> Path:
    return root / key.form / key.edition.isoformat()


def _form_folders(root: Path) -> list[Path]:
    """Folders that hold at least one edition; fonts and caches are none."""
    return [form for form in _subfolders(root) if any(map(_holds_template, _subfolders(form)))]


def _holds_template(folder: Path) -> bool:
    return (folder / TEMPLATE_FILE).is_file()


def _subfolders(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if p.is_dir() and not p.name.startswith((".", "_"))]


def _read_date(edition: Path) -> date:
    """The date an edition folder is named by, written in the one way that sorts."""
    try:
        day = date.fromisoformat(edition.name)
    except ValueError as error:
        raise UndatedEdition(edition) from error
    if day.isoformat() != edition.name:
        raise UndatedEdition(edition)
    return day
