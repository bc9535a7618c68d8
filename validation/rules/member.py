"""One member of a family as the rules see them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from validation.record import Answers
from validation.rules.parts import Part, Row
from validation.vocabulary import Vocabulary

BORN = "birth_date"
"""Question that tells how old a member is."""


@dataclass(frozen=True, slots=True)
class Member(Row):
    """One member of the family: a row in use."""

    filled: date | None
    """Day of filling; None where unread or impossible."""
    latest: date
    """No later day makes sense: that of filling, else that of checking."""
    born: date | None
    """The birth date; None where unread or still to come."""
    written_age: int | None
    """The age that the agent wrote."""
    counted_age: int | None
    """Completed years on the day of filling, from the birth date."""

    @property
    def age(self) -> int | None:
        """Completed years; None where unread or where what was written contradicts the count."""
        told = {self.written_age, self.counted_age} - {None}
        return told.pop() if len(told) == 1 else None

    def is_under(self, years: Decimal | int | None) -> bool | None:
        """Whether the member is younger; None where unread or where the ages contradict."""
        one, other = self.written_age, self.counted_age
        one = other if one is None else one
        other = one if other is None else other
        if years is None or one is None or other is None:
            return None
        young = one < years
        return young if young is (other < years) else None


def open_member(
    answers: Answers, vocabulary: Vocabulary, row: int, filled: date | None, latest: date
) -> Member:
    """A row of the members' table with the ages that it tells."""
    part = Part(answers, vocabulary)
    born, age = part.day(BORN), part.number("age")
    if born is not None and born > latest:
        born = None
    written = None if age is None else int(age)
    counted = count_age(born, filled)
    return Member(answers, vocabulary, row, filled, latest, born, written, counted)


def count_age(born: date | None, day: date | None) -> int | None:
    """The age on a day in completed years; None where unread, or where the birth came later."""
    return None if born is None or day is None or born > day else count_years(born, day)


def count_years(born: date, day: date) -> int:
    """Completed years between two days; nought in the first year of life."""
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - before_birthday
