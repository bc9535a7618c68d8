"""The start page, and the answer to whoever asks whether the program lives."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from web.access import public, signed_in
from web.navigation import list_rooms

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def start() -> ResponseReturnValue:
    """Leads to the first page of the person's work."""
    return redirect(url_for(list_rooms()[0].endpoint))


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """Says that the web server answers; it asks nothing of the database."""
    return {"status": "ok"}
