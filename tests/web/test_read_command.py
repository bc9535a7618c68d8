"""`blanki read` from files to JSON: real scans, real decoder, real networks."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

import web
from form_templates import catalog
from form_templates.abolished import load_abolished
from form_templates.model import TemplateKey
from form_templates.printing import render_pages
from ocr.simulation.document import (
    SimulatedDocument,
    invent_intents,
    prepare_paper,
    simulate_document,
    simulate_on,
)
from ocr.simulation.files import save_scan
from ocr.simulation.scanner import Scan
from tests.form_templates.editions import put_edition
from tests.ocr.test_titles import draw_paper
from tests.web.bad_files import make_bad_file
from tests.workflow.reading.scans import as_scan
from validation.vocabulary import EDITIONS, OWN_CODES
from web.cli.main import blanki

SCHEMA = json.loads((Path(web.__file__).parent / "schemas/read.schema.json").read_text())
TODAY = ("--today", "2026-11-21")


def run(*words: str | bytes) -> Result:
    return CliRunner().invoke(blanki, ["read", *words], prog_name="blanki")


def read(*files: object) -> tuple[list[dict], int]:
    """Run the command; every line must keep the contract and nothing may be a traceback."""
    result = run("--json", *TODAY, *(os.fsencode(f) for f in files))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    for document in documents:
        jsonschema.validate(document, SCHEMA)
    return documents, result.exit_code


@pytest.fixture(scope="module")
def paper() -> SimulatedDocument:
    return simulate_document("application", None, {"members": 3}, 1, 4)


@pytest.fixture(scope="module")
def other() -> SimulatedDocument:
    return simulate_document("application", None, {"members": 3}, 1, 5)


@pytest.fixture
def scan(paper, tmp_path) -> Path:
    save_scan(paper.scans, tmp_path / "scan.pdf")
    return tmp_path / "scan.pdf"


def statuses(document: dict) -> list[str]:
    return [page["status"] for page in document["pages"]]


def test_a_scan_becomes_one_document_with_all_its_fields(paper, scan):
    (document,), code = read(scan)
    assert document["form"] == "application" and statuses(document) == ["read", "read"]
    assert set(document["fields"]) == set(paper.truth)
    assert code == (0 if document["disposition"] == "accepted" else 1)


def test_nothing_that_is_accepted_without_a_look_is_wrong(paper, scan):
    (document,), _ = read(scan)
    for name, truth in paper.truth.items():
        seen = document["fields"][name]
        if not seen["review"] and seen["state"] in ("read", "empty", "corrected"):
            wanted = list(truth.value) if isinstance(truth.value, tuple) else truth.value
            assert (seen["value"] or None) == (wanted or None), name


def test_regions_lie_where_the_field_was_scanned(paper, scan):
    (document,), _ = read(scan)
    side = paper.sides[0]
    field = document["fields"]["reason"]
    corner = np.array(field["region_px"][0])
    assert field["page_ref"] == 0
    assert (corner > 0).all() and (corner < side.scan.picture.shape[::-1]).all()


def test_a_multi_page_tiff_is_read_like_a_pdf(paper, tmp_path):
    save_scan(paper.scans, tmp_path / "scan.tif")
    (document,), _ = read(tmp_path / "scan.tif")
    assert statuses(document) == ["read", "read"]


def test_pages_in_the_wrong_order_still_make_one_document(paper, tmp_path):
    save_scan(paper.scans[::-1], tmp_path / "scan.pdf")
    (document,), _ = read(tmp_path / "scan.pdf")
    assert [page["page"] for page in document["pages"]] == [2, 1]
    assert set(document["fields"]) == set(paper.truth)


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_turned_pages_read_the_same(paper, tmp_path, quarter):
    turned = [
        Scan(np.ascontiguousarray(np.rot90(s.picture, quarter)), s.dpi, s.to_px, s.effects)
        for s in paper.scans
    ]
    save_scan(turned, tmp_path / "scan.pdf")
    (document,), _ = read(tmp_path / "scan.pdf")
    assert statuses(document) == ["read", "read"]
    assert document["fields"]["reason"]["value"] == paper.truth["reason"].value


def test_two_papers_in_one_file_are_two_documents(paper, other, tmp_path):
    save_scan([*paper.scans, *other.scans], tmp_path / "scan.pdf")
    documents, _ = read(tmp_path / "scan.pdf")
    assert [statuses(d) for d in documents] == [["read", "read"]] * 2
    assert [[p["index"] for p in d["pages"]] for d in documents] == [[0, 1], [2, 3]]


def test_a_page_scanned_twice_is_named_a_repeat_and_counts_once(paper, tmp_path):
    save_scan([paper.scans[0], paper.scans[0], paper.scans[1]], tmp_path / "scan.pdf")
    (document,), _ = read(tmp_path / "scan.pdf")
    assert statuses(document) == ["read", "repeated", "read"]
    assert any(finding["code"].startswith("page_repeated") for finding in document["findings"])


def test_a_paper_without_its_second_page_is_to_be_scanned_again(paper, tmp_path):
    save_scan(paper.scans[:1], tmp_path / "scan.pdf")
    (document,), code = read(tmp_path / "scan.pdf")
    assert document["disposition"] == "rescan" and code == 1
    assert "page_missing" in {finding["code"] for finding in document["findings"]}


def test_an_empty_side_between_pages_is_blank_and_harms_nothing(paper, tmp_path):
    empty = Scan(np.full((2339, 1654), 240, np.uint8), 200.0, np.eye(3), ())
    save_scan([paper.scans[0], empty, paper.scans[1]], tmp_path / "scan.pdf")
    documents, _ = read(tmp_path / "scan.pdf")
    strays = next(d for d in documents if d["form"] is None)
    assert statuses(strays) == ["blank"]
    assert statuses(next(d for d in documents if d["form"])) == ["read", "read"]


def test_a_page_of_no_known_form_is_told_apart(scan, tmp_path):
    letter = np.full((2339, 1654), 255, np.uint8)
    letter[300:2000:40, 200:1400] = 30
    Image.fromarray(letter).save(tmp_path / "letter.png", dpi=(200, 200))
    documents, code = read(scan, tmp_path / "letter.png")
    strays = next(d for d in documents if d["form"] is None)
    assert statuses(strays) == ["unidentified"] and code == 1
    assert strays["findings"]


@pytest.mark.parametrize(
    "kind",
    [
        "empty",
        "no scan at all",
        "truncated pdf",
        "truncated jpg",
        "truncated tif",
        "encrypted",
        "huge header",
        "bomb",
        "folder",
        "missing",
    ],
)
def test_a_bad_file_is_explained_and_its_neighbour_is_read(kind, scan, paper, tmp_path):
    folder = tmp_path / "bad"
    folder.mkdir()
    documents, code = read(make_bad_file(kind, scan, paper, folder), scan)
    whole = next(d for d in documents if d["form"] and d["pages"][0]["file"].endswith("scan.pdf"))
    assert statuses(whole) == ["read", "read"] and code == 1
    strays = [d for d in documents if d["form"] is None]
    assert any("unreadable" in statuses(d) for d in strays)
    assert all(finding["message"] for d in strays for finding in d["findings"])


def test_a_wrong_extension_does_not_matter(scan, tmp_path):
    scan.rename(tmp_path / "scan.jpg")
    (document,), _ = read(tmp_path / "scan.jpg")
    assert statuses(document) == ["read", "read"]


def test_a_file_name_that_is_no_utf_8_is_read_and_printed_safely(scan):
    odd = scan.rename(scan.parent / os.fsdecode(b"sk\xe4n\xff.pdf"))
    (document,), _ = read(odd)
    assert statuses(document) == ["read", "read"]
    json.dumps(document).encode("ascii")


def test_a_separator_parts_two_papers_and_is_accounted_for(paper, tmp_path):
    (separator,) = render_pages(catalog.load("separator_sheet"), [(1, 1)])
    save_scan([paper.scans[0], as_scan(separator), paper.scans[1]], tmp_path / "scan.pdf")
    documents, _ = read(tmp_path / "scan.pdf")
    assert [d["form"] for d in documents] == ["application", "application", None]
    assert statuses(documents[2]) == ["read"] and documents[2]["findings"] == []


def test_papers_of_others_go_with_the_cover_before_them(tmp_path):
    filled = prepare_paper(catalog.load("attachment_cover"))
    cover = simulate_on(filled, invent_intents(filled, 5), 0, 5)
    letter = as_scan(draw_paper("Certificate"))
    save_scan([*cover.scans[:1], letter, letter], tmp_path / "scan.pdf")
    (document,), _ = read(tmp_path / "scan.pdf")
    assert statuses(document)[0] == "read" and statuses(document)[1:] == ["unidentified"] * 2
    codes = [finding["code"] for finding in document["findings"]]
    assert codes.count("attachment_page") == 2


def test_an_abolished_form_is_refused_by_name(tmp_path):
    form = load_abolished()["additional_economic_assessment"]
    save_scan([as_scan(draw_paper(form.titles[-1]))], tmp_path / "scan.pdf")
    (document,), code = read(tmp_path / "scan.pdf")
    (finding,) = document["findings"]
    assert (document["form"], statuses(document), code) == (None, ["unidentified"], 1)
    assert (finding["code"], finding["law"]) == ("abolished_form", form.law)
    assert document["disposition"] == "reject"


def test_forms_of_a_folder_are_read_as_well(paper, tmp_path):
    key = TemplateKey("monitor_visit", date(2031, 1, 1))
    template = put_edition(tmp_path / "forms", key, 400)
    shutil.copy(EDITIONS / "monitor_visit/2013-08-21.toml", template.parent / OWN_CODES)
    filled = prepare_paper(catalog.load(key.form, key.edition, tmp_path / "forms"))
    later = simulate_on(filled, invent_intents(filled, 6), 0, 6)
    save_scan([*later.scans, *paper.scans], tmp_path / "scan.pdf")
    result = run("--json", "--forms", str(tmp_path / "forms"), str(tmp_path / "scan.pdf"))
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [d["edition"] for d in documents] == ["2031-01-01", "2010-05-21"]
    assert set(documents[0]["fields"]) == {*later.truth}
    assert "unknown_edition" not in result.stdout


def test_a_folder_that_is_not_there_is_wrong_usage(scan, tmp_path):
    assert run("--forms", str(tmp_path / "none"), str(scan)).exit_code == 2
