"""The wording that all letters share, and how a day is spoken in each grammatical case."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from form_templates.toml_table import TomlTable, read_toml
from workflow.letters.faults import BrokenLetter

LANGUAGE = "ka"
NOMINATIVE = "nominative"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Words:
    """The wording that all letters share."""

    words: Mapping[str, str]
    months: Mapping[str, tuple[str, ...]]
    """Grammatical case -> the twelve months."""
    long_day: str
    """How a day stands in a sentence: `{day}`, `{month}`, `{year}`."""


@cache
def load_words(folder: Path = Path(__file__).parent) -> Words:
    """The shared wording, checked; a fault names the file and the key."""
    file = folder / f"words.{LANGUAGE}.toml"
    table = TomlTable(file, "", read_toml(file))
    words, months = table.take_table("word"), table.take_table("month")
    loaded = Words(
        words={name: words.take_text(name) for name in tuple(words.values)},
        months={case: months.take_texts(case) for case in tuple(months.values)},
        long_day=table.take_text("long_day"),
    )
    _check_days(loaded, file)
    return loaded


def _check_days(words: Words, file: Path) -> None:
    """Every day of the year can be spoken."""
    for case in {NOMINATIVE, *words.months}:
        if len(words.months.get(case, ())) != _MONTHS:
            raise BrokenLetter(file, f"month.{case}", "wanted: the twelve months")
    try:
        words.long_day.format(day=1, month="", year=1)
    except (KeyError, ValueError, IndexError) as error:
        wanted = "wanted: {day}, {month} and {year}, each in its braces"
        raise BrokenLetter(file, "long_day", wanted) from error
