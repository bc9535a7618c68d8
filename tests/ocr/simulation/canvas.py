"""Small things that the tests of simulated paper share."""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import FieldSpec, Region, TemplatePage
from ocr.simulation.document import Paper, prepare_paper
from ocr.simulation.places import centre_of
from ocr.simulation.scenarios import Scenario
from ocr.simulation.strokes import Stroke

CODE = Region(20.0, 20.0, 10.0, 8.5)
CELL = Region(20.0, 20.0, 5.2, 7.0)


def white(
    width_mm: float = 50.0, height_mm: float = 50.0, px_per_mm: float = 8.0
) -> NDArray[np.uint8]:
    return np.full((round(height_mm * px_per_mm), round(width_mm * px_per_mm)), 255, np.uint8)


def points_of(strokes: Iterable[Stroke]) -> NDArray[np.float64]:
    return np.vstack([stroke.points_mm for stroke in strokes])


def sides_covered(strokes: Iterable[Stroke], region: Region) -> float:
    """Share of all directions in which a pen left ink around the middle of a region."""
    away = points_of(strokes) - centre_of(region)
    sectors = np.floor((np.arctan2(away[:, 1], away[:, 0]) + np.pi) / (2 * np.pi) * 24)
    return len(np.unique(sectors)) / 24


@cache
def declaration_pages() -> tuple[TemplatePage, ...]:
    return tuple(laid.template for laid in lay_out(catalog.load("family_declaration")))


@cache
def application_pages() -> tuple[TemplatePage, ...]:
    return tuple(laid.template for laid in lay_out(catalog.load("application")))


@cache
def declaration_paper(dpi: float = 75.0) -> Paper:
    return prepare_paper(catalog.load("family_declaration"), None, dpi)


@cache
def application_paper(dpi: float = 75.0) -> Paper:
    return prepare_paper(catalog.load("application"), None, dpi)


def place_for(scenario: Scenario) -> tuple[TemplatePage, FieldSpec]:
    """The first field of either form that a scenario fits."""
    pages = (*declaration_pages(), *application_pages())
    return next((p, f) for p in pages for f in p.fields if scenario.fits(f))
