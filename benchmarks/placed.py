"""Forms of others on real scans, field by field against what stands on them."""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.filled_sheets import simulate_sheets
from benchmarks.result import Cell, Result
from benchmarks.scans import Sheet, compose_forms, find_scans, list_sheets
from form_templates.model import MARK_KINDS
from ocr.placed.reading import PlacedReader
from ocr.readings import FieldReading

QUESTION = "How many answers on real scans of forms of others are read right, wrong, and by nobody?"

_FIRST_SEED = 9_000_000
_LEVELS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Compared:
    """One field of one scan: what was read and what stands there."""

    sheet: Sheet
    field: str
    truth: str | None
    seen: FieldReading | None
    """None where the page was not recognised."""
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the value is what stands there."""
        return self.seen is not None and self.seen.value == self.truth

    @property
    def to_review(self) -> bool:
        """Whether a person looks: at the field, or at the page that nobody recognised."""
        return self.seen is None or self.seen.review


def run(arguments: Sequence[str]) -> Result:
    """Read every scan with all templates at hand and compare."""
    parser = argparse.ArgumentParser(prog="placed", description=__doc__)
    parser.add_argument("--scans", type=Path, default=find_scans())
    parser.add_argument("--simulated", type=int, default=3, help="bubble sheets of each level")
    chosen = parser.parse_args(arguments)
    scans = chosen.scans
    if scans is None:
        return Result("Forms of others on real scans", ("no scans at hand",), ())
    with tempfile.TemporaryDirectory() as folder:
        forms = compose_forms(scans, Path(folder))
        reader = PlacedReader(forms)
        bubbles = next(form for form in forms if form.key.form == "bubble_sheet")
        seeds = range(_FIRST_SEED, _FIRST_SEED + chosen.simulated)
        simulated = (s for level in _LEVELS for s in simulate_sheets(bubbles, level, seeds))
        sheets = chain(list_sheets(scans), simulated)
        compared = [c for sheet in sheets for c in _compare(reader, sheet)]
    folders = list(dict.fromkeys(c.sheet.folder for c in compared))
    rows = [_count(name, [c for c in compared if c.sheet.folder == name]) for name in folders]
    return Result(
        "Forms of others on real scans",
        ("scans", "pages", "fields", "answered", "right", "wrong unseen", "to review", "s/page"),
        tuple(rows),
        notes=(
            "right: the value is what stands on the paper, an empty field included",
            "wrong unseen: a value that is wrong and that nobody would look at",
            "text in Latin letters is for a person and not counted",
            "the limits were set on these scans of bubble sheets and crossed boxes",
            "simulated: the empty sheet filled with pencils of all darknesses, 16 % of the fills"
            " pale, half done or rubbed out; of seeds that no limit was set on",
        ),
        extra={"not right": [_name(c) for c in compared if not c.right]},
    )


def _compare(reader: PlacedReader, sheet: Sheet) -> list[_Compared]:
    started = time.perf_counter()
    reading = reader.read(sheet.image)
    seconds = time.perf_counter() - started
    seen = {field.id: field for field in reading.fields} if reading else {}
    if reading and reading.key and reading.key.form != sheet.form:
        seen = {}
    return [
        _Compared(sheet, name, told, seen.get(name), seconds) for name, told in sheet.truth.items()
    ]


def _count(name: str, fields: Sequence[_Compared]) -> tuple[Cell, ...]:
    pages = {id(c.sheet): c.seconds for c in fields}
    return (
        name,
        len(pages),
        len(fields),
        sum(c.truth is not None for c in fields),
        sum(c.right for c in fields),
        sum(not c.right and not c.to_review for c in fields),
        sum(c.to_review for c in fields),
        sum(pages.values()) / len(pages),
    )


def _name(c: _Compared) -> str:
    marks = c.seen is not None and c.seen.spec.kind in MARK_KINDS
    shown = [f"{m.code} {m.state.value}" for m in c.seen.marks] if c.seen and marks else []
    seen = f"{c.seen.value}, {c.seen.reason.value} {shown}" if c.seen else "page not recognised"
    return f"{c.sheet.folder}/{Path(c.sheet.image.file).name} {c.field}: {c.truth}, read as {seen}"
