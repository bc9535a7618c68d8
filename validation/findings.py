"""What is wrong, doubtful or worth knowing, as codes; the wording stands in data."""

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from validation.disposition import Disposition, Severity
from validation.errors import MissingWording
from validation.toml_data import DATA, read_toml

Parameter = str | tuple[str, ...]

LANGUAGES = ("en", "ka")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with the article behind it and what follows from it."""

    code: str
    field: str | None
    """Id of the field it is about; None where it is about a page or the whole."""
    severity: Severity
    law: str
    consequence: Disposition
    parameters: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)
    """What the wording names: values, other fields, who did not sign."""
    assumed: bool = False
    """The sources leave the point open; the consequence is our reading."""


def write_message(finding: Finding, language: str = "en") -> str:
    """What a finding says to a reader of a language."""
    wording = load_wording(language)
    try:
        text = wording.texts[finding.code]
        return text.format(field=finding.field or "", **wording.spell_out(finding.parameters))
    except KeyError as fault:
        raise MissingWording(wording.file, finding.code, f"{fault} is not there") from fault


@dataclasses.dataclass(frozen=True, slots=True)
class Wording:
    """The texts of all findings in one language."""

    file: Path
    texts: Mapping[str, str]
    words: Mapping[str, str]
    """What single values are called: `agent`, `low_resolution`."""

    def spell_out(self, parameters: Mapping[str, Parameter]) -> dict[str, str]:
        """The parameters in words of the language; what has no word stays as it is."""
        spelled = {}
        for name, value in parameters.items():
            parts = (value,) if isinstance(value, str) else value
            spelled[name] = ", ".join(self.words.get(part, part) for part in parts)
        return spelled


@cache
def load_wording(language: str, folder: Path = DATA) -> Wording:
    """The texts of one language; a fault names the file that lacks them."""
    file = folder / f"messages.{language}.toml"
    data = read_toml(file)
    for table in ("text", "word"):
        if not all(isinstance(v, str) for v in data.get(table, {0: 0}).values()):
            raise MissingWording(file, table, "a table of texts")
    return Wording(file, data["text"], data["word"])


def describe_finding(finding: Finding, language: str = "en") -> dict[str, str | None]:
    """A finding as other programs read it (contract of `read`, version 1)."""
    return {
        "code": finding.code,
        "field": finding.field,
        "severity": finding.severity.value,
        "law": finding.law,
        "message": write_message(finding, language),
    }
