import json
import re
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

import web
from form_templates import catalog
from tests.form_templates.small_form import LABELS, SOUND, replaced, write_edition
from validation.vocabulary import load_vocabulary, load_vocabulary_of, read_vocabulary
from web.cli.main import blanki

OWN_NUMBER = replaced(SOUND, "number = 7", "number = 400")
SCHEMA = json.loads((Path(web.__file__).parent / "schemas/describe.schema.json").read_text())


def run(*words: str):
    return CliRunner().invoke(blanki, list(words), prog_name="blanki")


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


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


def test_an_edition_is_checked_from_its_own_folder_and_by_the_bare_name_of_its_form(
    tmp_path, monkeypatch
):
    folder = write_edition(tmp_path, template=OWN_NUMBER)
    for here, place in ((folder, "."), (folder.parent, "."), (tmp_path, "paper")):
        monkeypatch.chdir(here)
        assert run("form", "check", place).stderr == "1 edition, no problems\n"
    monkeypatch.chdir(folder)
    assert run("form", "check", "application").stderr == "1 edition, no problems\n"


def test_problems_are_told_as_seen_from_where_the_command_is_given(tmp_path, monkeypatch):
    folder = write_edition(tmp_path, template=replaced(SOUND, "number = 7", "number = 0"))
    monkeypatch.chdir(folder)
    result = run("form", "check", ".")
    assert result.stdout.startswith("template.toml:1: number: ")
    assert result.stderr == "1 edition, 1 problem\n"


def test_a_started_form_prints_and_has_a_number_of_its_own(tmp_path):
    started = run("form", "new", "school_request", "2027-01-01", "--forms", str(tmp_path))
    assert started.exit_code == 0 and len(started.stdout.splitlines()) == 3
    blank = tmp_path / "blank.pdf"
    words = ("school_request", "--forms", str(tmp_path), "-o", str(blank))
    assert run("form", "print", *words).exit_code == 0
    taken = {catalog.load(key.form, key.edition).number for key in catalog.list_templates()}
    assert catalog.load("school_request", root=tmp_path).number == max(taken) + 1
    assert started.stderr == f"A new form, number {max(taken) + 1}\n"


def test_the_examples_in_a_started_form_are_told_and_it_is_not_frozen(tmp_path):
    words = ("school_request", "--forms", str(tmp_path))
    run("form", "new", "school_request", "2027-01-01", "--forms", str(tmp_path))
    folder = tmp_path / "school_request/2027-01-01"
    said = run("form", "check", str(tmp_path))
    assert said.exit_code == 1 and f"{folder / 'labels.ka.toml'}:3: title: " in said.stdout
    assert f"{folder / 'template.toml'}:9: law: " in said.stdout
    assert run("form", "freeze", *words).exit_code == 1
    for file in folder.iterdir():
        text = file.read_text("utf-8").replace("order-00-000", "order-7")
        for key in ("title", "act", "1", "2"):
            text = re.sub(rf'^{key} = "', f'{key} = "\u10d0', text, flags=re.MULTILINE)
        file.write_text(text, "utf-8")
    assert run("form", "check", str(tmp_path)).stdout == ""


def test_a_new_edition_is_later_than_the_newest_and_says_what_it_is_a_copy_of(tmp_path):
    words = ("--forms", str(tmp_path))
    earlier = run("form", "new", "application", "2009-01-01", *words)
    assert earlier.exit_code == 2 and "2010-05-21" in earlier.stderr
    assert list(tmp_path.iterdir()) == []
    said = run("form", "new", "application", "2027-01-01", *words).stderr
    assert said.startswith("A copy of application/2010-05-21, number ")


@pytest.mark.parametrize("day", ["2009-06-01", "2010-05-21"])
def test_a_new_edition_is_later_than_the_shipped_ones_too(tmp_path, day):
    write_edition(tmp_path, "application", "2009-01-01", template=OWN_NUMBER)
    refused = run("form", "new", "application", day, "--forms", str(tmp_path))
    assert refused.exit_code == 2 and "2010-05-21 is the newest edition" in refused.stderr
    assert [folder.name for folder in (tmp_path / "application").iterdir()] == ["2009-01-01"]


def test_a_misspelt_form_is_told_the_near_one(tmp_path):
    said = run("form", "new", "aplication", "2027-01-01", "--forms", str(tmp_path)).stderr
    assert "A new form" in said and "There is a form application" in said
    again = run("form", "new", "application", "2027-01-01", "--forms", str(tmp_path)).stderr
    assert "There is a form" not in again


def test_a_new_edition_begins_as_the_newest_one_and_is_not_frozen(tmp_path):
    words = ("family_declaration", "2027-01-01", "--forms", str(tmp_path))
    assert run("form", "new", *words).exit_code == 0
    new, old = catalog.load(words[0], root=tmp_path), catalog.load(words[0])
    assert (new.sections, new.labels) == (old.sections, old.labels)
    assert new.number != old.number and not (tmp_path / "geometry.toml").exists()
    again = run("form", "new", *words)
    assert again.exit_code == 2 and "already" in again.output


def start_declaration(root: Path) -> Path:
    """A new edition of a form that rules speak of; the file of its codes."""
    result = run("form", "new", "family_declaration", "2027-01-01", "--forms", str(root))
    codes = root / "family_declaration/2027-01-01/codes.toml"
    assert result.exit_code == 0 and result.output.splitlines().count(str(codes)) == 1
    return codes


def test_a_new_edition_of_a_form_with_rules_brings_the_meanings_of_its_codes(tmp_path):
    codes = start_declaration(tmp_path)
    shipped = load_vocabulary(catalog.load("family_declaration").key)
    assert read_vocabulary(codes).codes == shipped.codes
    assert load_vocabulary_of(catalog.load("family_declaration", root=tmp_path)).file == codes
    assert run("form", "check", str(tmp_path)).exit_code == 0


def test_meanings_of_what_is_not_printed_are_told_with_their_lines(tmp_path):
    codes = start_declaration(tmp_path)
    text = replaced(codes.read_text("utf-8"), "D3 = ", "D33 = ")
    codes.write_text(replaced(text, 'orphan = "4"', 'orphan = "44"'), "utf-8")
    lines = codes.read_text("utf-8").splitlines()
    result = run("form", "check", str(tmp_path))
    assert result.exit_code == 1
    first, second, missed = result.stdout.splitlines()
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("B4"))
    assert first.startswith(f"{codes}:{at}: codes.B4.orphan: ")
    assert second.startswith(f"{codes}:{at + 2}: codes.D33: ")
    assert missed.startswith(f"{codes}:{lines.index('[codes]') + 1}: codes.D3: ")


def test_missing_and_broken_meanings_are_told(tmp_path):
    codes = start_declaration(tmp_path)
    codes.write_text("[codes]\nsex = 3\n", "utf-8")
    assert run("form", "check", str(tmp_path)).stdout.startswith(f"{codes}:2: codes.sex: ")
    codes.unlink()
    result = run("form", "check", str(tmp_path))
    assert (result.exit_code, result.stdout.startswith(f"{codes}: ")) == (1, True)


def test_a_frozen_form_tells_when_its_layout_moves(tmp_path):
    folder = write_edition(tmp_path, template=OWN_NUMBER)
    assert run("form", "freeze", "paper", "--forms", str(tmp_path)).exit_code == 0
    assert run("form", "check", str(folder)).exit_code == 0
    template = folder / "template.toml"
    template.write_text(replaced(OWN_NUMBER, "cells = [6]", "cells = [5]"))
    result = run("form", "check", str(folder))
    assert result.exit_code == 1 and "make a new edition" in result.stdout


def test_a_frozen_form_whose_layout_moved_is_neither_printed_nor_simulated(tmp_path):
    folder = write_edition(tmp_path, template=OWN_NUMBER)
    blank, scan = tmp_path / "blank.pdf", tmp_path / "scan.pdf"
    words = ("paper", "--forms", str(tmp_path), "-o")
    numbered = run("form", "print", *words, str(blank), "--copies", "1")
    assert numbered.exit_code == 0 and "blanki form freeze paper" in numbered.stderr
    assert run("form", "print", *words, str(blank)).stderr == ""
    run("form", "freeze", "paper", "--forms", str(tmp_path))
    assert run("form", "print", *words, str(blank), "--copies", "1").stderr == ""
    kept = (folder / "geometry.toml").read_text()
    first = re.search(r'"1/1" = "(\w+)"', kept)
    assert first is not None
    (folder / "geometry.toml").write_text(kept.replace(first[1], "0" * len(first[1])))
    blank.unlink()
    for command in (("form", "print", *words, str(blank)), ("simulate", *words, str(scan))):
        refused = run(*command)
        assert refused.exit_code == 1 and "make a new edition" in refused.stderr
    assert not blank.exists() and not scan.exists()


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


def test_one_form_is_documented_alone(tmp_path):
    write_edition(tmp_path / "forms", template=SOUND)
    write_edition(tmp_path / "forms", "act", template=replaced(SOUND, "number = 7", "number = 8"))
    words = ("--forms", str(tmp_path / "forms"), "-o", str(tmp_path / "docs"))
    result = run("form", "document", "act", *words)
    assert result.exit_code == 0
    assert [file.name for file in (tmp_path / "docs").glob("*.md")] == ["act-2020-02-01.md"]
    assert run("form", "document", "no_such_form", *words).exit_code == 2


def test_a_preview_hints_at_a_section_that_a_page_break_parts(tmp_path):
    stamps = "".join(
        f'[[sections.questions]]\nid = "m{n}"\nkind = "stamp"\nheight_mm = 60\nwidth_mm = 40\n'
        for n in range(3)
    )
    section = f'[[sections]]\nid = "B"\nlaw = "order-x"\n{stamps}\n[[sections]]\nid = "people"'
    template = replaced(OWN_NUMBER, '[[sections]]\nid = "people"', section)
    wording = replaced(LABELS, "[section]\n", '[section]\nB = "b"\n')
    wording = replaced(wording, "[field]\n", '[field]\nm0 = "m"\nm1 = "m"\nm2 = "m"\n')
    write_edition(tmp_path, template=template, ka=wording, en=wording)
    words = ("form", "preview", "paper", "--forms", str(tmp_path), "-o", str(tmp_path / "x.pdf"))
    assert "page 2 begins in the middle of section B: new_page = true" in run(*words).stderr
    run("form", "freeze", "paper", "--forms", str(tmp_path))
    assert run(*words).stderr == ""


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
