"""What the program states of papers: its rules and the rows of its table of outcomes.

Every finding comes from one of them, so that its code leads to a page.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from form_templates import catalog
from validation.articles import find_article
from validation.disposition import Disposition, Severity, Track, decide_consequence, find_track
from validation.outcomes import Outcome, load_outcomes
from validation.rules.catalog import list_all_rules
from validation.rules.registry import Rule
from validation.wording import load_wording
from web.articles import write_article

_PARAMETER = re.compile(r"\{[^{}]*\}")
_LEFT_OPEN = "…"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the program finds in papers."""

    code: str
    says: str
    """What a finding of it tells, in the reader's language, without its particulars."""
    severity: Severity
    laws: Mapping[str, str]
    """Form -> article; none where it is the article of the field that is meant."""
    consequences: Mapping[str, Disposition]
    """Form -> what follows there."""
    assumed: bool
    rule: Rule | None
    """None for an outcome of reading."""

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article once, the first of a form first."""
        return tuple(dict.fromkeys(self.laws.values()))

    def group_consequences(self) -> Mapping[Disposition, tuple[str, ...]]:
        """What follows -> the forms where it does."""
        found = dict.fromkeys(self.consequences.values())
        return {
            one: tuple(form for form, what in self.consequences.items() if what is one)
            for one in found
        }

    def write_title(self, language: str) -> str:
        """What is true of a paper that keeps the rule; in Georgian what a finding of it tells."""
        return self.rule.statement if self.rule and language == "en" else self.says


def list_statements(language: str) -> list[Statement]:
    """All rules, then all outcomes."""
    tracks, texts = _list_tracks(), load_wording(language).texts
    rules = [_state_rule(rule, tracks, texts) for rule in list_all_rules()]
    rows = [_state_outcome(row, tracks, texts) for row in load_outcomes().values()]
    return rules + rows


def find_statement(code: str, language: str) -> Statement | None:
    """The statement behind a finding's code."""
    return next((one for one in list_statements(language) if one.code == code), None)


def is_stated(code: str) -> bool:
    """Whether a code has a page: one of long ago may have none."""
    return code in load_outcomes() or any(rule.code == code for rule in list_all_rules())


def select_statements(statements: Iterable[Statement], form: str, wanted: str) -> list[Statement]:
    """Those of a form that hold every word that was typed, in themselves or in their articles."""
    words = wanted.casefold().split()
    return [
        one
        for one in statements
        if (not form or form in one.consequences) and all(word in _gather(one) for word in words)
    ]


def _gather(one: Statement) -> str:
    """All that a search looks through."""
    stated = one.rule.statement if one.rule else ""
    articles = [find_article(law) for law in one.articles] if one.laws else []
    texts = [article.text for article in articles if article]
    cited = (words for law in one.articles for words in (law, write_article(law)))
    return "\n".join((one.code, one.says, stated, *cited, *texts)).casefold()


def _state_rule(rule: Rule, tracks: Mapping[str, Track], texts: Mapping[str, str]) -> Statement:
    return Statement(
        code=rule.code,
        says=_leave_open(texts.get(rule.code) or rule.statement),
        severity=rule.severity,
        laws=rule.laws,
        consequences={
            form: decide_consequence(rule.severity, tracks[form])
            for form in rule.laws
            if form in tracks
        },
        assumed=rule.assumed,
        rule=rule,
    )


def _state_outcome(
    row: Outcome, tracks: Mapping[str, Track], texts: Mapping[str, str]
) -> Statement:
    return Statement(
        code=row.code,
        says=_leave_open(texts.get(row.code, row.code)),
        severity=row.severity,
        laws={form: row.law[track] for form, track in tracks.items() if track in row.law},
        consequences={
            form: row.consequence or decide_consequence(row.severity, track)
            for form, track in tracks.items()
        },
        assumed=row.assumed,
        rule=None,
    )


def _list_tracks() -> Mapping[str, Track]:
    """Form -> the law that its faults fall under, by its newest edition."""
    forms = dict.fromkeys(key.form for key in catalog.list_templates())
    return {form: find_track(catalog.load(form)) for form in forms}


def _leave_open(text: str) -> str:
    return _PARAMETER.sub(_LEFT_OPEN, text).replace(f"{_LEFT_OPEN}.", _LEFT_OPEN)
