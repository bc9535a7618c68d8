"""Values in words: what was read as it stands, and what it means."""

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from form_templates.specification import Template
from ocr.readings import Value
from validation.typed_values import Typed
from web.page_parts import write_day
from web.review.answers import show_answer
from web.review.questions import Asked, find_asked

NOTHING = ""
"""The page shows a dash."""


def write_raw(template: Template, field: str, value: Value) -> str:
    """The characters or codes as they stand on the paper."""
    if value is None or value == ():
        return NOTHING
    if isinstance(value, bool):
        return write_presence(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    asked = find_asked(template, field)
    return (show_answer(asked.question, value) if asked else value) or NOTHING


def write_meaning(template: Template, field: str, typed: Typed | None, language: str) -> str:
    """What a value means: the wording of its codes, a day, an amount."""
    asked = find_asked(template, field)
    if typed is None or asked is None:
        return NOTHING
    if isinstance(typed, bool):
        return write_presence(typed)
    if isinstance(typed, date):
        return write_day(typed)
    if isinstance(typed, tuple):
        return "; ".join(_name_code(template, asked, code, language) for code in typed) or NOTHING
    if isinstance(typed, str) and typed in asked.question.codes:
        return _name_code(template, asked, typed, language)
    return f"{typed:,}" if isinstance(typed, Decimal) else str(typed)


def write_presence(there: bool) -> str:
    """Whether a signature or a stamp is there."""
    return str(_("there") if there else _("not there"))


def _name_code(template: Template, asked: Asked, code: str, language: str) -> str:
    return template.label(f"option.{asked.question.id}.{code}", language)
