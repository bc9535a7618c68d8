"""Simulated paper for the demonstration; every page says that it is simulated."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from form_templates import catalog
from form_templates.marks import CODE_REGIONS, MARKERS
from form_templates.model import Kind
from ocr.simulation.document import (
    WRITERS,
    Paper,
    SimulatedDocument,
    prepare_paper,
    simulate_on,
)
from ocr.simulation.files import save_scan
from ocr.simulation.intents import Intents, Medium
from ocr.simulation.people import invent_family
from ocr.simulation.scanner import Scan

_FILE = Path(__file__).with_name("papers.toml")
_DAYS_OF_USE = 3000
"""Days after an edition's date in which its papers are filled."""
_MM_PER_INCH = 25.4
_SLACK_MM = 9.0
"""Scanned pages lie a little askew."""
_WHITE = 250


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """One paper of the demonstration."""

    name: str
    form: str
    members: int
    seed: int
    level: int
    printed: tuple[Kind, ...]
    disposition: str
    shows: str
    scenarios: Mapping[str, str]
    leave_out: tuple[int, ...] = ()
    worked_by: str = ""
    """Simulated people who have decided their part: operators, coordinator."""


class Treatment(StrEnum):
    """What happens to a file on its way."""

    SAME_BYTES = "same_bytes"
    CUT_OFF = "cut_off"
    MARKERS_GONE = "markers_gone"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file that something happened to."""

    name: str
    of: str
    """The paper that it is made from."""
    treatment: Treatment
    shows: str


@cache
def _read_plans() -> dict[str, list[dict[str, Any]]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def list_spoilt() -> tuple[FilePlan, ...]:
    """The files that something happened to."""
    entries = _read_plans()["file"]
    return tuple(FilePlan(**{**e, "treatment": Treatment(e["treatment"])}) for e in entries)


@cache
def list_plans() -> tuple[PaperPlan, ...]:
    """The papers of the batch, in the order in which they are scanned."""
    return tuple(
        PaperPlan(
            **{
                **entry,
                "printed": tuple(Kind(kind) for kind in entry["printed"]),
                "scenarios": entry.get("scenarios", {}),
                "leave_out": tuple(entry.get("leave_out", ())),
            }
        )
        for entry in _read_plans()["paper"]
    )


def simulate_paper(plan: PaperPlan) -> SimulatedDocument:
    """The paper of a plan, filled in and scanned; pages left out are missing."""
    rng = np.random.default_rng([plan.seed, 4])
    template = catalog.load(plan.form)
    paper = prepare_paper(template, {"members": plan.members})
    day = template.key.edition + timedelta(days=int(rng.integers(30, _DAYS_OF_USE)))
    answers = WRITERS[plan.form](invent_family(rng, plan.members, day), paper.pages, rng)
    intents = print_intents(paper, answers, plan.printed)
    document = simulate_on(paper, intents, plan.level, plan.seed, plan.scenarios)
    kept = tuple(side for side in document.sides if side.page not in plan.leave_out)
    return replace(document, sides=kept)


def print_intents(paper: Paper, intents: Intents, printed: Iterable[Kind]) -> Intents:
    """The same answers, those of some kinds printed before anybody took up a pen."""
    kinds = {field.id: field.kind for page in paper.pages for field in page.fields}
    chosen = frozenset(printed)
    return {
        field: replace(intent, medium=Medium.PRINT) if kinds[field] in chosen else intent
        for field, intent in intents.items()
    }


def write_pdf(document: SimulatedDocument) -> bytes:
    """The scan as a PDF file's bytes, as a scanner sends it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        save_scan(document.scans, path)
        return path.read_bytes()


def spoil_file(treatment: Treatment, document: SimulatedDocument, pdf: bytes) -> bytes:
    """The file of a document after what happened to it."""
    if treatment is Treatment.CUT_OFF:
        return pdf[: len(pdf) // 2]
    if treatment is Treatment.MARKERS_GONE:
        sides = tuple(replace(side, scan=_cover_markers(side.scan)) for side in document.sides)
        return write_pdf(replace(document, sides=sides[:1]))
    return pdf


def _cover_markers(scan: Scan) -> Scan:
    """White paper where the corner markers and the page codes were."""
    picture, px_per_mm = scan.picture.copy(), scan.dpi / _MM_PER_INCH
    for region in (*MARKERS.values(), *CODE_REGIONS):
        place = region.grown(_SLACK_MM)
        left, top = max(0, int(place.x_mm * px_per_mm)), max(0, int(place.y_mm * px_per_mm))
        right, bottom = int(place.right_mm * px_per_mm), int(place.bottom_mm * px_per_mm)
        picture[top:bottom, left:right] = _WHITE
    return replace(scan, picture=picture)
