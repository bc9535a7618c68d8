"""Invented forms full of codes to mark: for training and measuring, never for use.

A declaration has some fifty marks on its paper; a reader that errs once in ten
thousand needs far more of them, in more arrangements than two forms have.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np

from form_templates import catalog
from form_templates.model import (
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
    TemplateKey,
)
from form_templates.specification import CardStyle, Question, Section, Template
from form_templates.typeface import measure_mm

NUMBER = 511
"""Edition number of all of them; no real form may have it."""
_RULES = (CorrectionRule.DECLARATION, CorrectionRule.AGENT_ALONE, CorrectionRule.NONE)


def invent_questionnaire(seed: int) -> Template:
    """A form of two or three pages of random questions; the same for the same seed."""
    rng = np.random.default_rng([7, seed])
    rule = _RULES[int(rng.choice(3, p=(0.7, 0.15, 0.15)))]
    words = _Words(rng)
    labels = {f"word.{key}": key for key in _SMALL_WORDS}
    labels |= {"title": words.take(3), "act": words.take(6)}
    sections = (
        _list_questions("A", rng, rule, words, labels),
        _tabulate_questions("B", rng, rule, words, labels),
    )
    return _bind(rule, sections, labels)


def invent_dense_page(seed: int) -> Template:
    """A form of one page with as many questions of 3 to 6 codes as fit; the same for a seed.

    Corrections are signed once a card, as in the tables of the declaration.
    """
    rng = np.random.default_rng([8, seed])
    rule = _RULES[int(rng.choice(3, p=(0.6, 0.2, 0.2)))]
    words = _Words(rng)
    labels = {f"word.{key}": key for key in _SMALL_WORDS}
    labels |= {"title": words.take(3), "act": words.take(6), "section.B": words.take(2)}
    lines = int(rng.integers(2, 5))
    questions: list[Question] = []
    for _ in range(lines):
        for codes in _fill_line(rng, _LINE_MM if rule.signers else _UNSIGNED_LINE_MM):
            question = _ask(f"B{len(questions) + 1}", rng, rule, codes, 1)
            labels[f"field.{question.id}"] = words.take_short(10 * codes - 12)
            questions.append(question)
    rows = int(_CARDS_MM // (_CARD_MM + _CARD_LINE_MM * lines))
    return _bind(rule, (_build_table("B", questions, rows),), labels)


_CARDS_MM, _CARD_MM, _CARD_LINE_MM = 217.0, 9.3, 13.7
"""Height of the page's body below its heading; of a card without and for each line."""
_LINE_MM, _UNSIGNED_LINE_MM = 162.0, 186.0
_CODE_MM, _GAP_MM = 10.0, 9.0


def _fill_line(rng: np.random.Generator, width_mm: float) -> list[int]:
    """How many codes each question of a line has."""
    counts: list[int] = []
    while True:
        room = int(width_mm // _CODE_MM)
        if room < 3:
            return counts
        counts.append(min(int(rng.integers(3, 7)), room))
        width_mm -= counts[-1] * _CODE_MM + _GAP_MM


def _bind(rule: CorrectionRule, sections: tuple[Section, ...], labels: dict[str, str]) -> Template:
    """The sections as a form."""
    return Template(
        key=TemplateKey("questionnaire", date(2026, 1, 1)),
        number=NUMBER,
        correction_rule=rule,
        faults_go_to=FaultsGoTo.AGENT,
        law="simulated",
        case_field=None,
        sections=sections,
        labels={"ka": labels, "en": labels},
        default_rows={s.group: s.rows for s in sections if s.group},
    )


_SMALL_WORDS = (
    *("page", "sheet", "fill_hint", "row_rows", "name", "amount", "foot_signature"),
    *("representative", "agent", "correction", "correction_cells"),
    *("text", "signature", "stamp"),
)


class _Words:
    """Words of the declaration in no sensible order."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._widths_mm = _measure_words()
        self._words = list(self._widths_mm)

    def take_short(self, width_mm: float) -> str:
        """One word that a narrow column has room for."""
        fitting = [word for word, width in self._widths_mm.items() if width < width_mm]
        return str(self._rng.choice(fitting))

    def take(self, count: int) -> str:
        return " ".join(str(w) for w in self._rng.choice(self._words, count))


@cache
def _measure_words() -> dict[str, float]:
    """The width of each word of the declaration in small print."""
    wordings = catalog.load("family_declaration").labels["ka"].values()
    words = sorted({word for wording in wordings for word in wording.split()})
    return {word: measure_mm(word, 9.0) for word in words}


def _ask(
    name: str, rng: np.random.Generator, rule: CorrectionRule, codes: int, columns: int
) -> Question:
    first = int(rng.integers(1, 3)) if codes < 9 else 1
    step = 10 if rng.random() < 0.1 else 1
    return Question(
        id=name,
        kind=Kind.CIRCLE,
        law="simulated",
        cardinality=Cardinality.MANY if rng.random() < 0.3 else Cardinality.ONE,
        codes=tuple(str((first + i) * step) for i in range(codes)),
        columns=columns,
        correction_rule=rule,
        assumed=True,
    )


def _list_questions(
    section: str,
    rng: np.random.Generator,
    rule: CorrectionRule,
    words: _Words,
    labels: dict[str, str],
) -> Section:
    """Questions with worded options, one to five columns, over one or two pages."""
    labels[f"section.{section}"] = words.take(2)
    questions = []
    for i in range(int(rng.integers(8, 13))):
        columns = int(rng.integers(2, 6))
        codes = int(rng.integers(2, 5 * columns))
        question = _ask(f"{section}{i + 1}", rng, rule, codes, columns)
        labels[f"field.{question.id}"] = words.take(int(rng.integers(2, 9)))
        for code in question.codes:
            labels[f"option.{question.id}.{code}"] = words.take_short(170 // columns - 14)
        questions.append(question)
    return Section(section, tuple(questions), "simulated")


def _tabulate_questions(
    section: str,
    rng: np.random.Generator,
    rule: CorrectionRule,
    words: _Words,
    labels: dict[str, str],
) -> Section:
    """A table of cards with rows of codes side by side, where circles reach their neighbours."""
    labels[f"section.{section}"] = words.take(2)
    questions = []
    for i in range(3):
        question = _ask(f"{section}{i + 1}", rng, rule, int(rng.integers(3, 5)), 1)
        labels[f"field.{question.id}"] = words.take(2)
        for code in question.codes:
            labels[f"option.{question.id}.{code}"] = words.take(2)
        questions.append(question)
    count = Question(
        f"{section}4",
        Kind.DIGITS,
        "simulated",
        format=Format.INTEGER,
        cells=(2,),
        required=False,
        correction_rule=rule,
        assumed=True,
    )
    labels[f"field.{count.id}"] = words.take(1)
    return _build_table(section, [*questions, count], 5)


def _build_table(section: str, questions: Sequence[Question], rows: int) -> Section:
    """A page of cards, each with all the questions."""
    return Section(
        section,
        tuple(questions),
        "simulated",
        new_page=True,
        group="rows",
        rows=rows,
        continuation_rows=rows,
        card=CardStyle.FLOW,
    )
