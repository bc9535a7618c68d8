import tomllib
from pathlib import Path

import pytest

from form_templates import catalog
from form_templates.errors import WrongValue
from form_templates.toml_lines import find_line, locate_fault, read_lines

TEXT = '''\
number = 1 # id = "not a key"
paths = [
  "[[sections]]",
  "id = 5",
]

[default_rows]
members = 2

[[sections]]
id = "A"

[[sections.questions]]
kind = """
id = "inside words"
"""
id = "A1"
[[sections.questions]]
kind = "text"

[[sections]]
rows = 2
[[sections.questions]]
id = "B1"

[[pages]]
anchors = [{ kind = "dot" }]
[pages.size]
width.mm = 3
'''


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("number", "number = 1"),
        ("paths", "paths = ["),
        ("default_rows", "[default_rows]"),
        ("default_rows.members", "members = 2"),
        ("A.id", 'id = "A"'),
        ("A.A1.kind", 'kind = """'),
        ("A.A1.id", 'id = "A1"'),
        ("A.questions[2].kind", 'kind = "text"'),
        ("sections[2].rows", "rows = 2"),
        ("sections[2].B1.id", 'id = "B1"'),
        ("pages[1].anchors", "anchors ="),
        ("pages[1].size.width.mm", "width.mm"),
    ],
)
def test_each_key_has_its_line(key: str, start: str) -> None:
    assert TEXT.splitlines()[read_lines(TEXT)[key] - 1].startswith(start)


def test_an_absent_key_is_looked_for_where_it_belongs(tmp_path: Path) -> None:
    file = tmp_path / "form.toml"
    file.write_text(TEXT, encoding="utf-8")
    lines = TEXT.splitlines()
    assert lines[find_line(file, "A.A1.cells") - 1] == "[[sections.questions]]"
    assert lines[find_line(file, "default_rows.animals") - 1] == "[default_rows]"
    assert find_line(file, "law") == 1


def test_a_file_that_is_not_toml_has_no_lines() -> None:
    assert read_lines("number = [") == {}


def test_windows_line_ends_count_as_one(tmp_path: Path) -> None:
    file = tmp_path / "form.toml"
    file.write_bytes(b'one = 1\r\ntwo = """a\r\nb"""\r\nthree = 3\r\n')
    assert find_line(file, "three") == 4


def test_a_fault_keeps_a_line_that_it_has(tmp_path: Path) -> None:
    file = tmp_path / "form.toml"
    file.write_text(TEXT, encoding="utf-8")
    fault = WrongValue(file, "number", line=9)
    locate_fault(fault)
    assert fault.line == 9


@pytest.mark.parametrize("file", sorted(catalog.ROOT.glob("*/*/*.toml")), ids=lambda f: f.parts[-3])
def test_every_key_of_every_form_stands_in_the_line_that_is_named(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    for key, line in read_lines(text).items():
        source = lines[line - 1]
        name = key.rpartition(".")[2]
        assert source.lstrip('"').startswith(name) or source.startswith("["), (key, line)
    assert len(read_lines(text)) >= len(tomllib.loads(text))
