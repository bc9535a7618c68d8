"""What the registers know of some people: from extracts imported, from services asked before.

Nothing is asked of a service here, so that a check may look things up in its transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from validation.registers import Answers, Register, RegisterAnswer
from workflow.registers.entries import restore_entries
from workflow.store.models.registers import RegisterEdition
from workflow.store.registers import find_newest_editions, list_asked, list_rows
from workflow.store.session import Session


class RegisterSource(Protocol):
    """Whoever can answer for registers: extracts, answers that were kept, a service."""

    def ask(self, register: Register, numbers: Collection[str]) -> Answers:
        """The answer about each person that the source can say something of.

        An answer without entries says that the register does not know the person; a
        person who is absent was not asked about.
        """


@dataclass(frozen=True)
class ImportedExtracts:
    """The extracts, each register by the one that describes the newest day."""

    session: Session
    on: date | None = None
    """Extracts that describe a later day are passed over; None: none is."""

    def ask(self, register: Register, numbers: Collection[str]) -> Answers:
        """An answer about everybody where there is an extract; else about nobody.

        Where bad rows were left out of it, nothing is known of whoever has no row: one
        of those may have been theirs.
        """
        edition = self._editions.get(register)
        if edition is None:
            return {}
        rows = groupby(list_rows(self.session, edition.id, numbers), key=itemgetter(0))
        known = {number: [entry for _, entry in told] for number, told in rows}
        return {
            number: RegisterAnswer(
                register=register,
                personal_number=number,
                entries=restore_entries(register, known.get(number, ())),
                as_of=edition.as_of,
                source=edition.source,
            )
            for number in numbers
            if number in known or not edition.skipped
        }

    @cached_property
    def _editions(self) -> Mapping[str, RegisterEdition]:
        return find_newest_editions(self.session, self.on)


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """What services answered when they were asked; of each person the newest answer."""

    session: Session
    on: date | None = None

    def ask(self, register: Register, numbers: Collection[str]) -> Answers:
        """An answer about everybody whom the register's service was asked about."""
        return {
            row.personal_number: RegisterAnswer(
                register=register,
                personal_number=row.personal_number,
                entries=restore_entries(register, row.entries),
                as_of=row.as_of,
                source=row.source,
            )
            for row in list_asked(self.session, register, numbers, self.on)
        }


def find_answers(
    session: Session, numbers: Collection[str], on: date | None = None
) -> Mapping[Register, Answers]:
    """What each register says of some people; of two answers the one about the newer day.

    A register that was never imported, nor asked about any of them, is absent. With `on`,
    what is known of later days is passed over. Only `blanki register ask --on` passes a
    day; a check passes none and goes by the newest answers, however old its paper is.
    """
    sources = _list_sources(session, on)
    found = {register: _merge(sources, register, numbers) for register in Register}
    return {register: answers for register, answers in found.items() if answers}


def find_answers_of(session: Session, register: Register, numbers: Collection[str]) -> Answers:
    """What one register says of some people; the others are not looked into."""
    return _merge(_list_sources(session, None), register, numbers)


def _list_sources(session: Session, on: date | None) -> tuple[RegisterSource, ...]:
    return ImportedExtracts(session, on), AskedBefore(session, on)


def _merge(
    sources: Collection[RegisterSource], register: Register, numbers: Collection[str]
) -> Answers:
    """The newest answer about each person; of the same day, that of the later source."""
    merged: dict[str, RegisterAnswer] = {}
    for source in sources:
        for number, answer in source.ask(register, numbers).items():
            standing = merged.get(number)
            if standing is None or standing.as_of <= answer.as_of:
                merged[number] = answer
    return merged
