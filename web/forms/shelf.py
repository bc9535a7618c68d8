"""The forms that the program knows, as the pages about forms ask for them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app

from form_templates import catalog
from form_templates.errors import TemplateFault
from form_templates.layout import list_pages, plan_pages
from form_templates.model import TemplateKey
from form_templates.specification import Template
from workflow.errors import NotFound

ROOT = "FORM_TEMPLATES"
"""Setting of the application: a folder of forms to show instead of those that are shipped."""


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """One edition of a form; one that cannot be loaded says why."""

    key: TemplateKey
    template: Template | None
    fault: str = ""


def list_editions() -> dict[str, list[ListedEdition]]:
    """Form -> its editions, the newest first; a broken one never hides another."""
    listed: dict[str, list[ListedEdition]] = {}
    for key in reversed(catalog.list_templates(_find_root())):
        listed.setdefault(key.form, []).append(_open_edition(key))
    return dict(sorted(listed.items()))


def find_edition(form: str, edition: str) -> Template:
    """An edition by the words of an address; raises NotFound for what is none."""
    try:
        return catalog.load(form, date.fromisoformat(edition), _find_root())
    except (TemplateFault, ValueError) as fault:
        raise NotFound(f"form {form} {edition}") from fault


def find_earlier(template: Template) -> Template | None:
    """The edition before this one, if it can be loaded."""
    earlier = [day for day in _list_days(template) if day < template.key.edition]
    return _open_edition(TemplateKey(template.key.form, max(earlier))).template if earlier else None


def is_newest(template: Template) -> bool:
    """Whether new paper is printed from this edition."""
    return template.key.edition == max(_list_days(template))


@dataclass(frozen=True, slots=True)
class Side:
    """One printed side, by its numbers."""

    page: int
    sheet: int


def list_sides(template: Template) -> list[Side]:
    """Every printed side, with the first continuation sheet of each table."""
    rows = dict(template.default_rows)
    for section in template.sections:
        if section.group and section.continuation_rows:
            rows[section.group] = max(rows.get(section.group, 0), section.rows + 1)
    return [Side(page, sheet) for page, sheet in list_pages(template, rows) if sheet == 1]


def name_continuations(template: Template, language: str) -> dict[int, str]:
    """Page of a continuation sheet -> title of the table that goes on there."""
    if template.placed:
        return {}
    return {
        page: template.label(f"section.{table.id}", language)
        for page, table in plan_pages(template).continuation.items()
    }


def _open_edition(key: TemplateKey) -> ListedEdition:
    try:
        return ListedEdition(key, catalog.load(key.form, key.edition, _find_root()))
    except TemplateFault as fault:
        return ListedEdition(key, None, str(fault))


def _list_days(template: Template) -> list[date]:
    keys = catalog.list_templates(_find_root())
    return [key.edition for key in keys if key.form == template.key.form]


def _find_root() -> Path:
    root = current_app.config.get(ROOT, catalog.ROOT)
    assert isinstance(root, Path)
    return root
