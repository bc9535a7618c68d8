"""How many typed lines are read exactly: by kind of content, level, and who typed them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.intervals import upper_rate
from benchmarks.result import Cell, Result
from benchmarks.typed_paper import TypedPage, print_page, type_page
from ocr.alignment import lay_over
from ocr.boxes import read_boxes
from ocr.inked_page import find_ink
from ocr.models.training.fonts import split_fonts
from ocr.page_sizes import shrink_page
from ocr.placement import Unregistered
from ocr.quality import measure_quality
from ocr.readings import FieldReading
from ocr.references import ReferenceShelf
from ocr.registration import register_page

QUESTION = "How many typed lines are read exactly, how many wrongly, and which of those silently?"
QUICK = False
"""It takes three minutes."""

_SEED = 5_500_000
_USUAL_PAGES = 6
"""Of each level and resolution."""
_LEVELS, _DPI = (0, 1, 2), (200.0, 300.0)
_GEORGIAN = frozenset({"name", "place", "address", "amount", "sentence", "several lines", "day"})
"""Contents of Georgian letters, digits and signs alone."""
_LETTERS = "".join(map(chr, range(0x10D0, 0x10F1)))


@dataclass(frozen=True, slots=True)
class Compared:
    """One typed line as it should be read and as it was."""

    page: TypedPage
    field: str
    seen: FieldReading | None
    """None where the page could not be laid straight."""

    @property
    def outcome(self) -> str:
        """`exact`, `wrong` (suggested), `silent` (wrong and nobody looks) or `left` to a person."""
        if self.seen is None or not isinstance(self.seen.value, str):
            return "left"
        if self.seen.value == self.page.lines[self.field].text:
            return "exact"
        return "wrong" if self.seen.review else "silent"


def run(arguments: Sequence[str]) -> Result:
    """Measures the given number of pages of each level and resolution, six without one."""
    pages = int(arguments[0]) if arguments else _USUAL_PAGES
    lines = [line for page in simulate_pages(pages, _SEED) for line in compare_page(page)]
    groups: dict[str, list[Compared]] = {}
    for line in lines:
        for name in _name_groups(line):
            groups.setdefault(name, []).append(line)
    return Result(
        title="Typed lines on simulated forms",
        columns=(
            "lines",
            "n",
            "exact %",
            "wrong %",
            "left %",
            "by itself %",
            "silent",
            "upper /1000",
        ),
        rows=tuple(_count(name, groups[name]) for name in sorted(groups)),
        notes=(
            f"Seeds from {_SEED}; faces held out: {len(_find_faces())}, and our own print.",
            "Exact: the suggested text is what was typed, to the letter; commas and points at the "
            "end and the spelling of a house's number sign do not count.",
            "By itself: taken without a person, as our own print is, and what looks like it"
            " letter by letter.",
        ),
    )


def simulate_pages(count: int, seed: int) -> Iterator[TypedPage]:
    """Typed pages of all levels and resolutions; every third holds our own print."""
    faces = _find_faces()
    for index in range(count):
        for level in _LEVELS:
            for dpi in _DPI:
                number = seed + index * 100 + level * 10 + int(dpi > _DPI[0])
                side = 2 if index % 6 == 5 else 1
                if index % 3 == 2:
                    yield print_page(side, level, number, dpi)
                else:
                    face = faces[int(np.random.default_rng(number).integers(len(faces)))]
                    yield type_page(side, face, level, number, dpi)


def compare_page(page: TypedPage) -> list[Compared]:
    """Every typed line of a page beside what was read of it."""
    seen = _read_page(page)
    return [Compared(page, field, seen.get(field)) for field in page.lines]


def _read_page(page: TypedPage) -> dict[str, FieldReading]:
    laid = register_page(page.scan.picture)
    if isinstance(laid, Unregistered):
        return {}
    reference = _SHELF.find(page.template, page.page, 1)
    aligned = lay_over(laid, reference.ready.tiles)
    inked = find_ink(aligned, reference, shrink_page(aligned.grey))
    return dict(read_boxes(inked, measure_quality(laid)))


_SHELF = ReferenceShelf()


def _name_groups(line: Compared) -> Iterator[str]:
    page = line.page
    content = page.lines[line.field].content
    yield f"1 level {page.level}"
    yield f"2 {page.dpi:.0f} dpi"
    yield "3 our own print" if page.face is None else "3 typed by others"
    yield f"4 {content}"
    yield f"5 {'Georgian' if content in _GEORGIAN else 'with Latin letters or acts'}"
    if content in _GEORGIAN and page.level:
        yield "6 Georgian, levels 1 and 2"


def _count(name: str, lines: Sequence[Compared]) -> tuple[Cell, ...]:
    seen = Counter(line.outcome for line in lines)
    n, accepted = len(lines), [x for x in lines if x.seen and not x.seen.review]
    return (
        name[2:],
        n,
        100 * seen["exact"] / n,
        100 * (seen["wrong"] + seen["silent"]) / n,
        100 * seen["left"] / n,
        100 * len(accepted) / n,
        seen["silent"],
        1000 * upper_rate(seen["silent"], n),
    )


def _find_faces() -> list[Path]:
    """Faces that nothing was tried on, without those that draw small letters as capitals."""
    faces = [path for path in split_fonts(_LETTERS)[1] if "Caps" not in path.name]
    if not faces:
        raise LookupError("no such face is installed: apt-get install fonts-bpg-georgian")
    return faces
