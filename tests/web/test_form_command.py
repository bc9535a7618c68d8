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
from tests.form_templates.small_form import SOUND, replaced, write_edition
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


def test_the_shipped_editions_are_checked_unless_others_are_named(tmp_path):
    result = run("form", "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{len(catalog.list_templates())} editions, no problems" in result.stderr
    result = run("form", "check", "application", str(write_edition(tmp_path, template=OWN_NUMBER)))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 editions, no problems\n")


def test_problems_are_told_one_a_line_with_file_line_and_key(tmp_path):
    spoilt = replaced(replaced(SOUND, "cells = [6]", "cells = []"), "number = 7", "numbre = 7")
    folder = write_edition(tmp_path, template=spoilt)
    result = run("form", "check", str(tmp_path))
    assert result.exit_code == 1
    first, second, third = result.stdout.splitlines()
    assert first.startswith(f"{folder / 'template.toml'}:1: number: ")
    assert second.startswith(f"{folder / 'template.toml'}:1: numbre: ")
    line = 1 + spoilt.splitlines().index("cells = []")
    assert third.startswith(f"{folder / 'template.toml'}:{line}: A.code.cells: ")
    assert result.stderr == "1 edition, 3 problems\n"


def test_problems_are_told_as_seen_from_where_the_command_is_given(tmp_path, monkeypatch):
    folder = write_edition(tmp_path, template=replaced(SOUND, "number = 7", "number = 0"))
    monkeypatch.chdir(folder)
    assert run("form", "check", ".").stdout.startswith("template.toml:1: number: ")


def test_a_started_form_is_sound_prints_and_has_a_number_of_its_own(tmp_path):
    started = run("form", "new", "school_request", "2027-01-01", "--forms", str(tmp_path))
    assert started.exit_code == 0 and len(started.output.splitlines()) == 3
    assert run("form", "check", str(tmp_path)).exit_code == 0
    blank = tmp_path / "blank.pdf"
    words = ("school_request", "--forms", str(tmp_path), "-o", str(blank))
    assert run("form", "print", *words).exit_code == 0
    taken = {catalog.load(key.form, key.edition).number for key in catalog.list_templates()}
    assert catalog.load("school_request", root=tmp_path).number == max(taken) + 1


def test_a_new_edition_begins_as_the_newest_one_and_is_not_frozen(tmp_path):
    words = ("family_declaration", "2027-01-01", "--forms", str(tmp_path))
    assert run("form", "new", *words).exit_code == 0
    new, old = catalog.load(words[0], root=tmp_path), catalog.load(words[0])
    assert (new.sections, new.labels) == (old.sections, old.labels)
    assert new.number != old.number and not (tmp_path / "geometry.toml").exists()
    again = run("form", "new", *words)
    assert again.exit_code == 2 and "already" in again.output


def test_a_frozen_form_tells_when_its_layout_moves(tmp_path):
    folder = write_edition(tmp_path, template=OWN_NUMBER)
    assert run("form", "freeze", "paper", "--forms", str(tmp_path)).exit_code == 0
    assert run("form", "check", str(folder)).exit_code == 0
    template = folder / "template.toml"
    template.write_text(replaced(OWN_NUMBER, "cells = [6]", "cells = [5]"))
    result = run("form", "check", str(folder))
    assert result.exit_code == 1 and "make a new edition" in result.stdout


def test_a_form_with_problems_is_not_frozen(tmp_path):
    folder = write_edition(
        tmp_path, template=replaced(SOUND, "height_mm = 20.5", "height_mm = 400")
    )
    result = run("form", "freeze", "paper", "--forms", str(tmp_path))
    assert result.exit_code == 1 and "does not fit" in result.stdout
    assert not (folder / "geometry.toml").exists()


def test_a_broken_edition_is_told_and_hides_no_other_from_the_list(tmp_path):
    write_edition(tmp_path, template=SOUND)
    write_edition(tmp_path, "act", template="number = [")
    result = run("form", "list", "--forms", str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout.split()[:2] == ["paper", "2020-02-01"]
    assert f"{tmp_path / 'act'}" in result.stderr


def test_a_preview_is_written_for_the_edition_that_is_named(tmp_path):
    look = tmp_path / "look.pdf"
    words = ("application", "--edition", "2010-05-21", "-o", str(look))
    assert run("form", "preview", *words).exit_code == 0
    assert "application/2010-05-21" in pypdf.PdfReader(look).pages[0].extract_text()


def test_the_documentation_is_written_to_a_folder(tmp_path):
    write_edition(tmp_path / "forms", template=SOUND)
    words = ("--forms", str(tmp_path / "forms"), "-o", str(tmp_path / "docs"))
    result = run("form", "document", *words)
    assert result.exit_code == 0
    assert all(Path(line).is_file() for line in result.output.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ("check", "no_such_form"),
        ("new", "School", "2027-01-01"),
        ("new", "school", "tomorrow"),
        ("preview", "no_such_form", "-o", "x.pdf"),
        ("freeze", "application", "--edition", "1999-01-01"),
    ],
)
def test_wrong_usage_of_what_editors_need_exits_with_2(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("form", *words).exit_code == 2
