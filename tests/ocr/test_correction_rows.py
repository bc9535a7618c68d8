"""The correction table from paper: each row drawn, scanned, read and judged on one page."""

from collections import defaultdict

import numpy as np
import pytest

from benchmarks.simulated import judge_fields, read_scan
from form_templates import catalog
from form_templates.layout import lay_out_page
from form_templates.printing import render_page
from ocr.readings import PageReading, PageStatus
from ocr.references import ReferenceShelf
from ocr.simulation.fill import fill_pages
from ocr.simulation.intents import FieldTruth, Intent
from ocr.simulation.scanner import scan
from ocr.simulation.scenarios import fitting_scenarios
from ocr.simulation.styles import Style

DECLARATION = catalog.load("family_declaration")
PAGE = lay_out_page(DECLARATION, 3, 1).template
BLANK = render_page(DECLARATION, 3, 1, px_per_mm=10)
REFERENCE = ReferenceShelf().find(DECLARATION, 3, 1)
PLAIN = {
    "A7": ("2",),
    "A8": "  6200",
    "A9": " 3",
    "A10": "4",
    "A11": "2",
    "foot_signature.p3s1": True,
}
SEEDS = range(3)
LEVEL = 1
ROWS = [
    (field.id, scenario.name)
    for field in PAGE.fields
    if field.id in ("A7", "A8", "A10")
    for scenario in fitting_scenarios(field)
    if scenario.row
]


def judge(field: str, scenario: str, seed: int) -> tuple[str, FieldTruth]:
    """What becomes of a declaration by one field, and what should."""
    intents = {name: Intent(value) for name, value in PLAIN.items()}
    intents[field] = Intent(PLAIN[field], scenario)
    filled = fill_pages([BLANK], [PAGE], intents, seed, Style.MEASURING)
    scanned = scan(filled.pictures[0], LEVEL, np.random.default_rng(seed), 200.0, 10.0)
    read = read_scan(scanned, REFERENCE)
    assert read is not None
    page = PageReading(
        "simulated",
        0,
        PageStatus.READ,
        key=DECLARATION.key,
        page=3,
        sheet=1,
        quality=read[0],
        fields=read[1],
    )
    return judge_fields(DECLARATION, [page])[field], filled.truth[field]


@pytest.fixture(scope="module")
def judged() -> dict[tuple[str, str], list[tuple[str, FieldTruth]]]:
    outcomes = defaultdict(list)
    for field, scenario in ROWS:
        for seed in SEEDS:
            outcomes[field, scenario].append(judge(field, scenario, seed))
    return outcomes


@pytest.mark.parametrize("row", ROWS, ids=".".join)
def test_a_row_ends_where_the_law_sends_it_or_before_a_person(row, judged):
    """Two of three hands are read to the row's end; the third may be left to a person."""
    right = [seen in (truth.disposition, *truth.cautious) for seen, truth in judged[row]]
    others = {seen for (seen, _), fine in zip(judged[row], right, strict=True) if not fine}
    assert sum(right) >= 2
    assert others <= {"needs_review", "rescan"}
