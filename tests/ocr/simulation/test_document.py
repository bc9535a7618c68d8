import ast
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

import ocr.simulation
from form_templates import catalog
from form_templates.errors import TemplateFault
from form_templates.model import CorrectionRule, FaultsGoTo, Format
from ocr.simulation.document import (
    SimulatedDocument,
    Tint,
    complete_intents,
    invent_intents,
    prepare_paper,
    simulate_document,
    simulate_on,
)
from ocr.simulation.files import describe_truth, save_scan, save_truth
from ocr.simulation.scanner import LEVELS, Scan, scan
from ocr.simulation.styles import Style
from tests.ocr.simulation.canvas import application_paper

FORBIDDEN = {"torch", "sklearn", "mnist", "validation", "workflow", "web"}


def simulate(level: int = 1, seed: int = 2, **scenarios: str) -> SimulatedDocument:
    paper = application_paper()
    return simulate_on(paper, invent_intents(paper, seed), level, seed, scenarios)


def grey_scan() -> Scan:
    return simulate().scans[0]


def bilevel_scan() -> Scan:
    paper = application_paper()
    rng = np.random.default_rng(0)
    return scan(paper.blanks[0], 3, rng, 75.0, steps=("place", "threshold"))


@pytest.mark.parametrize("level", LEVELS)
def test_a_document_has_a_side_for_each_page(level: int) -> None:
    document = simulate(level)
    pages = application_paper().pages
    assert [(s.page, s.sheet) for s in document.sides] == [(p.page, p.sheet) for p in pages]
    assert document.disposition == "accepted"
    assert document.scenarios == {}


def test_a_scenario_decides_the_disposition() -> None:
    document = simulate(1, 2, reason="two_circled")
    assert document.scenarios == {"reason": "two_circled"}
    assert document.disposition == "reject"


@pytest.mark.parametrize(
    ("faults_go_to", "rule", "unclear", "faulty"),
    [
        (
            FaultsGoTo.AGENT,
            CorrectionRule.DECLARATION,
            "new_declaration_required",
            "return_to_agent",
        ),
        (FaultsGoTo.AGENT, CorrectionRule.NONE, "return_to_agent", "return_to_agent"),
        (FaultsGoTo.REJECTION, CorrectionRule.NONE, "reject", "reject"),
        (FaultsGoTo.APPLICANT, CorrectionRule.NONE, "ask_applicant", "ask_applicant"),
    ],
)
def test_faults_go_where_the_form_sends_them(
    faults_go_to: FaultsGoTo, rule: CorrectionRule, unclear: str, faulty: str
) -> None:
    template = replace(
        application_paper().template, faults_go_to=faults_go_to, correction_rule=rule
    )
    paper = replace(application_paper(), template=template)
    for scenario, disposition in (("scribbled", unclear), ("two_circled", faulty)):
        document = simulate_on(paper, invent_intents(paper, 2), 0, 2, {"reason": scenario})
        truth = describe_truth(document)
        assert truth["disposition"] == disposition
        assert truth["fields"]["reason"]["disposition"] == disposition


def test_a_complete_paper_answers_all_that_is_required_and_is_dated_soon() -> None:
    template = catalog.load("termination_protocol")
    paper = prepare_paper(template, dpi=60.0)
    intents = complete_intents(paper, 3)
    fields = {field.id: field for page in paper.pages for field in page.fields}
    assert {name for name, field in fields.items() if field.required} <= set(intents)
    written = {q.id for _, q in template.questions() if q.write_at}
    assert all(fields[name].required or name in written for name in intents)
    days = {
        name: datetime.strptime(str(intents[name].value), "%d%m%Y").date()
        for name in intents
        if fields[name].format is Format.DATE
    }
    day = days[template.day_field or ""]
    assert timedelta(0) <= day - template.key.edition < timedelta(28) and max(days.values()) == day


def test_a_document_is_simulated_from_the_name_of_its_form() -> None:
    arguments = ("application", None, {"members": 2}, 1, 7)
    one = simulate_document(*arguments, dpi=60.0)
    two = simulate_document(*arguments, dpi=60.0)
    assert [s.picture.tobytes() for s in one.scans] == [s.picture.tobytes() for s in two.scans]
    assert one.style is Style.MEASURING
    assert one.truth == two.truth


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(TemplateFault):
        simulate_document("no_such_form", None, None, 1, 1)


def test_a_colour_scan_has_three_channels() -> None:
    paper = application_paper()
    colour = prepare_paper(paper.template, None, 60.0, tint=Tint.COLOUR)
    document = simulate_on(colour, invent_intents(colour, 1), 1, 1)
    picture = document.scans[0].picture
    assert picture.ndim == 3
    assert (picture[..., 0] != picture[..., 2]).any()


@pytest.mark.parametrize("level", LEVELS)
def test_a_black_and_white_scan_is_that_at_every_level(level: int) -> None:
    paper = application_paper()
    bilevel = replace(paper, tint=Tint.BILEVEL)
    document = simulate_on(bilevel, invent_intents(bilevel, 1), level, 1)
    assert all(side.is_bilevel for side in document.scans)
    assert set(np.unique(document.scans[0].picture)) == {0, 255}


def test_a_pdf_holds_every_page_at_its_size_and_says_it_is_simulated(tmp_path: Path) -> None:
    document = simulate(3)
    path = tmp_path / "scan.pdf"
    save_scan(document.scans, path)
    reader = PdfReader(path)
    assert reader.metadata is not None
    assert "SIMULATED" in str(reader.metadata.title)
    for side, sheet in zip(document.scans, reader.pages, strict=True):
        height_mm = float(sheet.mediabox.height) / 72 * 25.4
        assert height_mm == pytest.approx(side.picture.shape[0] / side.dpi * 25.4, abs=0.5)


@pytest.mark.parametrize("suffix", [".pdf", ".tif", ".png", ".jpg"])
def test_the_same_document_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / f"scan{suffix}"
        save_scan([grey_scan()], path)
        written.append(path.read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(("name", "frames"), [("a.tif", 2), ("a.png", 1), ("a.jpeg", 1)])
def test_a_picture_file_keeps_pages_resolution_and_pixels(
    tmp_path: Path, name: str, frames: int
) -> None:
    one = grey_scan()
    save_scan([one] * frames, tmp_path / name)
    with Image.open(tmp_path / name) as image:
        assert getattr(image, "n_frames", 1) == frames
        assert float(image.info["dpi"][0]) == pytest.approx(one.dpi, abs=0.6)
        read = np.asarray(image.convert("L")).astype(int)
    assert np.abs(read - one.picture).mean() < 3
    assert b"SIMULATED" in (tmp_path / name).read_bytes()


@pytest.mark.parametrize("name", ["a.tif", "a.png"])
def test_a_black_and_white_page_is_kept_in_one_bit(tmp_path: Path, name: str) -> None:
    one = bilevel_scan()
    save_scan([one], tmp_path / name)
    with Image.open(tmp_path / name) as image:
        assert image.mode == "1"
        assert (np.asarray(image.convert("L")) == one.picture).all()


def test_pages_of_both_kinds_go_into_one_pdf(tmp_path: Path) -> None:
    save_scan([grey_scan(), bilevel_scan()], tmp_path / "both.pdf")
    assert len(PdfReader(tmp_path / "both.pdf").pages) == 2


@pytest.mark.parametrize(("name", "count"), [("a.bmp", 1), ("a.png", 2)])
def test_a_file_that_cannot_hold_the_pages_is_refused(
    tmp_path: Path, name: str, count: int
) -> None:
    with pytest.raises(ValueError, match=name):
        save_scan([grey_scan()] * count, tmp_path / name)


def test_the_truth_is_written_beside_the_scan(tmp_path: Path) -> None:
    document = simulate(1, 2, reason="scribbled")
    save_truth(document, tmp_path / "truth.json")
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert truth == json.loads(json.dumps(describe_truth(document)))
    assert truth["simulated"].startswith("SIMULATED")
    assert (truth["seed"], truth["level"], truth["form"]) == (2, 1, "application")
    assert truth["scenarios"] == {"reason": "scribbled"}
    assert truth["disposition"] == "reject"
    assert truth["fields"]["reason"]["state"] == "unclear"
    assert len(truth["pages"]) == len(document.sides)


def test_simulation_needs_nothing_that_only_training_has() -> None:
    folder = Path(ocr.simulation.__path__[0])
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & FORBIDDEN, path.name
