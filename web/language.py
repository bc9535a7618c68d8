"""In which language a page is written: Georgian, unless the reader chose otherwise."""

from babel import Locale
from flask import Flask, request
from flask_babel import Babel
from flask_login import current_user

LANGUAGES = ("ka", "en")
DEFAULT = "ka"
COOKIE = "language"
"""Kept beside the session: the choice outlives signing out."""


def set_languages(app: Flask) -> None:
    """Makes texts, dates and numbers follow the reader's language."""
    app.config.update(
        BABEL_DEFAULT_LOCALE="en",  # of the texts in the program itself
        BABEL_DEFAULT_TIMEZONE="Asia/Tbilisi",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    Babel(app, locale_selector=choose_language)


def choose_language() -> str:
    """The reader's choice, else the person's own language, else the browser's, else Georgian."""
    person = getattr(current_user, "language", None)
    for wish in (request.cookies.get(COOKIE), person):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(LANGUAGES, DEFAULT)


def name_languages() -> dict[str, str]:
    """Every language under its own name."""
    return {code: Locale(code).get_display_name(code) or code for code in LANGUAGES}
