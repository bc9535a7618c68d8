"""A paper as the rules see it: settled answers by their meaning.

An answer that is unread or in doubt is None here and empty nowhere, so that no
rule fires on what nobody has read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from form_templates.specification import Template
from validation.parameters import Law
from validation.record import Answers, Record
from validation.rows import RowUse
from validation.vocabulary import Vocabulary, load_vocabulary

MEMBERS = "members"
"""Table that holds a row for each member of a family."""


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
        counts = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return Decimal(value) if counts else None  # type: ignore[arg-type]

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

    def has_some(self, question: str) -> bool:
        """Whether an amount above zero was read."""
        number = self.number(question)
        return number is not None and number > 0

    def has_none(self, question: str) -> bool:
        """Whether the amount is known to be zero or left blank."""
        return self.is_empty(question) or self.number(question) == 0


@dataclass(frozen=True, slots=True)
class Member(Part):
    """One member of the family: a row in use."""

    row: int
    filled: date | None
    """Day of filling; None where unread or impossible."""
    latest: date
    """No later day makes sense: that of filling, else that of checking."""

    @property
    def born(self) -> date | None:
        """The birth date; None where unread or still to come."""
        born = self.day("birth_date")
        return None if born is None or born > self.latest else born

    @property
    def written_age(self) -> int | None:
        """The age that the agent wrote."""
        number = self.number("age")
        return None if number is None else int(number)

    @property
    def counted_age(self) -> int | None:
        """Completed years on the day of filling, from the birth date."""
        if self.born is None or self.filled is None:
            return None
        return count_years(self.born, self.filled)

    def is_under(self, years: Decimal | None) -> bool | None:
        """Whether the member is younger; None where unread or where the ages contradict."""
        ages = [age for age in (self.written_age, self.counted_age) if age is not None]
        answers = {age < years for age in ages} if years is not None else set()
        return answers.pop() if len(answers) == 1 else None


@dataclass(frozen=True, slots=True)
class Paper(Part):
    """One document with its members, the law of its day and the day of checking."""

    form: str
    edition: date
    """From when on the form is used."""
    questions: tuple[str, ...]
    """All questions of the form, in print order."""
    members: tuple[Member, ...]
    """Rows in use, in the order of the paper."""
    uses: Mapping[int, RowUse]
    """Row of the members' table -> whether it is in use; scanned rows only."""
    law: Law
    law_day: date
    today: date

    def legal_number(self, name: str) -> Decimal | None:
        """A number of the law on the day of the paper; None where none holds."""
        value = self.law.value_on(name, self.law_day)
        return value.number if value else None

    @property
    def unknown_rows(self) -> frozenset[int]:
        """Rows of members that may or may not be in use."""
        return frozenset(row for row, use in self.uses.items() if use is RowUse.UNKNOWN)

    @property
    def is_memberless(self) -> bool:
        """Whether the table of members was scanned and surely names nobody."""
        return bool(self.uses) and set(self.uses.values()) == {RowUse.UNUSED}

    def list_questions(self, prefix: str) -> Iterator[str]:
        """The questions whose ids begin alike: `D4_`."""
        return (question for question in self.questions if question.startswith(prefix))


def open_paper(template: Template, record: Record, law: Law, today: date) -> Paper:
    """A record ready for the rules."""
    vocabulary = load_vocabulary(template.key)
    written = record.answers.values.get(template.day_field) if template.day_field else None
    filled = written if isinstance(written, date) and written <= today else None
    rows = record.rows.get(MEMBERS, {})
    return Paper(
        answers=record.answers,
        vocabulary=vocabulary,
        form=template.key.form,
        edition=template.key.edition,
        questions=tuple(question.id for _, question in template.questions()),
        members=tuple(
            Member(rows[row], vocabulary, row, filled, filled or today) for row in sorted(rows)
        ),
        uses=record.uses.get(MEMBERS, {}),
        law=law,
        law_day=filled or today,
        today=today,
    )


def count_years(born: date, day: date) -> int:
    """Completed years between two days; nought in the first year of life."""
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - before_birthday
