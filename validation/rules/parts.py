"""Answers as the rules see them: settled ones, by their meaning.

An answer that is unread or in doubt is None here and empty nowhere, so that no
rule fires on what nobody has read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from validation.record import Answers
from validation.rows import RowUse
from validation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of a paper outside tables, or of one row."""

    answers: Answers
    vocabulary: Vocabulary

    def field(self, question: str) -> str:
        """The id of the field that answers a question here."""
        return self.answers.field(question)

    def text(self, question: str) -> str | None:
        """Written characters, or None where unread or empty."""
        value = self.answers.values.get(question)
        return value if isinstance(value, str) else None

    def number(self, question: str) -> Decimal | None:
        """A count, measure or amount, or None where unread or empty."""
        value = self.answers.values.get(question)
        if value is None or isinstance(value, bool):
            return None
        if isinstance(value, Decimal):
            return value
        return Decimal(value) if isinstance(value, int) else None

    def day(self, question: str) -> date | None:
        """A date, or None where unread or empty."""
        value = self.answers.values.get(question)
        return value if isinstance(value, date) else None

    def clock(self, question: str) -> time | None:
        """A time of day, or None where unread or empty."""
        value = self.answers.values.get(question)
        return value if isinstance(value, time) else None

    def meaning(self, question: str) -> str | None:
        """What the one marked code means, or None where unread or empty."""
        value = self.answers.values.get(question)
        return self.vocabulary.name_code(question, value) if isinstance(value, str) else None

    def meanings(self, question: str) -> frozenset[str] | None:
        """What all marked codes mean; none where left blank, None where unread."""
        if self.is_empty(question):
            return frozenset()
        value = self.answers.values.get(question)
        if not isinstance(value, tuple):
            return None
        return frozenset(self.vocabulary.name_code(question, code) for code in value)

    def is_empty(self, question: str) -> bool:
        """Whether the question was seen and not answered."""
        return question in self.answers.empty

    def is_answered(self, question: str) -> bool:
        """Whether the question has a settled answer, whatever it says."""
        return question in self.answers.values

    def list_empty(self, questions: Iterable[str]) -> Iterator[str]:
        """The fields of those questions that were seen and not answered."""
        return (self.field(question) for question in questions if self.is_empty(question))

    def has_some(self, question: str) -> bool:
        """Whether an amount above zero was read."""
        number = self.number(question)
        return number is not None and number > 0

    def has_none(self, question: str) -> bool:
        """Whether the amount is known to be zero or left blank."""
        return self.is_empty(question) or self.number(question) == 0

    def list_days(self) -> Iterator[tuple[str, date]]:
        """Every date here with the id of its field."""
        for question, value in self.answers.values.items():
            if isinstance(value, date):
                yield self.field(question), value


@dataclass(frozen=True, slots=True)
class Row(Part):
    """A row of a table that is in use."""

    row: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form: what stands in it, and which rows may hold more."""

    rows: tuple[Row, ...]
    """Rows in use, in the order of the paper."""
    uses: Mapping[int, RowUse]
    """Row -> whether it is in use; scanned rows only."""

    @property
    def is_unused(self) -> bool:
        """Whether it was scanned and surely holds nothing."""
        return bool(self.uses) and set(self.uses.values()) == {RowUse.UNUSED}

    @property
    def is_doubtful(self) -> bool:
        """Whether a row may or may not be in use."""
        return RowUse.UNKNOWN in self.uses.values()

    def has_seen(self, wanted: int) -> bool:
        """Whether so many rows were scanned from the first on, none left out."""
        return set(range(1, wanted + 1)) <= self.uses.keys()

    def list_lacking(self, wanted: int) -> tuple[int, ...]:
        """The rows surely left blank although so many are wanted; none where in doubt."""
        if not self.has_seen(wanted):
            return ()
        blank = [row for row, use in sorted(self.uses.items()) if use is RowUse.UNUSED]
        spare = len(self.uses) - wanted
        return tuple(blank[: len(blank) - spare]) if spare < len(blank) else ()
