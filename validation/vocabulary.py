"""What the printed codes of an edition mean to the rules; data, one file an edition.

Rules speak of "yes" and "orphan"; which code an edition prints for them stands in
`editions/<form>/<edition>.toml`, or in `codes.toml` beside the template of an edition
that is tried in a folder of one's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from form_templates.catalog import ROOT
from form_templates.model import TemplateKey
from form_templates.specification import Template
from validation.errors import BrokenData, UnknownMeaning
from validation.toml_data import DATA, read_toml

EDITIONS = DATA / "editions"
OWN_CODES = "codes.toml"
NOT_PRINTED = ""
"""Stands for the code of a meaning that an edition has none for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of one edition's codes."""

    file: Path
    codes: Mapping[str, Mapping[str, str]]
    """Question -> meaning -> printed code, or NOT_PRINTED."""
    names: Mapping[str, Mapping[str, str]] = field(init=False, compare=False, repr=False)
    """Question -> printed code -> meaning: the same the other way round."""

    def __post_init__(self) -> None:
        names = {
            question: {code: name for name, code in meanings.items() if code != NOT_PRINTED}
            for question, meanings in self.codes.items()
        }
        object.__setattr__(self, "names", names)

    def name_code(self, question: str, code: str) -> str:
        """The meaning of a code; a code that no rule needs keeps its own name."""
        if question not in self.names:
            raise UnknownMeaning(self.file, f"codes.{question}")
        return self.names[question].get(code, code)

    def name_meanings(self, question: str) -> Mapping[str, str]:
        """The named codes of a question; a fault where nobody named any."""
        if question not in self.codes:
            raise UnknownMeaning(self.file, f"codes.{question}")
        return self.codes[question]


def load_vocabulary(key: TemplateKey, root: Path = EDITIONS) -> Vocabulary:
    """The names of a shipped edition's codes; none for a form that no rule speaks of."""
    return _load_file(_name_kept(key, root))


def load_vocabulary_of(template: Template) -> Vocabulary:
    """The names of the codes of an edition, wherever its folder is."""
    kept = _name_kept(template.key, EDITIONS)
    return _load_file(find_codes(template.key, template.folder) if template.folder else kept)


def find_codes(key: TemplateKey, folder: Path) -> Path:
    """The codes that count for an edition: a copy of a shipped one needs none of its own."""
    file = place_codes(key, folder)
    return file if file.exists() else _name_kept(key, EDITIONS)


@cache
def place_codes(key: TemplateKey, folder: Path) -> Path:
    """Where the codes of an edition belong: here if it ships, else beside its template."""
    ships = folder.resolve().parent.parent == ROOT.resolve()
    return _name_kept(key, EDITIONS) if ships else folder / OWN_CODES


def _name_kept(key: TemplateKey, root: Path) -> Path:
    return root / key.form / f"{key.edition.isoformat()}.toml"


@cache
def _load_file(file: Path) -> Vocabulary:
    return read_vocabulary(file)


def read_vocabulary(file: Path) -> Vocabulary:
    """The names in one file; none where there is no such file."""
    if not file.exists():
        return Vocabulary(file, {})
    data = read_toml(file)
    codes = data.get("codes")
    if set(data) != {"codes"} or not isinstance(codes, dict):
        raise BrokenData(file, "codes", "tables codes.<question> and nothing else")
    for question, meanings in codes.items():
        if not _is_sound(meanings):
            raise BrokenData(
                file, f"codes.{question}", 'meaning = code, each code once, "" for none'
            )
    return Vocabulary(file, codes)


def _is_sound(meanings: object) -> bool:
    """Whether each meaning has a code of its own, or none."""
    codes = meanings.values() if isinstance(meanings, dict) else [None]
    printed = [code for code in codes if code != NOT_PRINTED]
    return all(isinstance(code, str) for code in printed) and len(set(printed)) == len(printed)
