"""What people decide about a document; each decision names the revision that was on the page."""

from collections.abc import Callable
from typing import BinaryIO, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from web.access import allow, current_actor
from web.context import begin_act, find_clock, find_settings, find_store, read_rows
from web.documents.looking import find_own_document
from web.wording import label
from workflow.acts import Act
from workflow.cases import decisions
from workflow.errors import NotAllowed
from workflow.reception.receiving import receive_files
from workflow.store.batches import find_batch
from workflow.store.models.paper import DocumentState, FileState, Source
from workflow.store.models.people import RoleName

Decide = Callable[[Act], object]


@allow(RoleName.COORDINATOR)
def confirm(document_id: int) -> ResponseReturnValue:
    """The faults stand: the paper goes back, or the application is rejected."""
    revision = _read_revision()
    return _decide(
        document_id, lambda act: decisions.confirm(act, document_id, revision), _("Confirmed.")
    )


@allow(RoleName.COORDINATOR)
def refute(document_id: int) -> ResponseReturnValue:
    """The faults do not stand: a person looks at the document again."""
    revision, reason = _read_revision(), _read_reason()
    return _decide_with_reason(
        document_id,
        reason,
        lambda act: decisions.refute(act, document_id, revision, reason),
        _("Refuted. The document's state is now: %(state)s."),
    )


@allow(RoleName.ARCHIVIST, RoleName.COORDINATOR)
def keep_image(document_id: int) -> ResponseReturnValue:
    """A new scan would look the same: a person reads what there is."""
    revision = _read_revision()
    return _decide(
        document_id,
        lambda act: decisions.keep_image(act, document_id, revision),
        _("The image is kept. The document's state is now: %(state)s."),
    )


@allow(RoleName.ARCHIVIST, RoleName.COORDINATOR)
def discard(document_id: int) -> ResponseReturnValue:
    """The document is put aside, with a reason."""
    revision, reason = _read_revision(), _read_reason()
    return _decide_with_reason(
        document_id,
        reason,
        lambda act: decisions.discard(act, document_id, revision, reason),
        _("Put aside."),
    )


def tell_rechecked(state: str) -> None:
    """Says why a ready document was not entered, by the state that it is in now."""
    if state == DocumentState.RECEIVED:
        told = _("Not entered yet: registers are asked about these people first. Come back later.")
    else:
        told = _("Not entered: more is known of these people now than at the check. Look again.")
    flash(told, "fault")


@allow(RoleName.OPERATOR, RoleName.COORDINATOR)
def reopen(document_id: int) -> ResponseReturnValue:
    """A value is not right: the document goes back to review."""
    revision = _read_revision()
    return _decide(
        document_id,
        lambda act: decisions.reopen(act, document_id, revision),
        _("The document is in review again. Take it to mend the value."),
    )


@allow(RoleName.ARCHIVIST, RoleName.COORDINATOR)
def scan_again(document_id: int) -> ResponseReturnValue:
    """Files that are a new scan of this document; they make a new version of it."""
    with read_rows() as session:
        find_own_document(session, document_id)
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _ask_again(document_id, _("Choose the file of the new scan first."))
    batch_id = receive_files(
        find_store(),
        find_settings(),
        current_actor(),
        find_clock(),
        _("New scan of document %(number)s", number=document_id),
        Source.UPLOAD,
        current_user.unit_id,
        [(str(file.filename), cast(BinaryIO, file.stream)) for file in files],
        for_document_id=document_id,
    )
    if _waits_as_repeat(batch_id):
        flash(
            _("A file came before, so it is not read by itself. Choose what becomes of it."),
            "fault",
        )
        return redirect(url_for("desk.show_batch", batch_id=batch_id))
    flash(_("The new scan is received. It is read and checked next."), "success")
    return _return_to(document_id)


def _waits_as_repeat(batch_id: int) -> bool:
    """Whether a file of the batch was sent before and waits for a choice."""
    with read_rows() as session:
        files = find_batch(session, batch_id).files
        return any(file.state == FileState.REPEAT for file in files)


def _decide(document_id: int, decide: Decide, told: str) -> ResponseReturnValue:
    """One decision in one transaction; a faster one of somebody else wins.

    `told` may name the `state` that came of it: the check decides that, not the person.
    """
    with begin_act() as act:
        document = find_own_document(act.session, document_id)
        decide(act)
        state = document.state
    flash(told % {"state": label("document", state)}, "success")
    return _return_to(document_id)


def _decide_with_reason(
    document_id: int, reason: str, decide: Decide, told: str
) -> ResponseReturnValue:
    if not reason:
        return _ask_again(document_id, _("Write the reason first."))
    return _decide(document_id, decide, told)


def _ask_again(document_id: int, why: str) -> ResponseReturnValue:
    """Nothing was changed, for want of something on the form."""
    with read_rows() as session:
        find_own_document(session, document_id)
    flash(why, "fault")
    return _return_to(document_id)


def _return_to(document_id: int) -> ResponseReturnValue:
    return redirect(url_for("documents.show_document", document_id=document_id))


def _read_revision() -> int:
    """The revision that was on the person's page; raises NotAllowed without one."""
    revision = request.form.get("revision", type=int)
    if revision is None:
        raise NotAllowed("no revision")
    return revision


def _read_reason() -> str:
    return " ".join(request.form.get("reason", "").split())
