"""`blanki quality` from files to advice: real scans, the real decoder."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ocr.simulation.document import SimulatedDocument, simulate_document
from ocr.simulation.files import save_scan
from ocr.simulation.scanner import Scan
from web.cli.main import blanki


@pytest.fixture(scope="module")
def paper() -> SimulatedDocument:
    return simulate_document("application", None, {"members": 3}, 1, 4)


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(blanki, ["quality", *map(os.fspath, words)], prog_name="blanki")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def save(folder: Path, *scans: Scan) -> Path:
    file = folder / "stack.pdf"
    save_scan(scans, file)
    return file


def test_good_scans_are_named_and_nothing_is_asked(
    paper: SimulatedDocument, tmp_path: Path
) -> None:
    result = run(save(tmp_path, *paper.scans))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 2 * len(paper.scans)
    assert "application 2010-05-21, page 1 (20" in lines[0]
    assert lines[1].strip() == "Well scanned."


def test_a_page_to_scan_again_says_why_in_the_language_asked_for(
    paper: SimulatedDocument, tmp_path: Path
) -> None:
    first = paper.scans[0]
    coarse = Scan(first.picture[::2, ::2].copy(), 100.0, first.to_px / 2, first.effects)
    file = save(tmp_path, coarse)
    english, georgian = run(file), run(file, "--language", "ka")
    assert (english.exit_code, georgian.exit_code) == (1, 1)
    assert "Scan again, because: low resolution" in english.stdout
    assert "Scan at 200 dpi or more." in english.stdout
    assert "Scan again" not in georgian.stdout
    assert "200 dpi" in georgian.stdout


def test_each_page_and_each_double_feed_is_an_object_for_other_programs(tmp_path: Path) -> None:
    paper = simulate_document("termination_protocol", None, None, 1, 4)
    assert len(paper.scans) >= 3
    result = run(save(tmp_path, paper.scans[0], paper.scans[2]), "--json")
    *pages, feed = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert [page["page"] for page in pages] == [1, 3]
    assert pages[0]["quality"]["problems"] == []
    assert pages[0]["scan_again"] is False
    assert (feed["feed"], feed["after"], feed["at"]) == ("double_feed", 0, 1)
    assert feed["pages"] == [[2, 1]]


def test_what_cannot_be_opened_is_to_be_scanned_again(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    result = run(broken)
    assert result.exit_code == 1
    assert "Scan it again" in result.stdout
