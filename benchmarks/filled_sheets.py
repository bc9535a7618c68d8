"""A bubble sheet of somebody else filled by simulation, as people do it with a pencil.

The real sheets all come from one hand of fills; here fills are pale, half done and rubbed
out as well.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.scans import Sheet
from form_templates.model import FieldSpec, Kind, Region
from form_templates.specification import Template
from intake.pages import PageImage
from ocr.simulation import desk
from ocr.simulation.desk import Scribe
from ocr.simulation.document import Paper, prepare_paper
from ocr.simulation.imprints import print_note
from ocr.simulation.outlines import fill_outline
from ocr.simulation.pen import Picture, choose_pen
from ocr.simulation.scanner import scan
from ocr.simulation.styles import Style

_ANSWERED = 0.6
_MANNERS = {"full": 0.84, "pale": 0.06, "half": 0.05, "rubbed out": 0.05}
"""How one ring is treated -> how often."""
_PALE, _TRACE = 0.6, 0.18
"""Of the pencil's darkness: a careless fill, and what a rubber leaves."""
_HALF = 0.55
_DARKNESS = 0.5, 0.85
"""From a hard pencil to a soft one."""


def simulate_sheets(
    template: Template, level: int, seeds: range, answered: float = _ANSWERED
) -> Iterator[Sheet]:
    """One filled and scanned sheet a seed, with what should be read."""
    paper = prepare_paper(template)
    for seed in seeds:
        rng = np.random.default_rng([seed, level])
        picture, truth = _fill(paper, seed, rng, answered)
        scanned = scan(picture, level, rng, paper.dpi, paper.px_per_mm)
        image = PageImage(f"simulated {seed}", 0, scanned.picture, scanned.dpi)
        yield Sheet(f"bubble sheets, simulated, level {level}", template.key.form, image, truth)


def _fill(
    paper: Paper, seed: int, rng: np.random.Generator, answered: float
) -> tuple[Picture, dict[str, str | None]]:
    """The sheet with its answers; a ring that was rubbed out is none."""
    sheet = desk.Sheet(paper.blanks[0].copy(), paper.px_per_mm, paper.pages[0])
    writer = desk.seat_people(seed, Style.MEASURING).agent
    pencil = choose_pen(rng, Style.MEASURING, "pencil")
    writer = replace(writer, pen=replace(pencil, darkness=float(rng.uniform(*_DARKNESS))))
    truth: dict[str, str | None] = {}
    for field in sheet.page.fields:
        if field.kind is Kind.BUBBLE:
            truth[field.id] = None
            if rng.random() < answered:
                truth[field.id] = _answer(sheet, writer, field, rng)
    print_note(sheet.picture, sheet.px_per_mm)
    return sheet.picture, truth


def _answer(
    sheet: desk.Sheet, writer: Scribe, field: FieldSpec, rng: np.random.Generator
) -> str | None:
    """Treat one ring of a question in some manner; the code that is meant."""
    manner = str(rng.choice(list(_MANNERS), p=list(_MANNERS.values())))
    option = field.options[int(rng.integers(len(field.options)))]
    share = {"pale": _PALE, "rubbed out": _TRACE}.get(manner, 1.0)
    pen = replace(writer.pen, darkness=writer.pen.darkness * share)
    region = _take_part(option.region) if manner == "half" else option.region
    sheet.draw(replace(writer, pen=pen), fill_outline(writer.hand, region, rng), rng)
    return None if manner == "rubbed out" else option.code


def _take_part(ring: Region) -> Region:
    return Region(
        ring.x_mm + ring.width_mm * (1 - _HALF) / 2,
        ring.y_mm + ring.height_mm * (1 - _HALF) / 2,
        ring.width_mm * _HALF,
        ring.height_mm * _HALF,
    )
