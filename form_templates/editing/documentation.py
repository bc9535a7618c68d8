"""Writes the documentation of the forms: a page an edition, its pictures, and an index."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from form_templates import catalog
from form_templates.editing.form_page import write_page
from form_templates.layout import list_pages
from form_templates.model import TemplateKey
from form_templates.printing import render_pages
from form_templates.specification import Template
from form_templates.whole_form import count_rows

PICTURES = "pictures"
_PX_PER_MM = 3.6
_GREYS = 8
_INDEX = """\
# The forms

Written by `./blanki form document -o docs/forms` from the templates: change those, not
these pages. [How a template is written](template-file.md) is the exception.

| form | | edition | pages | questions |
|---|---|---|---|---|
"""


def document_forms(root: Path, output: Path, form: str | None = None) -> Iterator[Path]:
    """Write every page and picture, or those of one form; yields each file once it is there."""
    templates = [t for t in _load_all(root) if form in (None, t.key.form)]
    texts = _write_pages(templates) if form else write_texts(root)
    for name, text in texts.items():
        file = output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        yield file
    (output / PICTURES).mkdir(exist_ok=True)
    for template in templates:
        for old in (output / PICTURES).glob(f"{_name(template.key)}-*.png"):
            old.unlink()
        yield from _write_pictures(template, output)


def write_texts(root: Path = catalog.ROOT) -> dict[str, str]:
    """File name -> Markdown: a page an edition, and the index."""
    templates = _load_all(root)
    index = {"README.md": _INDEX + "".join(map(_write_row, templates))}
    return index | _write_pages(templates)


def _write_pages(templates: Sequence[Template]) -> dict[str, str]:
    return {f"{_name(t.key)}.md": write_page(t, _name_pictures(t)) for t in templates}


def _load_all(root: Path) -> list[Template]:
    return [catalog.load(key.form, key.edition, root) for key in catalog.list_templates(root)]


def _name(key: TemplateKey) -> str:
    return f"{key.form}-{key.edition.isoformat()}"


def _write_row(template: Template) -> str:
    title = f"[{template.label('title', 'en')}]({_name(template.key)}.md)"
    pages = len(list_pages(template, count_rows(template)))
    questions = sum(1 for _ in template.questions())
    edition = template.key.edition.isoformat()
    return f"| {title} | {template.label('title')} | {edition} | {pages} | {questions} |\n"


def _name_pictures(template: Template) -> dict[str, str]:
    """What a picture shows -> where it is, seen from the page."""
    main = list_pages(template, {s.group: s.rows for s in template.sections if s.group})
    return {
        f"Page {page}"
        if (page, sheet) in main
        else f"Page {page}, a continuation sheet": _picture_of(template, page)
        for page, sheet in list_pages(template, count_rows(template))
    }


def _picture_of(template: Template, page: int) -> str:
    return f"{PICTURES}/{_name(template.key)}-{page}.png"


def _write_pictures(template: Template, output: Path) -> Iterator[Path]:
    """Small grey pictures of the blank pages."""
    numbers = list_pages(template, count_rows(template))
    pictures = render_pages(template, numbers, px_per_mm=_PX_PER_MM)
    for (page, _), picture in zip(numbers, pictures, strict=True):
        file = output / _picture_of(template, page)
        grey = Image.fromarray(picture).quantize(_GREYS)
        grey.save(file, "PNG", optimize=True)
        yield file
