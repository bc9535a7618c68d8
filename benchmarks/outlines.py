"""Boxes and rings of our own forms on simulated paper: few on a page, and many."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.simulated import Compared, compare_readings, read_sides
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Kind, TemplateKey
from form_templates.specification import Question, Section, Template
from ocr.simulation.document import draw_scenarios, invent_intents, prepare_paper, simulate_on
from ocr.simulation.questionnaires import NUMBER
from ocr.simulation.scenarios import PLAIN
from ocr.simulation.styles import Style

QUESTION = "How many checked boxes and filled rings of our own forms are taken wrong unseen?"
QUICK = False

_FIRST_SEED = 8_000_000
_SIZES = {"few": 2, "many": 24}
"""Questions of a form."""
_CODES = 2, 3, 4
_WORD = "answer"


def compose_outlines(kind: Kind, count: int) -> Template:
    """A form of so many questions to be answered in boxes or in rings."""
    questions = tuple(_ask(kind, n) for n in range(1, count + 1))
    keys = ["title", "act", "section.S", *(f"word.{word}" for word in _PRINTED_WORDS)]
    for question in questions:
        keys += [f"field.{question.id}", *(f"option.{question.id}.{c}" for c in question.codes)]
    labels = dict.fromkeys(keys, _WORD)
    return Template(
        key=TemplateKey("outlines", date(2026, 1, 1)),
        number=NUMBER,
        correction_rule=CorrectionRule.NONE,
        faults_go_to=FaultsGoTo.AGENT,
        law="simulated",
        case_field=None,
        sections=(Section("S", questions, "simulated"),),
        labels={"ka": labels, "en": labels},
        default_rows={},
    )


_PRINTED_WORDS = (
    *("page", "sheet", "fill_hint", "row_None", "name", "amount", "foot_signature"),
    *("representative", "agent", "correction", "correction_cells", "text", "signature", "stamp"),
)


def _ask(kind: Kind, number: int) -> Question:
    """Two to four codes in turn; every third question may have several answers."""
    codes = _CODES[number % len(_CODES)]
    several = number % len(_CODES) == 0
    return Question(
        id=f"A{number}",
        kind=kind,
        law="simulated",
        cardinality=Cardinality.MANY if several else Cardinality.ONE,
        codes=tuple(str(code + 1) for code in range(codes)),
        required=False,
        assumed=True,
    )


def compare_outlines(
    kind: Kind, count: int, level: int, seeds: Sequence[int], share: float
) -> Iterator[Compared]:
    """Fill, scan and read one form again and again; `share` is blackened after it was marked."""
    template = compose_outlines(kind, count)
    paper = prepare_paper(template)
    for seed in seeds:
        rng = np.random.default_rng([seed, level, 99])
        scenarios = draw_scenarios(paper.pages, rng, share)
        intents = invent_intents(paper, seed)
        document = simulate_on(paper, intents, level, seed, scenarios, Style.MEASURING)
        yield from compare_readings(document, read_sides(document, template))


def run(arguments: Sequence[str]) -> Result:
    """Read forms of boxes or rings in a stroke style that no limit was set on alone."""
    parser = argparse.ArgumentParser(prog="outlines", description=__doc__)
    parser.add_argument("--questions", type=int, default=480, help="of each kind, size and level")
    parser.add_argument("--levels", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--share", type=float, default=0.03, help="of questions put right, or not")
    chosen = parser.parse_args(arguments)
    rows, silent = [], []
    for kind in (Kind.CHECK, Kind.BUBBLE):
        for size, count in _SIZES.items():
            for level in chosen.levels:
                seeds = range(_FIRST_SEED, _FIRST_SEED + max(1, chosen.questions // count))
                fields = list(compare_outlines(kind, count, level, seeds, chosen.share))
                rows.append(_count(f"{kind.value}, {size}", level, fields))
                silent += [f"{kind.value} {c}" for c in fields if c.silent_error]
    return Result(
        "Boxes and rings of our own forms on simulated paper",
        (
            "outlines",
            "level",
            "plain",
            "silent errors",
            "per 1,000, at most (95 %)",
            "to review, %",
            "others",
            "silent there",
        ),
        tuple(rows),
        notes=(
            "simulated paper in the measuring style; few: 2 questions on the form, many: 24",
            "others: answers blackened again, doubled, or lost with the image; a ring that was"
            " filled and then blackened within its line looks filled to anybody",
        ),
        extra={"silent": silent},
    )


def _count(name: str, level: int, fields: Sequence[Compared]) -> tuple[Cell, ...]:
    plain = [c for c in fields if c.truth.scenario == PLAIN]
    silent = sum(c.silent_error for c in plain)
    return (
        name,
        level,
        len(plain),
        silent,
        1000 * upper_rate(silent, len(plain)),
        100 * sum(c.to_review for c in plain) / max(1, len(plain)),
        len(fields) - len(plain),
        sum(c.silent_error for c in fields) - silent,
    )
