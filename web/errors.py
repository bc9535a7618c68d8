"""Every fault becomes a page that says what happened and what to do now."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from traceback import format_tb

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from web.fault_wording import word_fault
from web.page_parts import STORE_FAILED
from workflow.errors import DiskFull, WorkflowFault

_STATUS = {
    "not_allowed": 403,
    "not_the_second": 403,
    "not_the_umpire": 403,
    "not_found": 404,
    "conflict": 409,
    "lease_lost": 409,
    "held_by_other": 409,
}
_CODES = {403: "not_allowed", 404: "not_found", 413: "too_large"}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_SECRET_FIELDS = ("password", "present", "wanted", "again")
_TOKEN = "csrf_token"


def explain_faults(app: Flask) -> None:
    """Answers every fault with a page, or with JSON where the page's script asked."""
    app.register_error_handler(CSRFError, _explain_expired)
    app.register_error_handler(HTTPException, _explain_http)
    app.register_error_handler(WorkflowFault, explain_fault)
    app.register_error_handler(OSError, _explain_disk)
    app.register_error_handler(Exception, _explain_unexpected)


def explain_fault(fault: WorkflowFault) -> ResponseReturnValue:
    """The page of a fault of the workflow; 503 where the same may succeed later."""
    current_app.logger.warning("%s: %s", fault.code, fault)
    status = 503 if fault.retry else _STATUS.get(fault.code, 500)
    return answer_fault(fault.code, status, retry=_offer_retry() if fault.retry else None)


def answer_fault(code: str, status: int, **facts: object) -> ResponseReturnValue:
    """A page, or JSON, that words a fault in the reader's language."""
    _do_without_person()
    g.setdefault(STORE_FAILED, status >= 500)
    words = word_fault(code)
    if request.accept_mimetypes.best == "application/json":
        return {"code": code, "title": str(words.title), "way": str(words.way)}, status
    return render_template("errors/fault.html", code=code, words=words, **facts), status


@dataclass(frozen=True, slots=True)
class Retry:
    """What a person may send once more."""

    url: str
    method: str
    fields: tuple[tuple[str, str], ...] = ()


def _offer_retry() -> Retry | None:
    """The same once more; not what holds files or a password: pages do not keep those."""
    if request.method == "GET":
        return Retry(request.full_path.rstrip("?"), "get")
    if request.files or any(name in request.form for name in _SECRET_FIELDS):
        return None
    return Retry(request.path, "post", tuple(_list_fields()))


def _explain_http(fault: HTTPException) -> ResponseReturnValue:
    status = fault.code or 500
    if status < 400:
        return fault
    return answer_fault(_CODES.get(status, "wrong_request"), status)


def _explain_expired(fault: CSRFError) -> ResponseReturnValue:
    return answer_fault("form_expired", 400, entered=list(_list_entered()))


def _explain_disk(fault: OSError) -> ResponseReturnValue:
    if fault.errno in _NO_ROOM:
        return explain_fault(DiskFull())
    return _explain_unexpected(fault)


def _explain_unexpected(fault: Exception) -> ResponseReturnValue:
    # The way there without the fault's words: those of a database quote what was entered.
    way = "".join(format_tb(fault.__traceback__))
    current_app.logger.error("unexpected: %s\n%s", type(fault).__name__, way)
    return answer_fault("unexpected", 500)


def _list_entered() -> Iterator[tuple[str, str]]:
    """What was sent with the form, so that nobody loses it; never a password."""
    yield from ((name, value) for name, value in _list_fields() if value.strip())
    for name, files in request.files.lists():
        yield from ((name, file.filename) for file in files if file.filename)


def _list_fields() -> Iterator[tuple[str, str]]:
    for name, values in request.form.lists():
        if name != _TOKEN and name not in _SECRET_FIELDS:
            yield from ((name, value) for value in values)


def _do_without_person() -> None:
    """The database may be what failed: the page of the fault must not ask it who is there."""
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()
