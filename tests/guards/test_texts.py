import re
from pathlib import Path

import pytest

from tests.guards.sources import find_product_files, find_project_files, name_in_project

GEORGIAN = re.compile("[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]")

# Written so that no pattern matches its own text: this file is looked at too.
REGISTRY_HOST = re.compile(
    rb"(?i)\b(?:pypi\.(?:org|io)|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|crates\.io"
    rb"|(?:deb|ftp|security|snapshot)\.debian\.org|golang\.org|maven\.org|rubygems\.org"
    rb"|anaconda\.(?:org|com)|pkg\.dev|huggingface\.co)\b"
)
MACHINE_PATH = re.compile(rb"(?<![\w.~$}/-])/(?:home|root|Users|work)/[\w.]|[.]pyenv\b")


def find_offences(pattern: re.Pattern[bytes], content: bytes) -> list[str]:
    return [
        f"line {1 + content.count(bytes([10]), 0, match.start())}: {match.group().decode()}"
        for match in pattern.finditer(content)
    ]


def find_offending_files(pattern: re.Pattern[bytes]) -> dict[str, list[str]]:
    offences = {
        name_in_project(path): find_offences(pattern, path.read_bytes())
        for path in find_project_files()
    }
    return {name: found for name, found in offences.items() if found}


@pytest.mark.parametrize("path", find_product_files(".py", ".html"), ids=name_in_project)
def test_georgian_wording_is_data_not_code(path: Path) -> None:
    assert GEORGIAN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("letter", ["\u10d0", "\u10f0", "\u1c90", "\u10a0", "\u2d00"])
def test_every_georgian_alphabet_counts_as_georgian(letter: str) -> None:
    assert GEORGIAN.search(letter)


def test_no_file_names_the_host_of_a_registry() -> None:
    assert find_offending_files(REGISTRY_HOST) == {}


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert find_offending_files(MACHINE_PATH) == {}


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (REGISTRY_HOST, ("https://PyPI", ".org/simple")),
        (REGISTRY_HOST, ("https://files.pythonhosted", ".org")),
        (REGISTRY_HOST, ("deb http://deb", ".debian.org/debian")),
        (REGISTRY_HOST, ("registry.npmjs", ".org")),
        (MACHINE_PATH, ('open("/home', '/ana/scan.pdf")')),
        (MACHINE_PATH, ("cd /root", "/project")),
        (MACHINE_PATH, ("~/.py", "env/shims")),
    ],
)
def test_an_offence_is_seen_with_its_line(
    pattern: re.Pattern[bytes], parts: tuple[str, str]
) -> None:
    content = ("first line\n" + "".join(parts)).encode()
    assert [place.split(":")[0] for place in find_offences(pattern, content)] == ["line 2"]


@pytest.mark.parametrize("text", ["tests/work/a", "$project/root/b", "./home/c", "docs/Users/d"])
def test_a_path_inside_the_project_is_no_offence(text: str) -> None:
    assert find_offences(MACHINE_PATH, text.encode()) == []
