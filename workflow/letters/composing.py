"""Puts checked values into the wording of a letter: everything the layout needs, as words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from form_templates.toml_table import TomlTable, read_toml
from workflow.letters.loading import DAY, LANGUAGE, find_placeholders
from workflow.letters.model import Letter, ValueKind, ValueSpec, Wording

_NO_BREAK = "\u00a0"
_LONE_NUMBER = re.compile(r" (?=\d)")
"""A number goes with the word before it: a street with its house, an article with its paragraph."""
_GROUPED_FROM = 10_000
"""Smaller numbers are read at a glance as they are."""


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
    return Words(
        words={name: words.take_text(name) for name in tuple(words.values)},
        months={case: months.take_texts(case) for case in tuple(months.values)},
        long_day=table.take_text("long_day"),
    )


@dataclass(frozen=True, slots=True)
class _SpokenDay:
    """A day inside a sentence; the format after the colon is its grammatical case."""

    day: date

    def __format__(self, case: str) -> str:
        words = load_words()
        month = words.months[case or "nominative"][self.day.month - 1]
        return words.long_day.format(day=self.day.day, month=month, year=self.day.year)


def compose(letter: Letter, values: Mapping[str, object], note: str) -> dict[str, object]:
    """All that the layout reads; a sentence about a value that was not given is left out."""
    wording, day = letter.wording, values[DAY]
    assert isinstance(day, date), "checked before"
    return {
        "title": wording.title,
        "act": wording.act,
        "note": note,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "word": load_words().words,
        "label": wording.labels,
        "column": wording.columns,
        "text": dict(_fill_texts(letter, values)),
        "value": {spec.id: _show(spec, values, wording) for spec in letter.values},
    }


def _fill_texts(letter: Letter, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The sentences with their values in place."""
    spoken = {
        spec.id: _speak(spec, values, letter.wording)
        for spec in letter.values
        if spec.is_scalar and spec.id in values
    }
    for key, text in letter.wording.texts.items():
        if spoken.keys() >= set(find_placeholders(text)):
            yield key, text.format_map(spoken)


def _speak(spec: ValueSpec, values: Mapping[str, object], wording: Wording) -> object:
    """A value as it stands in a sentence."""
    value = values[spec.id]
    return _SpokenDay(value) if isinstance(value, date) else _show(spec, values, wording)


def _show(spec: ValueSpec, values: Mapping[str, object], wording: Wording) -> object:
    """A value as it stands in a table or behind a label; None where there is none."""
    value = values.get(spec.id)
    match value:
        case None | bool():
            return value
        case date():
            return f"{value:%d.%m.%Y}"
        case int():
            return _group(f"{value:,}" if value >= _GROUPED_FROM else str(value))
        case Decimal():
            return _group(f"{value:,.2f}".replace(".", "·")).replace("·", ",")
        case tuple() if spec.kind is ValueKind.TABLE:
            return [{c.id: _show(c, row, wording) for c in spec.columns} for row in value]
        case tuple():
            return "; ".join(wording.choices[spec.id][choice] for choice in value)
    return _LONE_NUMBER.sub(_NO_BREAK, str(value))


def _group(number: str) -> str:
    """Thousands apart, on one line."""
    return number.replace(",", _NO_BREAK)
