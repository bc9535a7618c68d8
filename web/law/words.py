"""What amounts of the law, days of the week and what keeps a requirement are called."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flask_babel import LazyString, format_date, lazy_gettext, ngettext
from flask_babel import gettext as _

from validation.coverage import Means

_Amount = Callable[[int, str], str]

_MANY = 2
"""Any number that asks for the plural."""
UNITS: dict[str, _Amount] = {
    "animals": lambda n, text: ngettext("%(text)s animal", "%(text)s animals", n, text=text),
    "calendar_days": lambda n, text: ngettext(
        "%(text)s calendar day", "%(text)s calendar days", n, text=text
    ),
    "children": lambda n, text: ngettext("%(text)s child", "%(text)s children", n, text=text),
    "completed_years": lambda n, text: ngettext(
        "%(text)s completed year", "%(text)s completed years", n, text=text
    ),
    "digits": lambda n, text: ngettext("%(text)s digit", "%(text)s digits", n, text=text),
    "gel": lambda n, text: _("%(text)s GEL", text=text),
    "gel_a_member_a_month": lambda n, text: _("%(text)s GEL a member a month", text=text),
    "gel_a_month": lambda n, text: _("%(text)s GEL a month", text=text),
    "hectares": lambda n, text: ngettext("%(text)s hectare", "%(text)s hectares", n, text=text),
    "journal_number": lambda n, text: _("no. %(text)s", text=text),
    "machines": lambda n, text: ngettext("%(text)s machine", "%(text)s machines", n, text=text),
    "members": lambda n, text: ngettext("%(text)s member", "%(text)s members", n, text=text),
    "months": lambda n, text: ngettext("%(text)s month", "%(text)s months", n, text=text),
    "percent": lambda n, text: _("%(text)s percent", text=text),
    "persons": lambda n, text: ngettext("%(text)s person", "%(text)s persons", n, text=text),
    "rest_days": lambda n, text: ngettext(
        "%(text)s day of rest", "%(text)s days of rest", n, text=text
    ),
    "score_points": lambda n, text: ngettext(
        "%(text)s point of the score", "%(text)s points of the score", n, text=text
    ),
    "square_metres": lambda n, text: ngettext(
        "%(text)s square metre", "%(text)s square metres", n, text=text
    ),
    "times_a_week": lambda n, text: ngettext(
        "%(text)s time a week", "%(text)s times a week", n, text=text
    ),
    "times_a_year": lambda n, text: ngettext(
        "%(text)s time a year", "%(text)s times a year", n, text=text
    ),
    "visits": lambda n, text: ngettext("%(text)s visit", "%(text)s visits", n, text=text),
    "weeks": lambda n, text: ngettext("%(text)s week", "%(text)s weeks", n, text=text),
    "worked_days": lambda n, text: ngettext(
        "%(text)s day worked", "%(text)s days worked", n, text=text
    ),
    "working_days": lambda n, text: ngettext(
        "%(text)s working day", "%(text)s working days", n, text=text
    ),
    "years": lambda n, text: ngettext("%(text)s year", "%(text)s years", n, text=text),
}
"""Unit -> a number of it in words; Georgian nouns stay in the singular behind a number."""
MEANS: dict[str, LazyString] = {
    Means.RULE: lazy_gettext("rule"),
    Means.OUTCOME: lazy_gettext("outcome of reading"),
    Means.FORM: lazy_gettext("how the form is built"),
    Means.PARAMETER: lazy_gettext("number or list"),
    Means.SETTING: lazy_gettext("setting"),
    Means.STEP: lazy_gettext("step of the work"),
    Means.LETTER: lazy_gettext("letter"),
    Means.COMMAND: lazy_gettext("command"),
    Means.HUMAN: lazy_gettext("a person, recorded only"),
    Means.OPEN: lazy_gettext("open"),
}


def write_amount(number: Decimal, unit: str, text: str = "") -> str:
    """A number with its unit; `text` where more than the number stands before the unit."""
    written = text or write_number(number)
    say = UNITS.get(unit.lower())
    return str(say(1 if number == 1 else _MANY, written)) if say else f"{written} {unit}"


def write_number(number: Decimal) -> str:
    """A number without the noughts behind it: 150, not 150.00."""
    return f"{number.normalize():f}"


def name_weekday(day: date) -> str:
    """The day of the week in the reader's language."""
    return str(format_date(day, "EEEE"))
