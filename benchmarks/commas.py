"""Commas of one's own between cells that have none printed: seen, or taken for nothing?

Each paper is filled with a comma in every amount and without, in the same hand, and read
with and without the look between the cells.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import product
from multiprocessing import get_context
from unittest.mock import patch

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.simulated import Compared, Job, compare_readings, open_paper, read_sides
from ocr.simulation.document import invent_intents, simulate_on
from ocr.simulation.styles import Style

QUESTION = "How often is a comma between two cells seen, and a row without one doubted?"

QUICK = False
"""Some hundred pages of each style and level, each filled and read twice or more."""

_FIRST_SEED = 14_000_000
_PAPERS: dict[str, str | None] = {"no comma": None, "comma": "separated"}
_LOOKS = ("no look between", "with the look")
_COLUMNS = (
    *("style", "level", "paper", "cells", "amounts", "to a person, %"),
    *("accepted wrong", "per 1,000, at most (95 %)"),
)
_Read = tuple[tuple[str, str], Compared]
"""How one amount was written and read, and what came of it."""


def run(arguments: Sequence[str]) -> Result:
    """Fill and read papers and count their amounts."""
    parser = argparse.ArgumentParser(prog="commas", description=__doc__)
    parser.add_argument("--documents", type=int, default=8, help="of each style, level and form")
    parser.add_argument("--levels", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--forms", nargs="+", default=["invented", "family_declaration"])
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args(arguments)
    groups = [(style, level) for style in (Style.MEASURING, Style.GUARD) for level in chosen.levels]
    rows, silent = [], []
    with ProcessPoolExecutor(chosen.processes, get_context("spawn")) as pool:
        for style, level in groups:
            jobs = [
                Job(None if form == "invented" else form, level, seed, 0.0, style=style)
                for form in chosen.forms
                for seed in range(_FIRST_SEED, _FIRST_SEED + chosen.documents)
            ]
            reads = [read for part in pool.map(_read_job, jobs) for read in part]
            for how in product(_PAPERS, _LOOKS):
                fields = [compared for told, compared in reads if told == how]
                rows.append((style.value, level, *how, *_count(fields)))
            silent += [f"{style.value}, {how}: {c}" for how, c in reads if c.silent_error]
    return Result(
        "Amounts on simulated paper with a comma between two cells, and without",
        _COLUMNS,
        tuple(rows),
        notes=(
            "amounts: rows of two cells and more in which a comma makes another number; the same"
            " papers with and without one",
            "no hand of the training is among these; where a comma hits a digit so that even a"
            " person could not tell is not left out",
        ),
        extra={"silent": silent},
    )


def _read_job(job: Job) -> list[_Read]:
    ready = open_paper(job)
    amounts = {
        field.id
        for page in ready.paper.pages
        for field in page.fields
        if field.is_amount and len(field.cells) > 1
    }
    intents = invent_intents(ready.paper, job.seed)
    written = {name: said for name, said in intents.items() if name in amounts and said.value}

    read = []
    for paper, scenario in _PAPERS.items():
        chosen = dict.fromkeys(written, scenario) if scenario else {}
        filled = simulate_on(ready.paper, intents, job.level, job.seed, chosen, job.style)
        for look in _LOOKS:
            blind = patch("ocr.cell_rows.holds_separator", lambda *looked_at: False)
            with blind if look == _LOOKS[0] else nullcontext():
                pages = read_sides(filled, ready.paper.template, ready.shelf)
            found = compare_readings(filled, pages)
            read += [((paper, look), c) for c in found if c.truth.field in written]
    return read


def _count(amounts: Sequence[Compared]) -> tuple[Cell, ...]:
    total, silent = len(amounts), sum(amount.silent_error for amount in amounts)
    doubted = sum(amount.to_review for amount in amounts)
    return total, 100 * doubted / max(total, 1), silent, 1000 * upper_rate(silent, max(total, 1))
