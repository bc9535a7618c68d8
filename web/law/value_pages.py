"""Pages on what the law states in numbers, and on what its sources contradict each other in."""

from flask import render_template

from validation.parameters import load_law
from web.access import signed_in
from web.context import read_clock
from web.law.settings import list_settings
from web.law.statements import list_statements
from web.law.texts import find_basis
from web.law.values import find_value, list_readers, list_values
from web.page_parts import name_page_language
from workflow.acts import find_legal_day
from workflow.errors import NotFound


@signed_in
def show_values() -> str:
    """Every number, list and scale of the law as it holds today."""
    today, language = find_legal_day(read_clock()), name_page_language()
    law = load_law()
    values = list_values(law, today, language)
    return render_template("law/values.html", values=values, edition=law.edition)


@signed_in
def show_value(name: str) -> str:
    """The history of one value with the rules that read it."""
    law, language = load_law(), name_page_language()
    value = find_value(name, law, find_legal_day(read_clock()), language)
    if value is None:
        raise NotFound(f"value {name}")
    readers = list_readers(name, law)
    return render_template(
        "law/value.html",
        value=value,
        readers=[one for one in list_statements(language) if one.code in readers],
        bases=[find_basis(one) for one in dict.fromkeys(entry.law for entry in value.entries)],
        language=language,
    )


@signed_in
def show_settings() -> str:
    """Where the sources contradict each other: what is chosen, what else they say."""
    law = load_law()
    settings = list_settings(law, find_legal_day(read_clock()), name_page_language())
    readers = {one.path: list_readers(one.path, law) for one in settings}
    return render_template("law/settings.html", settings=settings, readers=readers)
