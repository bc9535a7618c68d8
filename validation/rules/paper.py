"""A paper as the rules see it: its answers, its tables, the law of its day."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from form_templates.specification import Template
from validation.deadlines import due_on, open_from
from validation.family import Family, derive_family
from validation.family_limits import read_limits
from validation.known import NOTHING_KNOWN, Known
from validation.member_facts import MemberFacts
from validation.parameters import Law, LegalValue
from validation.public_holidays import YearNotKnown
from validation.record import Record
from validation.rows import RowUse
from validation.rules.member import Member, count_age, count_years, open_member
from validation.rules.parts import Part, Row, Table
from validation.schemas import list_questions
from validation.vocabulary import Vocabulary, load_vocabulary_of

__all__ = ["MEMBERS", "Member", "Paper", "count_age", "count_years", "open_paper"]

MEMBERS = "members"
"""Table that holds a row for each member of a family."""


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
    family: Family
    """What follows from the answers about the members, on the day of the paper."""

    def legal_number(self, name: str) -> Decimal | None:
        """A number of the law on the day of the paper; None where none holds."""
        value = self.legal_value(name)
        return value.number if value else None

    def legal_value(self, name: str) -> LegalValue | None:
        """A number of the law with its article, on the day of the paper; None where none holds."""
        return self.law.value_on(name, self.law_day)

    def legal_codes(self, name: str) -> tuple[str, ...]:
        """A list of codes of the law on the day of the paper; empty where none holds."""
        listed = self.law.codes_on(name, self.law_day)
        return listed.codes if listed else ()

    def due_on(self, deadline: str, start: date | None) -> date | None:
        """The last day of a deadline; None without a start, without law, or where no year is."""
        with suppress(YearNotKnown):
            return None if start is None else due_on(deadline, start, self.law_day, self.law)
        return None

    def open_from(self, deadline: str, start: date | None) -> date | None:
        """The first day after a minimum or a bar; None as for a last day."""
        with suppress(YearNotKnown):
            return None if start is None else open_from(deadline, start, self.law_day, self.law)
        return None

    def choice(self, name: str) -> str:
        """How a contradiction of the sources is read on the day of the paper: the option's name."""
        return self.law.choice_on(name, self.law_day)

    @property
    def unknown_rows(self) -> frozenset[int]:
        """Rows of members that may or may not be in use."""
        return frozenset(row for row, use in self.uses.items() if use is RowUse.UNKNOWN)

    @property
    def is_memberless(self) -> bool:
        """Whether the table of members was scanned and surely names nobody."""
        return self.table(MEMBERS).is_unused

    def list_facts(self) -> Iterator[tuple[Member, MemberFacts]]:
        """Each member with what follows from the answers about it."""
        return zip(self.members, self.family.members, strict=True)

    def list_days_to_come(self) -> Iterator[tuple[str, date]]:
        """Every date, in tables too, that has not come on the day of checking."""
        rows = (row for table in self.tables.values() for row in table.rows)
        for part in (self, *rows):
            yield from ((field, day) for field, day in part.list_days() if day > self.today)

    def table(self, group: str) -> Table:
        """A table of the form; an empty one where the edition has none."""
        return self.tables.get(group, Table((), {}))

    def list_questions(self, prefix: str) -> tuple[str, ...]:
        """The questions whose ids begin alike: `D4_`."""
        return _choose_questions(self.questions, prefix)


@lru_cache
def _choose_questions(questions: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    return tuple(question for question in questions if question.startswith(prefix))


def open_paper(
    template: Template, record: Record, law: Law, today: date, known: Known = NOTHING_KNOWN
) -> Paper:
    """A record ready for the rules."""
    vocabulary = load_vocabulary_of(template)
    written = record.answers.values.get(template.day_field) if template.day_field else None
    filled = written if isinstance(written, date) and written <= today else None
    uses, law_day = record.uses.get(MEMBERS, {}), filled or today
    members = tuple(
        open_member(answers, vocabulary, row, filled, law_day)
        for row, answers in sorted(record.rows.get(MEMBERS, {}).items())
    )
    unknown = list(uses.values()).count(RowUse.UNKNOWN)
    header, limits = Part(record.answers, vocabulary), read_limits(law, law_day)
    return Paper(
        answers=record.answers,
        vocabulary=vocabulary,
        form=template.key.form,
        edition=template.key.edition,
        questions=list_questions(template),
        day_field=template.day_field,
        members=members,
        uses=uses,
        tables=_open_tables(record, vocabulary),
        law=law,
        law_day=law_day,
        today=today,
        known=known,
        family=derive_family(header, members, unknown, limits, law_day),
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
