"""The page on deadlines: the days of an application, counted from the one it came in on."""

from datetime import date

from flask import render_template, request
from flask_babel import gettext as _

from validation.errors import ValidationFault
from validation.law_entries import LegalValue
from validation.timeline import Stop, plan_timeline
from web.access import signed_in
from web.context import read_clock
from web.law.entries import choose_words
from web.law.words import write_amount
from web.page_parts import name_page_language
from workflow.acts import find_legal_day


@signed_in
def show_deadlines() -> str:
    """The days of an application that comes in on a day, as order 02-150 counts them."""
    typed = request.args.get("received", "").strip()
    received = typed or find_legal_day(read_clock()).isoformat()
    stops, fault = _plan(received)
    return render_template(
        "law/deadlines.html",
        stops=stops,
        fault=fault,
        received=received,
        choose_words=choose_words,
        length_of=_write_length,
        language=name_page_language(),
    )


def _plan(typed: str) -> tuple[tuple[Stop, ...], str]:
    """The stops from a day as it was typed, or what is wrong with it."""
    try:
        received = date.fromisoformat(typed)
    except ValueError:
        return (), str(_("Give a day of the calendar"))
    try:
        return plan_timeline(received), ""
    except ValidationFault:
        return (), str(_("The days of rest of that year are not known"))


def _write_length(value: LegalValue) -> str:
    return "" if value.number is None else write_amount(value.number, value.unit)
