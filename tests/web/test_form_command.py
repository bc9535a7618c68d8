import json
from pathlib import Path

import jsonschema
import pypdf
import pytest
from click.testing import CliRunner

import web
from form_templates import catalog
from form_templates.marks import MOST_SERIALS
from form_templates.serials import take
from tests.form_templates.small_form import SOUND, replaced
from web.cli.main import blanki

OWN_NUMBER = replaced(SOUND, "number = 7", "number = 400")
SCHEMA = json.loads((Path(web.__file__).parent / "schemas/describe.schema.json").read_text())


def run(*words: str):
    return CliRunner().invoke(blanki, list(words), prog_name="blanki")


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_list_names_both_forms_with_their_editions():
    result = run("form", "list")
    assert result.exit_code == 0
    assert "family_declaration" in result.output and "2015-05-01" in result.output
    assert "application" in result.output


@pytest.mark.parametrize("key", catalog.list_templates(), ids=str)
@pytest.mark.parametrize("rows", ["1", "6", "23"])
def test_describe_keeps_its_contract(key, rows):
    tables = catalog.load(key.form, key.edition).default_rows
    asked = [word for table in tables for word in ("--rows", f"{table}={rows}")]
    result = run("form", "describe", key.form, "--json", *asked)
    assert result.exit_code == 0
    jsonschema.validate(json.loads(result.output), SCHEMA)


def test_describe_says_the_same_twice():
    assert (
        run("form", "describe", "application").output
        == run("form", "describe", "application").output
    )


def test_describe_names_rows_by_table_and_number():
    pages = json.loads(run("form", "describe", "family_declaration", "--rows", "members=3").output)
    fields = {f["id"]: f for page in pages["pages"] for f in page["fields"]}
    money = fields["members[3].C3_07"]
    assert (money["group"], money["row"], money["decimals"]) == ("members", 3, 2)
    assert len(money["cells_mm"]) == len(money["correction_cells_mm"]) == 7
    assert set(money["correction_signatures_mm"]) == {"representative", "agent"}


def test_print_writes_the_pages_that_describe_names(tmp_path):
    blank = tmp_path / "blank.pdf"
    assert run("form", "print", "family_declaration", "-o", str(blank)).exit_code == 0
    described = json.loads(run("form", "describe", "family_declaration").output)
    assert len(pypdf.PdfReader(blank).pages) == len(described["pages"])


def test_a_plain_print_is_the_same_bytes_every_time(tmp_path):
    for name in ("one.pdf", "two.pdf"):
        run("form", "print", "application", "-o", str(tmp_path / name))
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_copies_have_serials_that_are_never_given_twice(tmp_path):
    folder = tmp_path / "serials"
    assert take(3, folder) == (1, 2, 3)
    assert take(2, folder) == (4, 5)
    (folder / "serial").write_text(str(MOST_SERIALS))
    assert take(2, folder) == (MOST_SERIALS, 1)


def test_numbered_prints_differ_from_each_other(tmp_path):
    for name in ("one.pdf", "two.pdf"):
        result = run("form", "print", "application", "--copies", "1", "-o", str(tmp_path / name))
        assert result.exit_code == 0
    assert (tmp_path / "one.pdf").read_bytes() != (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("form", "print", "no_such_form", "-o", "x.pdf"),
        ("form", "print", "application", "-o", "x.pdf", "--rows", "members=0"),
        ("form", "print", "application", "-o", "x.pdf", "--rows", "members"),
        ("form", "print", "application", "-o", "x.pdf", "--edition", "1999-01-01"),
        ("form", "print", "application", "-o", "x.pdf", "--edition", "yesterday"),
        ("form", "print", "application"),
        ("form", "describe", "application", "--rows", "cows=3"),
        ("no_such_word",),
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(words, tmp_path):
    result = run(*words)
    assert result.exit_code == 2
    assert "Error" in result.output or "Usage" in result.output


@pytest.mark.parametrize("text", ["not json", "[1]", '{"no_such_field": "1"}', '{"reason": "9"}'])
def test_values_that_make_no_sense_are_refused_and_nothing_is_printed(text, tmp_path):
    values, blank = tmp_path / "values.json", tmp_path / "blank.pdf"
    values.write_text(text)
    result = run("form", "print", "application", "-o", str(blank), "--values", str(values))
    assert result.exit_code == 2 and not blank.exists()
