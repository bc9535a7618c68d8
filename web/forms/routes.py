"""Forms: every edition with its questions, its pages, its use, and what changed since."""

import io

from flask import Blueprint, Response, make_response, render_template
from PIL import Image

from form_templates.editing.moves import find_places
from form_templates.errors import TemplateFault
from form_templates.fitting import LayoutFault
from form_templates.model import Kind
from form_templates.placed import NotOurs
from form_templates.printing import print_form, render_page
from form_templates.specification import Template
from web.access import allow
from web.context import read_rows
from web.forms.asking import list_asked_on, list_sections
from web.forms.overlay import OutlinedPage, outline_page
from web.forms.shelf import (
    Side,
    find_earlier,
    find_edition,
    is_newest,
    list_editions,
    list_sides,
    name_continuations,
)
from web.forms.telling import tell_differences
from web.forms.words import CORRECTIONS, KINDS, PURPOSES, TRACKS
from web.page_parts import name_page_language
from workflow.errors import NotFound
from workflow.store.models.people import RoleName
from workflow.store.usage import EditionUse, count_uses

blueprint = Blueprint("forms", __name__)

READERS = (RoleName.COORDINATOR, RoleName.SUPERVISOR, RoleName.ADMINISTRATOR)
"""Who may see how forms are made; nobody's answers are shown here."""
_PX_PER_MM, _SMALL_PX_PER_MM = 6.0, 1.5
_KEPT_SECONDS = 600
_ADDRESS = "/forms/<form>/<edition>"
_SIDE = f"{_ADDRESS}/pages/<int:page>/<int:sheet>"


@blueprint.get("/forms")
@allow(*READERS)
def list_forms() -> str:
    """Every form with its editions, and how much each is used."""
    with read_rows() as session:
        uses = count_uses(session)
    return render_template(
        "forms/list.html",
        forms=list_editions(),
        uses=uses,
        unused=EditionUse(),
        language=name_page_language(),
    )


@blueprint.get(_ADDRESS)
@allow(*READERS)
def show_edition(form: str, edition: str) -> str:
    """One edition: what it asks, how it looks, what is new in it."""
    template, language = find_edition(form, edition), name_page_language()
    earlier = find_earlier(template)
    with read_rows() as session:
        use = count_uses(session).get(template.key, EditionUse())
    return render_template(
        "forms/show.html",
        template=template,
        language=language,
        use=use,
        newest=is_newest(template),
        sides=list_sides(template),
        tables=name_continuations(template, language),
        sections=list_sections(template, language),
        places=find_places(template),
        earlier=earlier,
        changed=tell_differences(earlier, template, language) if earlier else [],
        corrections=CORRECTIONS,
        tracks=TRACKS,
        purposes=PURPOSES,
    )


@blueprint.get(_SIDE)
@allow(*READERS)
def show_page(form: str, edition: str, page: int, sheet: int) -> str:
    """One side of an edition, with every place that is read drawn over it."""
    template, language = find_edition(form, edition), name_page_language()
    outlined = _outline(template, page, sheet)
    before, after = _find_neighbours(list_sides(template), Side(page, sheet))
    outlines = outlined.outlines
    return render_template(
        "forms/page.html",
        template=template,
        language=language,
        outlined=outlined,
        tables=name_continuations(template, language),
        kinds=[kind for kind in Kind if any(outline.kind == kind for outline in outlines)],
        kind_words=KINDS,
        questions=list_asked_on(template, {outline.question for outline in outlines}, language),
        before=before,
        after=after,
    )


@blueprint.get(f"{_SIDE}.png")
@allow(*READERS)
def show_picture(form: str, edition: str, page: int, sheet: int) -> Response:
    """One blank side."""
    return _draw_side(find_edition(form, edition), page, sheet, _PX_PER_MM)


@blueprint.get(f"{_SIDE}/small.png")
@allow(*READERS)
def show_small_picture(form: str, edition: str, page: int, sheet: int) -> Response:
    """One blank side as an overview of many shows it."""
    return _draw_side(find_edition(form, edition), page, sheet, _SMALL_PX_PER_MM)


@blueprint.get(f"{_ADDRESS}/blank.pdf")
@allow(*READERS)
def open_blank(form: str, edition: str) -> Response:
    """The blank to print; its copies bear no number."""
    template = find_edition(form, edition)
    try:
        response = make_response(print_form(template))
    except (NotOurs, LayoutFault, TemplateFault) as fault:
        raise NotFound(f"blank of {template.key}: {fault}") from fault
    response.mimetype = "application/pdf"
    name = f"{template.key.form}-{template.key.edition}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _find_neighbours(sides: list[Side], here: Side) -> tuple[Side | None, Side | None]:
    """The sides before and after one; a further continuation sheet has none."""
    row: list[Side | None] = [None, *sides, None]
    if here not in sides:
        return None, None
    at = row.index(here)
    return row[at - 1], row[at + 1]


def _outline(template: Template, page: int, sheet: int) -> OutlinedPage:
    try:
        return outline_page(template, page, sheet)
    except LayoutFault as fault:
        raise NotFound(str(fault)) from fault


def _draw_side(template: Template, page: int, sheet: int, px_per_mm: float) -> Response:
    """A side as PNG; browsers keep it a while, it shows nobody's answers."""
    try:
        pixels = render_page(template, page, sheet, px_per_mm=px_per_mm)
    except (LayoutFault, TemplateFault) as fault:
        raise NotFound(str(fault)) from fault
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    response = Response(content.getvalue(), mimetype="image/png")
    response.cache_control.private = True
    response.cache_control.max_age = _KEPT_SECONDS
    return response
