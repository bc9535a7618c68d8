import json
from datetime import date

import pytest
from click.testing import CliRunner

from form_templates.model import TemplateKey
from tests.form_templates.editions import put_edition
from web.cli.main import blanki

FORM = "attachment_cover"
OLDER, NEWER = date(2020, 1, 1), date(2030, 1, 1)


def simulate(*words: str):
    return CliRunner().invoke(blanki, ["simulate", *words, "--level", "0", "--dpi", "100"])


@pytest.mark.parametrize(
    ("own", "asked", "taken"),
    [
        (NEWER, (), "2030-01-01"),
        (OLDER, ("--edition", "2020-01-01"), "2020-01-01"),
        (OLDER, (), "2026-11-22"),
    ],
)
def test_forms_of_ones_own_are_simulated_beside_those_that_ship(tmp_path, own, asked, taken):
    put_edition(tmp_path / "forms", TemplateKey(FORM, own), 401)
    truth = tmp_path / "truth.json"
    words = (FORM, "-o", str(tmp_path / "scan.pdf"), "--truth", str(truth), *asked)
    result = simulate(*words, "--forms", str(tmp_path / "forms"))
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads(truth.read_text("utf-8"))["edition"] == taken


@pytest.mark.parametrize(
    "words",
    [
        ("no_such_form",),
        (FORM, "--edition", "1999-01-01"),
        (FORM, "--rows", "cows=3"),
        (FORM, "--scenario", "no_such_field=unsigned"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_written(tmp_path, words):
    scan = tmp_path / "scan.pdf"
    result = simulate(*words, "-o", str(scan))
    assert result.exit_code == 2 and "Error" in result.output and not scan.exists()
