"""What findings say to people, in each language.

The texts stand in `texts/<topic>.<language>.toml`, those of a module of rules in the
file of its name. A rule that has no English text says its docstring.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from validation.errors import MissingWording
from validation.findings import Finding, Parameter
from validation.rules.catalog import list_all_rules
from validation.toml_data import DATA, read_toml

LANGUAGES = ("en", "ka")
WORDING = DATA / "texts"
_TABLES = ("text", "word", "scan")
_NAMED = re.compile(r"\{(\w+)\}")

Spell = Callable[[str, str], str]
"""How a value without a word is written: its parameter and itself; "" leaves it out."""


def keep_raw(_parameter: str, value: str) -> str:
    """The value itself, as other programs read it: ids of fields, days as YYYY-MM-DD."""
    return value


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of all findings in one language."""

    folder: Path
    texts: Mapping[str, str]
    words: Mapping[str, str]
    """What single values are called: `agent`, `low_resolution`."""
    scans: Mapping[str, str]
    """What is said of scans, and what to do about them."""

    def spell_out(
        self, parameters: Mapping[str, Parameter], spell: Spell = keep_raw
    ) -> dict[str, str]:
        """The parameters in words of the language; what has no word as `spell` writes it."""
        spelled = {}
        for name, value in parameters.items():
            parts = (value,) if isinstance(value, str) else value
            spelled[name] = ", ".join(self.words.get(part) or spell(name, part) for part in parts)
        return spelled


def write_message(finding: Finding, language: str = "en", spell: Spell = keep_raw) -> str:
    """What a finding says to a reader of a language; a page says how ids and days are spelled.

    A value that is spelled as nothing is left out, with the brackets that it stands in.
    """
    wording = load_wording(language)
    text = wording.texts.get(finding.code) or _find_stated().get(finding.code)
    if text is None:
        raise MissingWording(wording.folder, finding.code, f"no text in {language}")
    told = wording.spell_out({"field": finding.field or "", **finding.parameters}, spell)
    try:
        return _leave_out_empty(text, told).format(**told)
    except KeyError as fault:
        raise MissingWording(wording.folder, finding.code, f"{fault} is not there") from fault


def _leave_out_empty(text: str, told: Mapping[str, str]) -> str:
    """The text without the brackets around what is not there: ` (since: {day})`.

    A finding that was kept long ago does not tell all that one of today tells.
    """
    for name in _NAMED.findall(text):
        if not told.get(name):
            text = re.sub(rf"\s*\([^()]*\{{{name}\}}[^()]*\)", "", text)
    return text


def describe_finding(finding: Finding, language: str = "en") -> dict[str, str | None]:
    """A finding as other programs read it (contract of `read`, version 1)."""
    return {
        "code": finding.code,
        "field": finding.field,
        "severity": finding.severity.value,
        "law": finding.law,
        "message": write_message(finding, language),
    }


@cache
def load_wording(language: str, folder: Path = WORDING) -> Wording:
    """The texts of one language; a fault names the file that is wrong or the table that lacks."""
    tables: dict[str, dict[str, str]] = {table: {} for table in _TABLES}
    for file in sorted(folder.glob(f"*.{language}.toml")):
        for table, texts in read_toml(file).items():
            _take_texts(tables, table, texts, file)
    if not tables["text"]:
        raise MissingWording(folder, language, "no texts of this language")
    return Wording(folder, tables["text"], tables["word"], tables["scan"])


def _take_texts(
    tables: Mapping[str, dict[str, str]], table: str, texts: object, file: Path
) -> None:
    """Add one table of one file; a code stands in one place only."""
    if table not in tables or not isinstance(texts, dict):
        raise MissingWording(file, table, f"tables are {', '.join(_TABLES)}")
    for code, text in texts.items():
        if not isinstance(text, str) or code in tables[table]:
            raise MissingWording(file, f"{table}.{code}", "one text, in one place")
        tables[table][code] = text


@cache
def _find_stated() -> Mapping[str, str]:
    """Rule -> what it states of a paper that keeps it."""
    return {rule.code: rule.statement for rule in list_all_rules()}
