"""Which tests show what the law asks for, where the project's tests are at hand."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from validation.coverage import Coverage, Means
from validation.deadline_table import load_deadlines
from validation.parameters import Law
from web.law.entries import gather_entries

_PROJECT = Path(__file__).parents[2]
_TESTS = _PROJECT / "tests"
_CODE = ("validation", "workflow", "web")
_CASES = _TESTS / "law"


def list_tests(covered: Coverage, cases: Mapping[str, int], texts: Mapping[str, str]) -> list[str]:
    """What shows that a requirement is kept: cases of its rules, and test modules."""
    found = dict.fromkeys(covered.requirement.tests)
    for keeping in covered.kept_by:
        if keeping.means is Means.RULE and cases.get(keeping.name):
            found[f"{cases[keeping.name]} cases of {keeping.name}"] = None
        elif keeping.means in (Means.PARAMETER, Means.SETTING, Means.OUTCOME):
            found |= dict.fromkeys(_list_naming(keeping.name, texts))
    return list(found)


def count_cases(folder: Path = _CASES) -> Mapping[str, int]:
    """Rule -> law cases that name it; none where the tests are not at hand."""
    counted: Counter[str] = Counter()
    for file in sorted(folder.glob("*.toml")):
        cases = tomllib.loads(file.read_text(encoding="utf-8")).get("case", ())
        counted.update(case["rule"] for case in cases if "rule" in case)
    return counted


def read_tests(folder: Path = _TESTS) -> Mapping[str, str]:
    """Test module or data of tests -> its text; none where the tests are not at hand."""
    files = (file for kind in ("*.py", "*.toml") for file in sorted(folder.rglob(kind)))
    return {str(f.relative_to(folder.parent)): f.read_text(encoding="utf-8") for f in files}


def list_unread(law: Law) -> tuple[str, ...]:
    """Numbers, lists and scales that no part of the program asks for yet."""
    files = (file for package in _CODE for file in sorted((_PROJECT / package).rglob("*.py")))
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    counted = {deadline.value for deadline in load_deadlines().values()}
    return tuple(n for n in gather_entries(law) if n not in counted and not _is_named(n, code))


def _is_named(name: str, code: str) -> bool:
    """Whether code asks for an entry: by its name, or by its folder and a name made up there."""
    folder = name.rpartition("/")[0]
    return any(f'"{asked}' in code for asked in (f'{name}"', f"{folder}/{{", f'{folder}/"'))


def _list_naming(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The tests that speak of a value by its name, with or without its folder."""
    short = name.rpartition("/")[2]
    for file, text in texts.items():
        if f'"{name}"' in text or f'"{short}"' in text:
            yield file
