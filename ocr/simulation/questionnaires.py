"""Invented forms full of codes to mark: for training and measuring, never for use.

A declaration has some fifty marks on its paper; a reader that errs once in ten
thousand needs far more of them, in more arrangements than two forms have.
"""

from datetime import date

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
    return Template(
        key=TemplateKey("questionnaire", date(2026, 1, 1)),
        number=NUMBER,
        correction_rule=rule,
        faults_go_to=FaultsGoTo.AGENT,
        law="simulated",
        case_field=None,
        sections=sections,
        labels={"ka": labels, "en": labels},
        default_rows={"rows": sections[1].rows},
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
        wordings = catalog.load("family_declaration").labels["ka"].values()
        self._words = sorted({word for wording in wordings for word in wording.split()})

    def take_short(self, width_mm: float) -> str:
        """One word that a narrow column has room for."""
        fitting = [w for w in self._words if measure_mm(w, 9.0) < width_mm]
        return str(self._rng.choice(fitting))

    def take(self, count: int) -> str:
        return " ".join(str(w) for w in self._rng.choice(self._words, count))


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
    return Section(
        section,
        (*questions, count),
        "simulated",
        new_page=True,
        group="rows",
        rows=5,
        continuation_rows=5,
        card=CardStyle.FLOW,
    )
