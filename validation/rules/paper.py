"""A paper as the rules see it: its answers, its tables, the law of its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from form_templates.specification import Template
from validation.known import NOTHING_KNOWN, Known
from validation.parameters import Law, LegalValue
from validation.record import Record
from validation.rows import RowUse
from validation.rules.parts import Part, Row, Table
from validation.vocabulary import Vocabulary, load_vocabulary_of

MEMBERS = "members"
"""Table that holds a row for each member of a family."""


@dataclass(frozen=True, slots=True)
class Member(Row):
    """One member of the family: a row in use."""

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
    day_field: str | None
    """The question whose date is the day of the paper."""
    members: tuple[Member, ...]
    """Rows in use, in the order of the paper."""
    uses: Mapping[int, RowUse]
    """Row of the members' table -> whether it is in use; scanned rows only."""
    tables: Mapping[str, Table]
    """Every table of the form, that of the members too."""
    law: Law
    law_day: date
    today: date
    known: Known
    """What is known beside the paper."""

    def legal_number(self, name: str) -> Decimal | None:
        """A number of the law on the day of the paper; None where none holds."""
        value = self.legal_value(name)
        return value.number if value else None

    def legal_value(self, name: str) -> LegalValue | None:
        """A number of the law with its article, on the day of the paper; None where none holds."""
        return self.law.value_on(name, self.law_day)

    @property
    def unknown_rows(self) -> frozenset[int]:
        """Rows of members that may or may not be in use."""
        return frozenset(row for row, use in self.uses.items() if use is RowUse.UNKNOWN)

    @property
    def is_memberless(self) -> bool:
        """Whether the table of members was scanned and surely names nobody."""
        return self.table(MEMBERS).is_unused

    def table(self, group: str) -> Table:
        """A table of the form; an empty one where the edition has none."""
        return self.tables.get(group, Table((), {}))

    def list_questions(self, prefix: str) -> Iterator[str]:
        """The questions whose ids begin alike: `D4_`."""
        return (question for question in self.questions if question.startswith(prefix))


def open_paper(
    template: Template, record: Record, law: Law, today: date, known: Known = NOTHING_KNOWN
) -> Paper:
    """A record ready for the rules."""
    vocabulary = load_vocabulary_of(template)
    written = record.answers.values.get(template.day_field) if template.day_field else None
    filled = written if isinstance(written, date) and written <= today else None
    rows = record.rows.get(MEMBERS, {})
    return Paper(
        answers=record.answers,
        vocabulary=vocabulary,
        form=template.key.form,
        edition=template.key.edition,
        questions=tuple(question.id for _, question in template.questions()),
        day_field=template.day_field,
        members=tuple(
            Member(rows[row], vocabulary, row, filled, filled or today) for row in sorted(rows)
        ),
        uses=record.uses.get(MEMBERS, {}),
        tables=_open_tables(record, vocabulary),
        law=law,
        law_day=filled or today,
        today=today,
        known=known,
    )


def _open_tables(record: Record, vocabulary: Vocabulary) -> Mapping[str, Table]:
    """Each table with its rows in use, in the order of the paper."""
    return {
        group: Table(
            tuple(Row(answers, vocabulary, row) for row, answers in sorted(rows.items())),
            record.uses[group],
        )
        for group, rows in record.rows.items()
    }


def count_years(born: date, day: date) -> int:
    """Completed years between two days; nought in the first year of life."""
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - before_birthday
