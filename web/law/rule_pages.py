"""Pages on rules: the list with its search, and one rule beside its articles."""

from dataclasses import dataclass

from flask import render_template, request

from validation.articles import find_article
from validation.parameters import load_law
from validation.requirements import load_requirements
from web.access import signed_in
from web.context import read_clock
from web.documents.listing import name_forms
from web.law.reads import list_reads
from web.law.settings import list_settings
from web.law.statements import (
    Statement,
    find_statement,
    list_statements,
    select_statements,
)
from web.law.texts import find_basis
from web.law.values import find_value
from web.page_parts import name_page_language
from workflow.acts import find_legal_day
from workflow.errors import NotFound


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of the list, with the beginning of its first article."""

    statement: Statement
    title: str
    law: str
    text: str


@signed_in
def list_rules() -> str:
    """All that the program finds in papers, with a search through it and its articles."""
    language = name_page_language()
    form, wanted = request.args.get("form", ""), request.args.get("words", "").strip()
    every = list_statements(language)
    return render_template(
        "law/rules.html",
        lines=[_build_line(one, language) for one in select_statements(every, form, wanted)],
        total=len(every),
        form=form,
        wanted=wanted,
        titles=name_forms(language),
    )


@signed_in
def show_rule(code: str) -> str:
    """One rule: what it states, what follows, what it reads; the Georgian articles beside it."""
    language, law, today = name_page_language(), load_law(), find_legal_day(read_clock())
    statement = find_statement(code, language)
    if statement is None:
        raise NotFound(f"rule {code}")
    rule = statement.rule
    read = list_reads(rule, law) if rule else ()
    asked = load_requirements()
    return render_template(
        "law/rule.html",
        statement=statement,
        title=statement.write_title(language),
        bases=[find_basis(one) for one in statement.articles],
        values=[value for name in read if (value := find_value(name, law, today, language))],
        settings=[one for one in list_settings(law, today, language) if one.path in read],
        requirements={
            id_: asked[id_].text if id_ in asked else "" for id_ in (rule.meets if rule else ())
        },
        titles=name_forms(language),
        language=language,
    )


def _build_line(one: Statement, language: str) -> Line:
    law = next(iter(one.articles), "")
    article = find_article(law)
    return Line(one, one.write_title(language), law, article.text if article else "")
