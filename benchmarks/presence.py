"""Signature places: how many signatures are seen, overlooked, or seen where there is none."""

import argparse
from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np

from benchmarks.result import Result
from form_templates import catalog
from form_templates.model import Region, Signer, TemplatePage
from ocr.alignment import lay_over, shows_blank
from ocr.corrections import Presence
from ocr.inked_page import find_ink
from ocr.page_sizes import shrink_page
from ocr.placement import Unregistered
from ocr.presence import read_signatures
from ocr.references import ReferenceShelf
from ocr.registration import register_page
from ocr.simulation.answers import invent_answers
from ocr.simulation.desk import Sheet, seat_people
from ocr.simulation.document import Paper, prepare_paper
from ocr.simulation.fill import fill_pages
from ocr.simulation.scanner import LEVELS, scan
from ocr.simulation.signatures import sign
from ocr.simulation.styles import Style

QUESTION = "How many signatures are seen, overlooked, or seen where there is none?"
QUICK = False

_FORM = "family_declaration"
_DPIS = (200, 150, 300)
_SIGNED_SHARE = 0.4
_ANSWERED_SHARE = 0.5

_Seen = Counter[tuple[bool, Presence]]
"""Signed or not, and what was read."""


def run(arguments: Sequence[str]) -> Result:
    """Sign some of the places at corrected answers, scan, and read all of them."""
    parser = argparse.ArgumentParser(prog="presence", description=__doc__)
    parser.add_argument("--pages", type=int, default=30, help="pages a level")
    parser.add_argument("--seed", type=int, default=5)
    chosen = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    shelf = ReferenceShelf()
    papers = [prepare_paper(catalog.load(_FORM), None, dpi) for dpi in _DPIS]
    rows = []
    for level in LEVELS:
        seen: _Seen = Counter()
        for number in range(chosen.pages):
            paper = papers[number % len(papers)]
            seen += _read_page(paper, level, [chosen.seed, level, number], shelf)
        signed = [seen[True, state] for state in Presence]
        empty = [seen[False, state] for state in Presence]
        rows.append((level, *signed, *empty))
    states = [state.value for state in Presence]
    return Result(
        "Signature places of simulated scans",
        ("level", *(f"signed: {s}" for s in states), *(f"empty: {s}" for s in states)),
        tuple(rows),
        notes=(
            f"{_FORM}, seed {chosen.seed}, style measuring; pages that are refused are left out",
            "a signed place read as absent, or an empty one as present, is an error",
        ),
    )


def _read_page(paper: Paper, level: int, seed: list[int], shelf: ReferenceShelf) -> _Seen:
    """What is read in each place of one page; nothing where the page is refused."""
    rng = np.random.default_rng(seed)
    at = int(rng.integers(len(paper.pages)))
    page = paper.pages[at]
    number = int(rng.integers(1 << 30))
    answers = invent_answers([page], rng, _ANSWERED_SHARE)
    filled = fill_pages([paper.blanks[at]], [page], answers, number, Style.MEASURING)
    sheet = Sheet(filled.pictures[0], paper.px_per_mm, page)
    places = _list_places(page)
    signed = {place for place in places if rng.random() < _SIGNED_SHARE}
    desk = seat_people(number, Style.MEASURING)
    for place in signed:
        scribe = desk.signer(places[place])
        sheet.draw(scribe, sign(scribe.hand, place, rng), rng)
    laid = register_page(scan(sheet.picture, level, rng, paper.dpi, paper.px_per_mm).picture)
    if isinstance(laid, Unregistered):
        return Counter()
    reference = shelf.find(paper.template, page.page, page.sheet)
    aligned = lay_over(laid, reference.ready.tiles)
    if not shows_blank(aligned):
        return Counter()
    inked = find_ink(aligned, reference, shrink_page(aligned.grey))
    readings = read_signatures(inked.half, places)
    return Counter((place in signed, reading.state) for place, reading in readings.items())


def _list_places(page: TemplatePage) -> dict[Region, Signer]:
    return {
        place: who
        for spec in page.fields
        for who, place in (spec.correction_signatures or {}).items()
    }
