"""Pictures of scanned pages and of single fields, for those who may see the document."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from web.access import allow, check_unit, unattended
from web.context import find_settings, read_rows
from web.documents.looking import READERS, record_picture
from web.fault_wording import word_fault
from workflow.errors import NotFound, WorkflowFault
from workflow.reading.pictures import crop_field, find_page_picture, shrink_page
from workflow.store.pictured import PicturedPage, find_pictured_page, find_pictured_reading
from workflow.store.session import Session

blueprint = Blueprint("pictures", __name__)

Find = Callable[[Session, int], PicturedPage | None]


@blueprint.get("/pictures/pages/<int:page_id>.jpg")
@allow(*READERS)
@unattended
def show_page(page_id: int) -> Response:
    """One scanned side."""

    def make(session: Session) -> bytes:
        return find_page_picture(find_settings(), session, page_id).read_bytes()

    return _send_picture(_admit(find_pictured_page, page_id).mark, make)


@blueprint.get("/pictures/pages/<int:page_id>/small.jpg")
@allow(*READERS)
@unattended
def show_small_page(page_id: int) -> Response:
    """One scanned side as an overview of many shows it."""

    def make(session: Session) -> bytes:
        return shrink_page(find_settings(), session, page_id)

    mark = _admit(find_pictured_page, page_id).mark
    return _send_picture(f"{mark}-small", make)


@blueprint.get("/pictures/readings/<int:reading_id>.jpg")
@allow(*READERS)
@unattended
def show_field(reading_id: int) -> Response:
    """One field, with a little of what stands around it."""

    def make(session: Session) -> bytes:
        return crop_field(find_settings(), session, reading_id)

    mark = _admit(find_pictured_reading, reading_id).mark
    return _send_picture(f"{mark}-{reading_id}", make)


def _admit(find: Find, id_: int) -> PicturedPage:
    """The page, if it is of the person's unit; that somebody looks at it is recorded."""
    with read_rows() as session:
        page = find(session, id_)
    if page is None:
        raise NotFound(f"picture {id_}")
    check_unit(page.unit_id)
    record_picture(page.subject)
    return page


def _send_picture(mark: str, make: Callable[[Session], bytes]) -> Response:
    """A picture that browsers keep but ask for again: it is shown only to who may see it."""
    if request.if_none_match.contains(mark):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        try:
            with read_rows() as session:
                response = Response(make(session), mimetype="image/jpeg")
        except WorkflowFault as fault:
            return _explain(fault)
    response.set_etag(mark)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response


def _explain(fault: WorkflowFault) -> Response:
    """A picture that says why there is none: it stands where the page would."""
    status = HTTPStatus.SERVICE_UNAVAILABLE if fault.retry else HTTPStatus.NOT_FOUND
    reason = word_fault(fault.code).title if fault.retry else _("The original cannot be opened.")
    title = _("There is no picture of this page")
    drawn = render_template("pictures/missing.svg", title=title, reason=reason, code=fault.code)
    response = make_response(drawn, status)
    response.mimetype = "image/svg+xml"
    return response
