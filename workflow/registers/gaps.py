"""What an extract that was taken in without its bad rows may lack about some people."""

from collections.abc import Collection, Mapping
from datetime import date

from validation.registers import Answers, ExtractGap, Register, RegisterAnswer
from workflow.registers.columns import load_shapes
from workflow.store.models.registers import RegisterEdition
from workflow.store.registers import find_newest_editions
from workflow.store.session import Session


def find_gaps(
    session: Session,
    numbers: Collection[str],
    found: Mapping[Register, Answers],
    on: date | None = None,
) -> Mapping[Register, ExtractGap]:
    """Register -> about whom its newest extract may lack something, beside what was found.

    A register that lacks nothing about any of them is absent.
    """
    gaps: dict[Register, ExtractGap] = {}
    for register, edition in find_newest_editions(session, on).items():
        answers = found.get(Register(register), {})
        people = [n for n in sorted(set(numbers)) if _may_lack(edition, answers.get(n))]
        if people:
            gap = ExtractGap(edition.source, edition.skipped, tuple(people))
            gaps[Register(register)] = gap
    return gaps


def _may_lack(edition: RegisterEdition, answer: RegisterAnswer | None) -> bool:
    """Whether a row that was left out may be about a person.

    Where one row says all of a person, whoever has one is told of in whole.
    """
    if not edition.skipped:
        return False
    is_whole = load_shapes()[Register(edition.register)].is_one_row_a_person
    return answer is None or (answer.source == edition.source and not is_whole)
