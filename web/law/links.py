"""Links from anywhere in the program to the text of the law and to what rests on it."""

from flask import url_for
from markupsafe import Markup, escape

from validation.articles import find_article, find_missing
from validation.coverage import Keeping, Means
from web.articles import write_article
from web.law.statements import is_stated


def link_article(law: str) -> Markup:
    """The words of a citation as a link to its text; words alone where nothing is known of it."""
    words, url = write_article(law), find_article_url(law)
    if not url:
        return escape(words)
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(url, words)


def find_article_url(law: str) -> str:
    """Where the text of a citation is shown, or why there is none; empty where nothing is known."""
    if not law or (find_article(law) is None and find_missing(law) is None):
        return ""
    act, _, citation = law.partition("/")
    if citation:
        place = "cited" if "(" in citation else None
        return url_for("law.show_article", act=act, citation=citation, _anchor=place)
    return url_for("law.show_act", act=act)


def find_rule_url(code: str) -> str:
    """Where what a finding rests on is shown; empty where its code has no page any more."""
    return url_for("law.show_rule", code=code) if is_stated(code) else ""


def find_keeping_url(keeping: Keeping) -> str:
    """Where what keeps a requirement is shown; empty where it has no page here."""
    if keeping.means in (Means.RULE, Means.OUTCOME):
        return find_rule_url(keeping.name)
    if keeping.means is Means.PARAMETER:
        return url_for("law.show_value", name=keeping.name)
    return url_for("law.show_settings") if keeping.means is Means.SETTING else ""
