"""Simulated pages read back, with the truth beside: what several benchmarks count on."""

from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from form_templates import catalog
from form_templates.model import PRESENCE_KINDS, FieldSpec
from form_templates.specification import Template
from ocr.alignment import lay_over, shows_blank
from ocr.documents import join_pages
from ocr.inked_page import find_ink
from ocr.models.training.mnist import read_mnist
from ocr.page_fields import read_fields
from ocr.page_sizes import shrink_page
from ocr.placement import Unregistered
from ocr.quality import assess_page, assess_paper
from ocr.readings import FieldReading, FieldState, PageReading, PageStatus, Quality
from ocr.references import Reference, ReferenceShelf
from ocr.registration import register_page
from ocr.simulation.digits import DigitImages
from ocr.simulation.document import (
    Paper,
    SimulatedDocument,
    draw_scenarios,
    invent_intents,
    prepare_paper,
    simulate_on,
)
from ocr.simulation.intents import FieldTruth, Intents
from ocr.simulation.questionnaires import invent_dense_page, invent_questionnaire
from ocr.simulation.scanner import Scan
from ocr.simulation.styles import Style
from validation.disposition import choose_gravest
from validation.documents import validate_document
from validation.outcomes import load_outcomes
from validation.rules.catalog import list_rules
from validation.standing import is_blank

_TODAY = date(2026, 11, 21)
_BY_ITSELF = frozenset({FieldState.READ, FieldState.EMPTY, FieldState.CORRECTED})
"""States that take effect without anybody, where the reader has no doubt."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field as it should be read and as it was."""

    level: int
    seed: int
    truth: FieldTruth
    seen: FieldReading | None
    """None where the page could not be laid straight: a rescan, never a value."""
    disposition: str = ""
    """What the field alone makes of the document; for the forms of the catalogue."""

    @property
    def to_review(self) -> bool:
        """Whether a person has to look."""
        return self.seen is None or self.seen.review or self.seen.state is FieldState.UNREADABLE

    @property
    def right(self) -> bool:
        """Whether state and value are those of the paper; saying nothing is being empty."""
        if self.seen is None:
            return False
        same = _plain(self.seen.value) == _plain(self.truth.value)
        nothing = _plain(self.seen.value) is None and self.seen.state is FieldState.READ
        state = FieldState.EMPTY if nothing else self.seen.state
        return same and state is self.truth.state

    @property
    def silent_error(self) -> bool:
        """Whether a wrong value would take effect with nobody looking."""
        if self.seen is None or self.to_review:
            return False
        return self.seen.state in _BY_ITSELF and not self.right

    def __str__(self) -> str:
        """Where it stands, what it is and what was read."""
        return (
            f"level {self.level} seed {self.seed} {self.truth.field} {self.truth.scenario}:"
            f" {self.truth.state.value} {self.truth.value}, read as {tell_reading(self.seen)}"
        )

    @property
    def asks_review(self) -> bool:
        """Whether the paper itself belongs before a person, or has to be scanned again."""
        return self.truth.disposition in ("needs_review", "rescan")


def tell_reading(seen: FieldReading | None) -> str:
    """A reading on one line; None is a field of a page that was not read."""
    return f"{seen.state.value} ({seen.reason.value}) {seen.value}" if seen else "no page"


def _plain(value: object) -> object:
    value = value.strip() if isinstance(value, str) else value
    return None if value in ("", (), False) else value


@dataclass(frozen=True, slots=True)
class Job:
    """One document to simulate and read."""

    form: str | None
    """None for an invented questionnaire."""
    level: int
    seed: int
    share: float
    """Of the fields that are not answered plainly."""
    dpi: float = 200.0
    edition: date | None = None
    """The newest where none is given."""
    style: Style = Style.MEASURING
    layout: int | None = None
    """Seed of an invented paper, where many are filled of one layout; else the job's seed."""
    dense: bool = False
    """A single page full of questions instead of a questionnaire."""
    mnist: Path | None = None
    """Folder of MNIST, whose test digits then stand in the cells."""


def read_scan(scan: Scan, reference: Reference) -> tuple[Quality, tuple[FieldReading, ...]] | None:
    """Read one scanned side whose name is known; None where it cannot be laid straight."""
    laid = register_page(scan.picture)
    if isinstance(laid, Unregistered):
        return None
    aligned = lay_over(laid, reference.ready.tiles)
    if not shows_blank(aligned):
        return None
    sizes = shrink_page(aligned.grey)
    quality = assess_page(laid, aligned, sizes, reference.ready)
    inked = find_ink(aligned, reference, sizes)
    quality = assess_paper(quality, inked.faintest)
    return quality, read_fields(inked, quality)


def compare_document(job: Job) -> list[Compared]:
    """Simulate one document, read it, and set both side by side."""
    ready = open_paper(job)
    document = simulate_job(job, ready)
    pages = read_sides(document, ready.paper.template, ready.shelf)
    dispositions = judge_fields(ready.paper.template, pages) if job.form else {}
    return compare_readings(document, pages, dispositions)


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper to fill again and again, and its blanks as the reader expects them."""

    paper: Paper
    shelf: ReferenceShelf
    digits: DigitImages | None = None
    """Of real hands, to write with."""


def simulate_job(job: Job, ready: OpenPaper) -> SimulatedDocument:
    """The scanned document that a job asks for, on its paper."""
    paper = ready.paper
    rng = np.random.default_rng([job.seed, job.level, 99])
    intents = invent_intents(paper, job.seed)
    scenarios = _on_used_rows(paper, intents, draw_scenarios(paper.pages, rng, job.share))
    return simulate_on(paper, intents, job.level, job.seed, scenarios, job.style, ready.digits)


def open_paper(job: Job) -> OpenPaper:
    """The paper of a job; setting and printing one costs more than filling a page of it."""
    layout = job.seed if job.layout is None else job.layout
    made = _print_paper(job.form, job.edition, None if job.form else layout, job.dense, job.dpi)
    return replace(made, digits=_lend_digits(job.mnist)) if job.mnist else made


@lru_cache(maxsize=2)
def _print_paper(
    form: str | None, edition: date | None, layout: int | None, dense: bool, dpi: float
) -> OpenPaper:
    if layout is None:
        assert form is not None
        template = catalog.load(form, edition)
    else:
        template = invent_dense_page(layout) if dense else invent_questionnaire(layout)
    return OpenPaper(prepare_paper(template, None, dpi), ReferenceShelf())


@lru_cache(maxsize=1)
def _lend_digits(folder: Path) -> DigitImages:
    """MNIST's test digits, which no network was trained on."""
    test = read_mnist(folder, "t10k")
    return {str(n): test.pictures[test.labels == n] for n in range(10)}


def compare_readings(
    document: SimulatedDocument,
    pages: Sequence[PageReading],
    dispositions: Mapping[str, str] | None = None,
) -> list[Compared]:
    """Every field of a simulated document beside what was read of it."""
    seen = {reading.id: reading for page in pages for reading in page.fields}
    judged = dispositions or {}
    return [
        Compared(document.level, document.seed, truth, seen.get(name), judged.get(name, ""))
        for name, truth in document.truth.items()
    ]


def _on_used_rows(paper: Paper, intents: Intents, scenarios: Mapping[str, str]) -> dict[str, str]:
    """The scenarios without those that another rule judges, for they stand where nobody answers.

    These are table rows that speak of nobody, and the signatures of pages with only such rows.
    """
    fields = {field.id: field for page in paper.pages for field in page.fields}
    used = {(fields[n].group, fields[n].row) for n in intents if n in fields and intents[n].value}
    answered = {
        field.id
        for page in paper.pages
        for field in page.fields
        if any(_is_asked(other, used) for other in page.fields)
        and (field.group is None or (field.group, field.row) in used)
    }
    return {name: scenario for name, scenario in scenarios.items() if name in answered}


def _is_asked(field: FieldSpec, used: Container[tuple[str | None, int | None]]) -> bool:
    """Whether somebody answers this on the paper at hand."""
    asked = field.group is None or (field.group, field.row) in used
    return asked and field.kind not in PRESENCE_KINDS


def read_sides(
    document: SimulatedDocument, template: Template, shelf: ReferenceShelf | None = None
) -> list[PageReading]:
    """Read every side of a simulated document, told what it is."""
    shelf, pages = shelf or ReferenceShelf(), []
    for index, side in enumerate(document.sides):
        read = read_scan(side.scan, shelf.find(template, side.page, side.sheet))
        status = PageStatus.READ if read else PageStatus.UNREADABLE
        quality, fields = read or (None, ())
        pages.append(
            PageReading(
                "simulated",
                index,
                status,
                key=template.key,
                page=side.page,
                sheet=side.sheet,
                quality=quality,
                fields=fields,
            )
        )
    return pages


def judge_fields(template: Template, pages: Sequence[PageReading]) -> dict[str, str]:
    """Field id -> the gravest consequence of what was read there.

    What answers say of each other is left out: invented ones contradict each other. Where
    a rule judges that a field was left empty, in place of the form, it is heard; an answer
    that was crossed to nothing is a correction, which the table judges.
    """
    (document,) = join_pages(pages)
    checked = validate_document(template, document, _TODAY)
    return {
        name: choose_gravest(
            found.consequence
            for found in checked.findings
            if found.field == name and _judges_field(template, found.code, field)
        ).value
        for name, field in document.fields.items()
    }


def _judges_field(template: Template, code: str, field: FieldReading) -> bool:
    rule = {rule.code: rule for rule in list_rules(template.key.form)}.get(code)
    if rule is None:
        return code in load_outcomes()
    left_empty = is_blank(field.value) and field.state is not FieldState.CORRECTED
    return left_empty and rule.judges_emptiness(field.spec.question)


def compare_documents(jobs: Sequence[Job], processes: int) -> Iterator[Compared]:
    """All fields of many documents.

    Processes start anew: one that is forked after a form was printed waits for ever for
    the typesetter's threads.
    """
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for compared in pool.map(compare_document, jobs):
            yield from compared
