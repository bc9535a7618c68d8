"""What the templates of all pages may call."""

from datetime import UTC, date, datetime

from flask import Flask, g
from flask_babel import format_date, format_datetime, get_locale
from flask_wtf.csrf import generate_csrf

from web.access import may_open
from web.context import read_rows
from web.fault_wording import word_fault
from web.file_wording import word_file_fault, word_page_fault, word_trouble
from web.language import name_languages
from web.navigation import is_here, list_rooms
from web.wording import label, word_subject
from workflow.store.demonstration import holds_demonstration

STORE_FAILED = "store_failed"
"""Name of the sign that the page must do without the store."""


def add_page_parts(app: Flask) -> None:
    """Makes words, rooms and dates known to every template."""
    app.jinja_env.globals.update(
        csrf_token=generate_csrf,
        label=label,
        word_subject=word_subject,
        word_fault=word_fault,
        word_file_fault=word_file_fault,
        word_page_fault=word_page_fault,
        word_trouble=word_trouble,
        list_rooms=list_rooms,
        is_here=is_here,
        may_open=may_open,
        shows_demonstration=shows_demonstration,
        languages=name_languages(),
        page_language=name_page_language,
    )
    app.jinja_env.filters.update(moment=write_moment, day=write_day)


def name_page_language() -> str:
    """The language that the page is written in."""
    locale = get_locale()
    return locale.language if locale else "en"


def write_moment(moment: datetime) -> str:
    """A moment as people in Georgia read it."""
    return str(format_datetime(moment.astimezone(UTC), "d MMM y, HH:mm"))


def write_day(day: date) -> str:
    """A legal day."""
    return str(format_date(day, "d MMM y"))


def shows_demonstration() -> bool:
    """Whether simulated paper or a demonstration score may be on a page."""
    if g.get(STORE_FAILED):
        return False  # the page only tells of the fault
    with read_rows() as session:
        return holds_demonstration(session)
