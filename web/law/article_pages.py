"""Pages on the text of the law: the acts, one act, one article with what rests on it."""

from flask import render_template

from validation.articles import find_act, find_missing, list_acts, list_missing
from validation.parameters import load_law
from web.access import signed_in
from web.context import read_clock
from web.law.statements import list_statements
from web.law.texts import ShownArticle, list_openings, list_tops, open_article
from web.law.values import ShownValue, list_values
from web.page_parts import name_page_language
from workflow.acts import find_legal_day
from workflow.errors import NotFound


@signed_in
def show_acts() -> str:
    """The acts whose text is at hand, and those whose text is not."""
    return render_template(
        "law/acts.html", acts=list_acts(), missing=list_missing(), language=name_page_language()
    )


@signed_in
def show_act(act: str) -> str:
    """One act: what it is, and its articles."""
    found = find_act(act)
    if found is None:
        return _show_missing(act)
    return render_template(
        "law/act.html",
        act=found,
        tops=list_tops(found),
        openings=list_openings(found),
        language=name_page_language(),
    )


@signed_in
def show_article(act: str, citation: str) -> str:
    """One article, the cited place marked, with its neighbours and what rests on it."""
    language, law = name_page_language(), f"{act}/{citation}"
    shown = open_article(law)
    if shown is None:
        return _show_missing(law)
    return render_template(
        "law/article.html",
        shown=shown,
        resting=[one for one in list_statements(language) if shown.holds_any(one.articles)],
        values=_list_resting_values(shown, language),
        language=language,
    )


def _list_resting_values(shown: ShownArticle, language: str) -> list[ShownValue]:
    values = list_values(load_law(), find_legal_day(read_clock()), language)
    return [one for one in values if shown.holds_any(entry.law for entry in one.entries)]


def _show_missing(law: str) -> str:
    """Why there is no text; NotFound where the law is none that the program names."""
    missing = find_missing(law)
    if missing is None:
        raise NotFound(f"law {law}")
    return render_template("law/missing.html", missing=missing, language=name_page_language())
