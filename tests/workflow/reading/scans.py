"""Simulated paper for the tests: filled once, scanned as often as needed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from form_templates import catalog
from ocr.simulation.document import SimulatedDocument, invent_intents, prepare_paper, simulate_on
from ocr.simulation.files import save_scan
from ocr.simulation.scanner import Scan

FAMILY, OTHER_FAMILY = 4, 5
SERIAL = 4711


@cache
def fill_application(seed: int = FAMILY, serial: int = 0, level: int = 1) -> SimulatedDocument:
    """An application of two pages; one seed is one family with one pen."""
    paper = prepare_paper(catalog.load("application"), {"members": 3}, serial=serial)
    return simulate_on(paper, invent_intents(paper, seed), level, seed)


def scan(*pages: int, seed: int = FAMILY, serial: int = 0, level: int = 1) -> bytes:
    """Pages of an application as a PDF, in this order."""
    scans = fill_application(seed, serial, level).scans
    return save([scans[number - 1] for number in pages])


def save(scans: Sequence[Scan], kind: str = "pdf") -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"scan.{kind}"
        save_scan(scans, path)
        return path.read_bytes()


def scan_empty_sheet() -> Scan:
    like = fill_application().scans[0]
    return replace(like, picture=np.full(like.picture.shape, 250, np.uint8))


def scan_foreign_print() -> Scan:
    """Lines of print that are none of our forms."""
    picture = scan_empty_sheet().picture.copy()
    for row in range(200, 1800, 60):
        picture[row : row + 8, 200:1400] = 30
    return replace(fill_application().scans[0], picture=picture)


def as_scan(picture: np.ndarray) -> Scan:
    """A drawn page as it comes out of a perfect scanner."""
    return Scan(picture, 203.0, np.eye(3), ())


def turn(scanned: Scan, quarters: int) -> Scan:
    """The same sheet, laid on the scanner another way."""
    return replace(scanned, picture=np.ascontiguousarray(np.rot90(scanned.picture, quarters)))
