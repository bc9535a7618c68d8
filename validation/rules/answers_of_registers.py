"""What registers answered about the people of a paper, ready for the rules that compare."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from validation.registers import Entry, Register, RegisterAnswer
from validation.rules.paper import Member, Paper

EntryKind = TypeVar("EntryKind", bound=Entry)


def find_answer(paper: Paper, register: Register, number: str | None) -> RegisterAnswer | None:
    """What a register said of a person; None where nobody asked, or the number is unread."""
    return None if number is None else paper.known.registers.get(register, {}).get(number)


def is_waiver(paper: Paper) -> bool:
    """Whether a family gives its registration up: there is nothing to assess."""
    return paper.meaning("reason") == "waiver"


def list_answers(paper: Paper, register: Register) -> Iterator[tuple[Member, RegisterAnswer]]:
    """Each member whom a register was asked about, with what it said; nobody in a waiver."""
    if not paper.known.registers or is_waiver(paper):
        return
    for member in paper.members:
        answer = find_answer(paper, register, member.text("personal_number"))
        if answer is not None:
            yield member, answer


def list_entries(
    paper: Paper, register: Register, kind: type[EntryKind]
) -> Iterator[tuple[Member, EntryKind, RegisterAnswer]]:
    """Each entry that a register has of a member, with the answer that holds it."""
    for member, answer in list_answers(paper, register):
        for entry in take_entries(answer, kind):
            yield member, entry, answer


def has_all_answers(paper: Paper, register: Register) -> bool:
    """Whether the register answered about every person who may be a member."""
    answered = sum(1 for _ in list_answers(paper, register))
    return answered == len(paper.members) and not paper.unknown_rows


def take_entries(answer: RegisterAnswer, kind: type[EntryKind]) -> tuple[EntryKind, ...]:
    """The entries of an answer; what is of another register's kind is left out."""
    return tuple(entry for entry in answer.entries if isinstance(entry, kind))


def take_telling(answers: Iterable[RegisterAnswer]) -> tuple[RegisterAnswer, ...]:
    """The answers that say something, as evidence of what was summed from them."""
    return tuple(answer for answer in answers if answer.entries)
