"""Who speaks for a family, the applicant or the representative, against the civil register.

A member is looked at among the members; here alone where nothing is told of them there: who
gives a registration up, or died after the paper was filled. A number read from handwriting
may be a stranger's, so each of these is a warning: an officer asks who it was, and whom the
register has as dead never passes without one.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.people import APPLICANT, REPRESENTATIVE, Naming
from validation.registers import CivilEntry, Register
from validation.rules.absent_members import DEAD, DECLARED_MISSING, list_lost, tell_absence
from validation.rules.answers_of_registers import find_answer, list_answers, take_entries
from validation.rules.civil_register import agrees
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_DECLARATION = ("family_declaration",)
_CONFLICT = "order-02-150/annex-3/art-3(1.3)"


@rule(
    "applicant_is_alive",
    law=_CONFLICT,
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-3.1", "R003-2.1.d"),
)
def applicant_is_alive(paper: Paper) -> Iterator[Breach]:
    """The civil register has no death of the applicant."""
    return _find_death(paper, APPLICANT)


@rule(
    "representative_is_alive",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R000-V", "R003-2.1.d"),
)
def representative_is_alive(paper: Paper) -> Iterator[Breach]:
    """The civil register has no death of the representative."""
    return _find_death(paper, REPRESENTATIVE)


@rule(
    "applicant_in_civil_register",
    law=_CONFLICT,
    forms=_APPLICATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-3.1", "R003-2.1.d"),
)
def applicant_in_civil_register(paper: Paper) -> Iterator[Breach]:
    """The civil register knows the applicant's number, under the applicant's names."""
    return _find_other_names(paper, APPLICANT)


@rule(
    "representative_in_civil_register",
    law="programme-overview/step-5",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R000-V", "R003-2.1.d"),
)
def representative_in_civil_register(paper: Paper) -> Iterator[Breach]:
    """The civil register knows the representative's number, under the representative's names."""
    return _find_other_names(paper, REPRESENTATIVE)


def _find_death(paper: Paper, speaker: Naming) -> Iterator[Breach]:
    """A death on any day: where a speaker died since the filling, somebody else must speak."""
    number = paper.text(speaker.number)
    answer = find_answer(paper, Register.CIVIL, number)
    if answer is None or number in list_lost(paper):
        return
    for entry in take_entries(answer, CivilEntry):
        reason = DEAD if entry.died_on is not None else entry.kept_by_state
        if reason in (DEAD, DECLARED_MISSING):
            told = tell_absence(reason, entry.died_on)
            yield Breach(paper.field(speaker.number), told, evidence=(answer,))


def _find_other_names(paper: Paper, speaker: Naming) -> Iterator[Breach]:
    number = paper.text(speaker.number)
    answer = find_answer(paper, Register.CIVIL, number)
    members = {member.text("personal_number") for member, _ in list_answers(paper, Register.CIVIL)}
    if answer is None or number in members:
        return
    entries = take_entries(answer, CivilEntry)
    if not any(_may_be(paper, speaker, entry) for entry in entries):
        names = tuple(f"{one.surname} {one.first_name}".strip() for one in entries)
        yield Breach(paper.field(speaker.number), {"registered": names}, evidence=(answer,))


def _may_be(paper: Paper, speaker: Naming, entry: CivilEntry) -> bool:
    """Whether nothing on the paper contradicts the names of an entry."""
    names = (speaker.surname, entry.surname), (speaker.first_name, entry.first_name)
    return all(agrees(paper.text(question), name) is not False for question, name in names)
