"""Puts checked values into the wording of a letter: everything the layout needs, as words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.letters.loading import DAY, find_placeholders
from workflow.letters.model import Letter, ValueKind, ValueSpec, Wording
from workflow.letters.words import NOMINATIVE, load_words

_NO_BREAK = "\u00a0"
_LONE_NUMBER = re.compile(r" (?=\d)")
"""A number goes with the word before it: a street with its house, an article with its paragraph."""
_GROUPED_FROM = 10_000
"""Smaller numbers are read at a glance as they are."""


@dataclass(frozen=True, slots=True)
class _SpokenDay:
    """A day inside a sentence; the format after the colon is its grammatical case."""

    day: date

    def __format__(self, case: str) -> str:
        words = load_words()
        month = words.months[case or NOMINATIVE][self.day.month - 1]
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
        if spoken.keys() >= {name for name, _ in find_placeholders(text)}:
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
