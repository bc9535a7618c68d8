"""What the files of the law hold under a name, and what it is; the command line asks too.

Hence nothing here needs Flask.
"""

from collections.abc import Mapping

from validation.law_entries import About, LegalCodes, LegalValue, Scale
from validation.parameters import Law

Entry = LegalValue | LegalCodes | Scale
SETTINGS = "settings/"
"""Folder that stands before the name of a setting."""


def gather_entries(law: Law) -> Mapping[str, tuple[Entry, ...]]:
    """Every value, list and scale with its history, oldest first."""
    return {**law.values, **law.lists, **law.scales}


def describe(name: str, law: Law, language: str) -> str:
    """What something of the law is, in a sentence; its name where nobody has said."""
    return choose_words(law.about[name], language) or name


def choose_words(words: About, language: str) -> str:
    """The sentence in the reader's language."""
    return words.ka if language == "ka" else words.en
