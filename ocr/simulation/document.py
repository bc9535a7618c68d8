"""Simulates a whole document: printed, filled in by invented people, scanned."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import cv2
import numpy as np

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import FieldSpec, TemplateKey, TemplatePage
from form_templates.printing import render_pages
from form_templates.specification import Template
from ocr.simulation.answers import complete_answers, drop_unasked, invent_answers
from ocr.simulation.application import apply_family
from ocr.simulation.assignment import assign_family
from ocr.simulation.declaration import declare_family
from ocr.simulation.digits import DigitImages
from ocr.simulation.fill import fill_pages
from ocr.simulation.intents import FieldTruth, Intent, Intents, Medium
from ocr.simulation.pen import Picture
from ocr.simulation.people import Family, invent_family
from ocr.simulation.scanner import Scan, choose_bilevel_steps, choose_steps, scan
from ocr.simulation.scenarios import (
    PLAIN,
    fitting_scenarios,
    map_dispositions,
    worst_disposition,
)
from ocr.simulation.styles import Style

_MM_PER_INCH = 25.4
_FINER = 1.25
"""Paper is drawn this much finer than it is scanned."""
_USUAL_DPI = 200.0
_YEARS_OF_USE = 3000
"""Days after an edition's date in which its papers are filled."""
_DAYS_OF_FIRST_USE = 28
"""Days in which a good paper is filled, so that it is not dated long after today."""


class Tint(StrEnum):
    """What the scanner sees."""

    GREY = "grey"
    COLOUR = "colour"
    BILEVEL = "bilevel"
    """Black and white only, at any level."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Blank pages of a form as pictures, ready to be filled again and again."""

    template: Template
    pages: tuple[TemplatePage, ...]
    blanks: tuple[Picture, ...]
    px_per_mm: float
    dpi: float
    """What they are meant to be scanned at."""
    tint: Tint = Tint.GREY
    printed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Field id -> what was printed into it; no pen writes there again."""


@dataclass(frozen=True, slots=True)
class Side:
    """One scanned side of a document."""

    page: int
    sheet: int
    scan: Scan


@dataclass(frozen=True, slots=True)
class SimulatedDocument:
    """A scanned document and what should be read from it."""

    key: TemplateKey
    seed: int
    level: int
    style: Style
    sides: tuple[Side, ...]
    truth: Mapping[str, FieldTruth]
    dispositions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Disposition of a declaration -> what it is on this form, where it is another."""

    @property
    def scans(self) -> tuple[Scan, ...]:
        """The scanned sides in the order of the form."""
        return tuple(side.scan for side in self.sides)

    @property
    def scenarios(self) -> dict[str, str]:
        """Field id -> scenario, of all fields that are not answered plainly."""
        named = {key: truth.scenario for key, truth in self.truth.items()}
        return {key: name for key, name in named.items() if name != PLAIN}

    @property
    def disposition(self) -> str:
        """What becomes of the document by its fields."""
        return worst_disposition({self.judge(t.disposition) for t in self.truth.values()})

    def judge(self, disposition: str) -> str:
        """What becomes of this form where a declaration would have this disposition."""
        return self.dispositions.get(disposition, disposition)


def prepare_paper(
    template: Template,
    rows: Mapping[str, int] | None = None,
    dpi: float = _USUAL_DPI,
    serial: int = 0,
    tint: Tint = Tint.GREY,
    values: Mapping[str, str] | None = None,
) -> Paper:
    """Prints a form as pictures to fill, with values of cells that are known already.

    Raises LayoutFault for impossible rows, ValueError for a value that does not fit.
    """
    pages = tuple(laid.template for laid in lay_out(template, rows))
    px_per_mm = dpi / _MM_PER_INCH * _FINER
    numbers = [(page.page, page.sheet) for page in pages]
    blanks = list(render_pages(template, numbers, serial, px_per_mm, values))
    if tint is Tint.COLOUR:
        blanks = [_colour(blank) for blank in blanks]
    return Paper(template, pages, tuple(blanks), px_per_mm, dpi, tint, values or {})


def _colour(grey: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def simulate_document(
    form: str,
    edition: date | None,
    rows: Mapping[str, int] | None,
    level: int,
    seed: int,
    scenarios: Mapping[str, str] | None = None,
    dpi: float = _USUAL_DPI,
    style: Style = Style.MEASURING,
    tint: Tint = Tint.GREY,
    digit_images: DigitImages | None = None,
) -> SimulatedDocument:
    """A document of a form, filled in by an invented family and scanned at a level.

    Raises TemplateFault for an unknown form, ValueError for a scenario that does
    not fit its field and for a level that does not exist.
    """
    paper = prepare_paper(catalog.load(form, edition), rows, dpi, tint=tint)
    intents = invent_intents(paper, seed)
    return simulate_on(paper, intents, level, seed, scenarios, style, digit_images)


def simulate_on(
    paper: Paper,
    intents: Intents,
    level: int,
    seed: int,
    scenarios: Mapping[str, str] | None = None,
    style: Style = Style.MEASURING,
    digit_images: DigitImages | None = None,
) -> SimulatedDocument:
    """The paper filled with the intents, some of them by scenarios, and scanned."""
    meant = apply_scenarios(paper.pages, keep_printed(intents, paper.printed), scenarios or {})
    filled = fill_pages(paper.blanks, paper.pages, meant, seed, style, digit_images=digit_images)
    sides = []
    for number, (page, picture) in enumerate(zip(paper.pages, filled.pictures, strict=True)):
        rng = np.random.default_rng([seed, 3, number])
        choose = choose_bilevel_steps if paper.tint is Tint.BILEVEL else choose_steps
        steps = choose(level, rng, style)
        scanned = scan(picture, level, rng, paper.dpi, paper.px_per_mm, steps, style)
        sides.append(Side(page.page, page.sheet, scanned))
    key, judged = paper.template.key, map_dispositions(paper.template)
    return SimulatedDocument(key, seed, level, style, tuple(sides), filled.truth, judged)


_Writer = Callable[[Family, Iterable[TemplatePage], np.random.Generator], dict[str, Intent]]
WRITERS: dict[str, _Writer] = {
    "family_declaration": declare_family,
    "application": apply_family,
    "assignment_form": assign_family,
}


def invent_intents(paper: Paper, seed: int) -> dict[str, Intent]:
    """Consistent answers for a known form, plausible ones for any other."""
    rng = np.random.default_rng([seed, 4])
    write = WRITERS.get(paper.template.key.form)
    if write is None:
        return drop_unasked(paper.template, invent_answers(paper.pages, rng, 0.9))
    day = paper.template.key.edition + timedelta(days=int(rng.integers(30, _YEARS_OF_USE)))
    most = max((f.row or 1 for page in paper.pages for f in page.fields), default=1)
    rows = paper.template.default_rows.get("members", most)
    family = invent_family(rng, int(rng.integers(1, min(most, rows) + 1)), day)
    return write(family, paper.pages, rng)


def complete_intents(paper: Paper, seed: int) -> dict[str, Intent]:
    """Answers without a fault: all that is required, and on a known form what is consistent."""
    if paper.template.key.form in WRITERS:
        return invent_intents(paper, seed)
    rng = np.random.default_rng([seed, 5])
    day = paper.template.key.edition + timedelta(days=int(rng.integers(0, _DAYS_OF_FIRST_USE)))
    return complete_answers(paper.template, paper.pages, rng, day)


def keep_printed(intents: Intents, printed: Mapping[str, str]) -> dict[str, Intent]:
    """The intents with what stands on the paper already in place of what a pen would write."""
    standing = {key: Intent(value, medium=Medium.STANDING) for key, value in printed.items()}
    return {**intents, **standing}


def apply_scenarios(
    pages: Iterable[TemplatePage], intents: Intents, scenarios: Mapping[str, str]
) -> dict[str, Intent]:
    """The intents with scenarios for some fields; raises ValueError for an unknown field."""
    known = {field.id for page in pages for field in page.fields}
    meant = dict(intents)
    for key, name in scenarios.items():
        if key not in known:
            raise ValueError(f"there is no field {key} on these pages")
        meant[key] = replace(meant.get(key, Intent(None)), scenario=name)
    return meant


def draw_scenarios(
    pages: Sequence[TemplatePage], rng: np.random.Generator, share: float
) -> dict[str, str]:
    """Scenarios for about that share of the fields, one at most where signatures are shared."""
    taken: set[object] = set()
    chosen = {}
    for page in pages:
        for field in page.fields:
            names = [s.name for s in fitting_scenarios(field) if s.name != PLAIN]
            if names and rng.random() < share and not taken & _claims(page, field):
                chosen[field.id] = names[int(rng.integers(len(names)))]
                taken |= _claims(page, field)
    return chosen


def _claims(page: TemplatePage, field: FieldSpec) -> set[object]:
    """The signature places that belong to a field and perhaps to others of its row."""
    places = (field.correction_signatures or {}).values()
    return {(page.page, page.sheet, place) for place in places}
