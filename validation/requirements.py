"""The catalogue of what the sources ask for: every requirement with its id and its article.

One file a source under `requirements/`, numbered in the order in which they are read. An
entry says what keeps it where no rule, value or setting names it: a row of the outcomes, a
form's structure, a step of the workflow; or that a person judges and the program records;
or which part of the program is still to be built.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from validation.errors import BrokenData
from validation.toml_data import DATA, read_toml

REQUIREMENTS = DATA / "requirements"
_KEYS = frozenset({"tag", "text", "law", "kept", "human", "open", "tests"})


class Tag(StrEnum):
    """What kind of sentence a requirement is."""

    HARD = "hard"
    """A mechanical rule."""
    HUMAN = "human"
    """A judgement of a person, which the program only records."""
    INFO = "info"
    GAP = "gap"
    """The source leaves it open."""
    STRUCK = "struck"
    """Struck out in the source, with its replacement beside it."""
    SETTING = "setting"
    """A contradiction between the sources, with a chosen way out."""
    UNTAGGED = "untagged"
    """Described by the source, neither a plain rule nor a judgement."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a source asks for."""

    id: str
    """`R003-7.4`, `T05`, `X-01`, `G03`."""
    tag: Tag
    text: str
    """A paraphrase; the article decides."""
    law: str
    """Citation; empty for a contradiction, whose setting names its sources."""
    kept: tuple[str, ...]
    """`outcome:CODE`, `form:FORM`, `step:NAME`, `letter:NAME`, `command:WORDS`."""
    human: str | None
    """What a person judges, and where the program keeps it."""
    open: str | None
    """The part of the program that is still to be built: `workflow`, `rating`, `municipal`."""
    tests: tuple[str, ...]
    """Test modules that show it, beside the cases of its rules."""


@cache
def load_requirements(folder: Path = REQUIREMENTS) -> Mapping[str, Requirement]:
    """Every requirement by its id, in the order of the sources; a fault names its file and id."""
    found: dict[str, Requirement] = {}
    for file in sorted(folder.glob("*.toml")):
        for id_, entry in read_toml(file).items():
            if id_ in found:
                raise BrokenData(file, id_, "stands in another file as well")
            found[id_] = _build(file, id_, entry)
    return found


def _build(file: Path, id_: str, entry: Any) -> Requirement:
    try:
        if set(entry) - _KEYS:
            raise ValueError(f"no such key: {sorted(set(entry) - _KEYS)}")
        return Requirement(
            id=id_,
            tag=Tag(entry["tag"]),
            text=entry["text"],
            law=entry.get("law", ""),
            kept=tuple(entry.get("kept", ())),
            human=entry.get("human"),
            open=entry.get("open"),
            tests=tuple(entry.get("tests", ())),
        )
    except (KeyError, ValueError, TypeError) as fault:
        raise BrokenData(file, id_, str(fault)) from fault
