"""What the printed codes of an edition mean to the rules; data, one file an edition.

Rules speak of "yes" and "orphan"; which code an edition prints for them stands in
`editions/<form>/<edition>.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from form_templates.model import TemplateKey
from validation.errors import BrokenData, UnknownMeaning
from validation.toml_data import DATA, read_toml

EDITIONS = DATA / "editions"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of one edition's codes."""

    file: Path
    codes: Mapping[str, Mapping[str, str]]
    """Question -> meaning -> printed code."""

    def name_code(self, question: str, code: str) -> str:
        """The meaning of a code; a code that no rule needs keeps its own name."""
        for meaning, printed in self.name_meanings(question).items():
            if printed == code:
                return meaning
        return code

    def name_meanings(self, question: str) -> Mapping[str, str]:
        """The named codes of a question; a fault where nobody named any."""
        if question not in self.codes:
            raise UnknownMeaning(self.file, f"codes.{question}")
        return self.codes[question]


@cache
def load_vocabulary(key: TemplateKey, root: Path = EDITIONS) -> Vocabulary:
    """The names of an edition's codes; none for a form that no rule speaks of."""
    file = root / key.form / f"{key.edition.isoformat()}.toml"
    if not file.exists():
        return Vocabulary(file, {})
    data = read_toml(file)
    codes = data.get("codes")
    if set(data) != {"codes"} or not isinstance(codes, dict):
        raise BrokenData(file, "codes", "tables codes.<question> and nothing else")
    for question, meanings in codes.items():
        printed = list(meanings.values())
        if not all(isinstance(code, str) for code in printed) or len(set(printed)) < len(printed):
            raise BrokenData(file, f"codes.{question}", "meaning = code, each code once")
    return Vocabulary(file, codes)
