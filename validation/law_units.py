"""What the numbers of the law are counted in, in the words of each language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from validation.errors import BrokenData
from validation.law_entries import About
from validation.toml_data import DATA, read_toml

UNITS = DATA / "law_units.toml"


@cache
def load_units(file: Path = UNITS) -> Mapping[str, About]:
    """Every unit with its words; a fault names the unit that lacks some."""
    units = {}
    for name, words in read_toml(file).items():
        if not isinstance(words, dict) or not {"en", "ka"} <= words.keys():
            raise BrokenData(file, name, "words in en and ka")
        units[name] = About(words["en"], words["ka"])
    return units
