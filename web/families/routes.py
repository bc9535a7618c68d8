"""Families: their papers from application to assignment, ratings, and what is printed for them."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from form_templates import catalog
from form_templates.model import TemplateKey
from web.access import allow
from web.context import begin_act, find_settings, read_clock, read_rows
from web.documents.listing import name_forms
from web.families.looking import PRINTERS, READERS, find_own_case, record_case_look
from web.families.milestones import gather_way
from web.numbers import read_key
from web.page_parts import name_page_language
from web.review.questions import name_field
from web.supervision.words import OUTCOMES
from workflow.acts import find_legal_day
from workflow.contents import ContentStore
from workflow.errors import NotFound
from workflow.printing.issuing import PreparedPrint, issue_once, prepare_print
from workflow.printing.prefill import (
    DECLARATION,
    VISIT,
    Prefilled,
    count_rows,
    prefill_declaration,
)
from workflow.rating.explanation import Explanation, explain_rating
from workflow.store.families import find_case_by_code, list_cases
from workflow.store.listing import find_newest_ratings
from workflow.store.models.families import CaseState, FamilyCase, Rating
from workflow.store.people import name_people
from workflow.store.prints import find_issued_print, find_newest_print
from workflow.store.ratings import find_newest_record, find_rating, find_record
from workflow.store.session import Session

blueprint = Blueprint("families", __name__)

LINES = 50
"""Families of one screen."""
APPLICATION = "application"


@blueprint.get("/families")
@allow(*READERS)
def list_families() -> str:
    """Families of the person's unit, newest first; codes and states, no names."""
    code, state = (request.args.get(key, "").strip() for key in ("code", "state"))
    before = request.args.get("before", type=read_key)
    with read_rows() as session:
        cases = _find_cases(session, code, state, before)
        return render_template(
            "families/list.html",
            code=code,
            state=state,
            states=list(CaseState),
            cases=cases[:LINES],
            ratings=find_newest_ratings(session, [case.id for case in cases]),
            next_before=cases[LINES - 1].id if len(cases) > LINES else None,
            first=before is None,
        )


@blueprint.get("/families/<int:case_id>")
@allow(*READERS)
def show_family(case_id: int) -> str:
    """One family's papers from application to assignment."""
    record_case_look(case_id)
    with read_rows() as session:
        return render_template(
            "families/show.html",
            case=find_own_case(session, case_id),
            way=gather_way(session, case_id),
            titles=name_forms(name_page_language()),
            names=name_people(session),
            outcomes=OUTCOMES,
            today=find_legal_day(read_clock()),
            newest_print=find_newest_print(session, case_id, DECLARATION),
        )


@blueprint.get("/ratings/<int:rating_id>")
@allow(*READERS)
def show_rating(rating_id: int) -> str:
    """One rating, line by line."""
    with read_rows() as session:
        case_id = find_rating(session, rating_id).case_id
    record_case_look(case_id)
    with read_rows() as session:
        rating = find_rating(session, rating_id)
        explanation = explain_rating(rating, name_page_language())
        return render_template(
            "families/rating.html",
            rating=rating,
            case=find_own_case(session, case_id),
            explanation=explanation,
            answers=_name_answers(session, rating, explanation),
        )


@blueprint.post("/families/<int:case_id>/prints")
@allow(*PRINTERS)
def print_declaration(case_id: int) -> ResponseReturnValue:
    """Prints a numbered declaration for a visit, with what the application says.

    Once for each time that the family's page was shown.
    """
    seen = request.form.get("seen", 0, read_key)
    with read_rows() as session:
        prepared = _prepare_declaration(session, find_own_case(session, case_id))
    with begin_act() as act:
        issued = issue_once(act, find_own_case(act.session, case_id), prepared, VISIT, seen)
    if issued is None:
        flash(_("A copy was printed a moment ago. If another is needed, print once more."))
    else:
        _tell_printed(prepared)
    return redirect(url_for("families.show_family", case_id=case_id, _anchor="prints"))


def _tell_printed(prepared: PreparedPrint) -> None:
    """Says which copy it is, and what the pen has to add."""
    flash(
        _("The declaration is printed as copy number %(serial)s.", serial=prepared.serial),
        "success",
    )
    if prepared.left_out:
        flash(_("Left to the pen, for want of room: %(fields)s", fields=_name_left_out(prepared)))
    if prepared.lost and prepared.source:
        lost = _name_fields(prepared.source, prepared.lost)
        flash(_("Left to the pen, since the form asks it otherwise now: %(fields)s", fields=lost))


@blueprint.get("/prints/<int:print_id>.pdf")
@allow(*READERS)
def open_print(print_id: int) -> Response:
    """A printed form as PDF; that it was opened is recorded."""
    with begin_act() as act:
        issued = find_issued_print(act.session, print_id)
        find_own_case(act.session, issued.case_id)
        act.record("print:read", f"print:{print_id}")
    path = ContentStore(find_settings().prints).path(issued.sha256)
    if not path.is_file():
        raise NotFound(f"the file of print {print_id}")
    name = f"{issued.form}-{issued.serial}.pdf"
    return send_file(path, mimetype="application/pdf", download_name=name)


def _name_answers(session: Session, rating: Rating, explanation: Explanation) -> dict[str, str]:
    """Field that counts -> whose and which answer of the declaration it is."""
    record = find_record(session, rating.record_id)
    template = catalog.load(record.form, record.edition)
    named = {}
    for variable in {line.variable for line in explanation.lines if line.variable}:
        name = name_field(template, variable, name_page_language())
        named[variable] = ": ".join(filter(None, (name.row, name.code or name.label)))
    return named


def _prepare_declaration(session: Session, case: FamilyCase) -> PreparedPrint:
    """The form with what the newest application says, a row for each member it names."""
    application = find_newest_record(session, case.id, APPLICATION)
    if application is None:
        known = Prefilled({"family_code": case.family_code})
        return prepare_print(find_settings(), DECLARATION, None, {}, known)
    key = TemplateKey(application.form, application.edition)
    known = prefill_declaration(case.family_code, application.values, key)
    return prepare_print(find_settings(), DECLARATION, None, count_rows(application.values), known)


def _name_left_out(prepared: PreparedPrint) -> str:
    return _name_fields(TemplateKey(prepared.form, prepared.edition), prepared.left_out)


def _name_fields(key: TemplateKey, fields: Iterable[str]) -> str:
    """What fields are called on the paper that asks them."""
    template, language = catalog.load(key.form, key.edition), name_page_language()
    return ", ".join(name_field(template, id_, language).label for id_ in fields)


def _find_cases(
    session: Session, code: str, state: str, before: int | None
) -> Sequence[FamilyCase]:
    """One family by its code, else a screen of the unit's families and one more."""
    if not code:
        return list_cases(session, current_user.unit_id, before, LINES + 1, state or None)
    case = find_case_by_code(session, code)
    return [case] if case and case.unit_id == current_user.unit_id else []
