"""The one guard before all views: strangers go to the sign-in page, people stay in their rooms."""

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from web.access import current_actor, find_allowed_roles, is_unattended, public
from web.account.sessions import continue_session, end_stale_session
from web.context import read_clock


def guard(app: Flask) -> None:
    """Stands before every view; raises UnguardedView where one does not say who may see it."""
    for endpoint, view in app.view_functions.items():
        if endpoint == "static":
            public(view)
        find_allowed_roles(app, endpoint)
    app.before_request(admit)


def admit() -> ResponseReturnValue | None:
    """Lets the request through, or answers it: sign in first. Raises NotAllowed."""
    if request.endpoint in (None, "static"):
        return None
    _refuse_nulls()
    _mind_session()
    if not find_allowed_roles(current_app, request.endpoint):
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    current_actor()
    return None


def _refuse_nulls() -> None:
    """PostgreSQL stores no text with a null character, and no person types one."""
    if any("\0" in value for _, value in request.values.items(multi=True)):
        abort(400)


def _mind_session() -> None:
    if end_stale_session(read_clock()):
        flash(_("You were signed out because nothing was done for a while."), "information")
    if not is_unattended(current_app, request.endpoint or ""):
        continue_session(read_clock())


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json":
        return {"code": "signed_out"}, 401
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=wanted))
