"""Signing in and out, and the language of the pages."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from web.access import public, signed_in
from web.account import signing
from web.account.forms import PasswordForm, SignInForm
from web.language import COOKIE, LANGUAGES

blueprint = Blueprint("account", __name__)

_YEAR_SECONDS = 365 * 24 * 3600


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page; where it succeeds, on to the page that was wanted."""
    if current_user.is_authenticated:
        return redirect(url_for("home.start"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("security/sign_in.html", form=form), 422 if form.errors else 200
    name, address = form.username.data, request.remote_addr or ""
    if signing.is_closed(name, address):
        form.form_errors = [_too_many()]
    elif signing.sign_in(name, form.password.data, address):
        return redirect(find_next())
    else:
        form.form_errors = [_("The user name or the password is wrong.")]
    return render_template("security/sign_in.html", form=form), 422


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Ends the person's sessions."""
    signing.sign_out()
    return redirect(url_for("account.sign_in"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Gives the person another password; their other sessions end."""
    form = PasswordForm()
    if form.validate_on_submit():
        address = request.remote_addr or ""
        if signing.is_closed(current_user.username, address):
            form.present.errors = [_too_many()]
        elif signing.change_password(form.present.data, form.wanted.data, address):
            flash(_("Your password was changed."), "success")
            return redirect(url_for("home.start"), 303)
        else:
            form.present.errors = [_("This is not your present password")]
    return render_template("security/password.html", form=form), 422 if form.errors else 200


@blueprint.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Keeps the reader's language in the browser and shows the same page again."""
    wanted = request.form.get("language")
    if wanted not in LANGUAGES:
        abort(400)
    response = redirect(find_next())
    response.set_cookie(
        COOKIE, wanted, _YEAR_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def _too_many() -> str:
    return str(_("Too many wrong passwords. Wait 15 minutes, then try again."))


def find_next() -> str:
    """The page of ours that was wanted before; the start page for anything else."""
    # Browsers leave out tabs and line breaks, and read a backslash as a slash: two slashes
    # at the beginning lead to another site.
    wanted = request.values.get("next", "").replace("\\", "/")
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable()
    return wanted if is_ours else url_for("home.start")
