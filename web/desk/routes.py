"""The intake desk: scans come in, and everybody sees what became of each."""

from collections.abc import Iterator
from typing import BinaryIO

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from intake.files import make_printable
from web.access import allow, check_unit, current_actor, unattended
from web.account.routes import find_next
from web.context import begin_act, find_clock, find_settings, find_store, read_clock, read_rows
from web.desk.fates import tell_fates
from web.desk.reports import is_under_way, report_counts, report_files
from web.documents.listing import name_forms
from web.numbers import read_key
from web.page_parts import name_page_language, write_moment
from web.wording import label
from workflow.errors import NotFound
from workflow.jobs.outbox import retry_step
from workflow.reception.batches import RepeatChoice, choose_repeat
from workflow.reception.receiving import receive_files
from workflow.reception.troubles import read_troubles
from workflow.store.batches import count_files, find_batch, find_file, list_batches
from workflow.store.models.paper import Batch, Source
from workflow.store.models.people import RoleName
from workflow.store.people import find_user
from workflow.store.session import Session
from workflow.store.work import is_step_of_unit, list_failed_steps

blueprint = Blueprint("desk", __name__)

_WORKERS = (RoleName.ARCHIVIST, RoleName.OPERATOR, RoleName.COORDINATOR)
_READERS = (*_WORKERS, RoleName.SUPERVISOR)
_LINES = 25
"""Batches of one screen."""


@blueprint.get("/intake")
@allow(*_READERS)
def show_intake() -> ResponseReturnValue:
    """Where scans are sent, what failed, and the batches, newest first."""
    return _render_intake(fault=None), 200


@blueprint.post("/intake/upload")
@allow(*_WORKERS)
def upload() -> ResponseReturnValue:
    """Takes files in as one batch and shows what becomes of them."""
    files = list(_list_uploads())
    if not files:
        fault = _("Choose at least one file")
        if _asked_by_script():
            return {"code": "no_files", "title": fault, "way": ""}, 422
        return _render_intake(fault), 422
    batch_id = receive_files(
        find_store(),
        find_settings(),
        current_actor(),
        find_clock(),
        _name_batch(),
        Source.UPLOAD,
        current_user.unit_id,
        files,
        scanner=request.form.get("scanner"),
    )
    place = url_for("desk.show_batch", batch_id=batch_id)
    return ({"location": place}, 201) if _asked_by_script() else redirect(place, 303)


@blueprint.get("/intake/batches/<int:batch_id>")
@allow(*_READERS)
def show_batch(batch_id: int) -> ResponseReturnValue:
    """What became of each file of a batch."""
    with read_rows() as session:
        batch = _find_own_batch(session, batch_id)
        fates = tell_fates(session, batch)
        return render_template(
            "desk/batch.html",
            batch=batch,
            fates=fates,
            report=report_files(batch.files),
            sender=_name_sender(session, batch),
            under_way=is_under_way(fates),
            titles=name_forms(name_page_language()),
        )


@blueprint.get("/intake/batches/<int:batch_id>/progress")
@allow(*_READERS)
@unattended
def show_progress(batch_id: int) -> Response:
    """The parts of the batch page that change, as JSON; 304 where nothing did."""
    with read_rows() as session:
        batch = _find_own_batch(session, batch_id)
        fates, titles = tell_fates(session, batch), name_forms(name_page_language())
        report = report_files(batch.files)
        answer = jsonify(
            under_way=is_under_way(fates),
            summary=render_template("desk/_summary.html", report=report),
            files={
                fate.file.id: render_template("desk/_fate.html", fate=fate, titles=titles)
                for fate in fates
            },
        )
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@blueprint.get("/intake/files/<int:file_id>")
@allow(*_READERS)
def find_batch_of_file(file_id: int) -> ResponseReturnValue:
    """Leads to the place of a file on the page of its batch."""
    with read_rows() as session:
        batch = find_file(session, file_id).batch
        check_unit(batch.unit_id)
    return redirect(_name_place(batch, file_id))


@blueprint.post("/intake/files/<int:file_id>/choice")
@allow(*_WORKERS)
def choose(file_id: int) -> ResponseReturnValue:
    """Reads a repeat again, or sets it aside."""
    wanted = request.form.get("choice", "")
    if wanted not in set(RepeatChoice):
        raise NotFound
    with begin_act() as act:
        batch = find_file(act.session, file_id).batch
        check_unit(batch.unit_id)
        choose_repeat(act, file_id, RepeatChoice(wanted))
    return redirect(_name_place(batch, file_id), 303)


@blueprint.post("/steps/<int:step_id>/retry")
@allow(*_WORKERS, RoleName.SUPERVISOR)
def retry(step_id: int) -> ResponseReturnValue:
    """Lets work that was given up start anew."""
    with begin_act() as act:
        if not is_step_of_unit(act.session, step_id, current_user.unit_id):
            raise NotFound
        retry_step(act, step_id)
    flash(_("It is tried again."), "success")
    return redirect(find_next(), 303)


def _render_intake(fault: str | None) -> str:
    before, unit_id = request.args.get("before", type=read_key), current_user.unit_id
    with read_rows() as session:
        batches = list_batches(session, unit_id, before, _LINES + 1)
        counts = count_files(session, [batch.id for batch in batches])
        return render_template(
            "desk/intake.html",
            batches=[(batch, report_counts(counts[batch.id])) for batch in batches[:_LINES]],
            next_before=batches[_LINES - 1].id if len(batches) > _LINES else None,
            is_first=before is None,
            failed=list_failed_steps(session, unit_id),
            troubles=read_troubles(find_settings()),
            inbox=find_settings().inbox,
            fault=fault,
        )


def _list_uploads() -> Iterator[tuple[str, BinaryIO]]:
    """The files that were chosen; an empty field of a form counts as a file without a name."""
    for file in request.files.getlist("files"):
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
        if name:
            yield make_printable(name), file.stream  # type: ignore[misc]  # werkzeug says IO[bytes]


def _name_batch() -> str:
    given = " ".join(request.form.get("label", "").split())[:200]
    return given or _("Sent on %(moment)s", moment=write_moment(read_clock()))


def _find_own_batch(session: Session, batch_id: int) -> Batch:
    batch = find_batch(session, batch_id)
    check_unit(batch.unit_id)
    return batch


def _name_sender(session: Session, batch: Batch) -> str:
    """Who brought a batch: a person, or the program."""
    user = find_user(session, batch.created_by)
    return user.name if user else str(label("role", batch.created_by))


def _name_place(batch: Batch, file_id: int) -> str:
    return url_for("desk.show_batch", batch_id=batch.id, _anchor=f"file-{file_id}")


def _asked_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
