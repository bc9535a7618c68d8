"""Who the members are: names, birth dates and sex against the civil register.

What a machine read from handwriting is a suggestion, and only what is settled is compared.
A number that the register has under other names is most likely misread or miswritten, so
names, sex and unknown numbers are warnings at every stage. A birth date that differs while
both names agree is a conflict of data about one and the same person: on an application a
ground for rejection (order 02-150, annex 3, art. 3(1.3)), which a coordinator confirms; on a
declaration the agent clears it with the family (order 01-14, annex 1, art. 4(2)).
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.registers import CivilEntry, Register, RegisterAnswer
from validation.rules.answers_of_registers import list_answers, list_entries
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_APPLICATION = ("application",)
_DECLARATION = ("family_declaration",)
_CONFLICT = "order-02-150/annex-3/art-3(1.3)"
_COMPARED = {"family_declaration": "programme-overview/step-5"}
_MET = ("R001-3.1", "R000-V", "R003-4.2")
_NAMES = ("surname", "first_name")


@rule(
    "number_in_civil_register",
    law=_CONFLICT,
    forms=_APPLICATION,
    also=_COMPARED,
    severity=Severity.WARNING,
    meets=(*_MET, "R003-7.5"),
)
def number_in_civil_register(paper: Paper) -> Iterator[Breach]:
    """The civil register knows each personal number; else it is misread, or wrong."""
    for member, answer in list_answers(paper, Register.CIVIL):
        if not answer.entries:
            yield Breach(member.field("personal_number"), evidence=(answer,))


@rule(
    "names_as_registered",
    law=_CONFLICT,
    forms=_APPLICATION,
    also=_COMPARED,
    severity=Severity.WARNING,
    meets=(*_MET, "R001-12.2"),
)
def names_as_registered(paper: Paper) -> Iterator[Breach]:
    """Members bear the names that the civil register has under their numbers."""
    for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
        for question in _NAMES:
            registered = getattr(entry, question)
            if agrees(member.text(question), registered) is False:
                told = {"registered": registered}
                yield Breach(member.field(question), told, evidence=(answer,))


@rule("birth_date_conflicts", law=_CONFLICT, forms=_APPLICATION, meets=_MET)
def birth_date_conflicts(paper: Paper) -> Iterator[Breach]:
    """Whoever applies under a registered name was born on the registered day."""
    for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
        if _is_named_alike(member, entry):
            yield from _find_other_birth(member, entry, answer)


@rule(
    "birth_date_as_registered",
    law=_CONFLICT,
    forms=_APPLICATION,
    also=_COMPARED,
    severity=Severity.WARNING,
    meets=(*_MET, "R003-7.4"),
)
def birth_date_as_registered(paper: Paper) -> Iterator[Breach]:
    """Members were born on the day that the civil register has under their numbers."""
    for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
        if paper.form not in _APPLICATION or not _is_named_alike(member, entry):
            yield from _find_other_birth(member, entry, answer)


@rule(
    "sex_as_registered",
    law="programme-overview/step-5",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R000-V", "R003-4.2"),
)
def sex_as_registered(paper: Paper) -> Iterator[Breach]:
    """Members are of the sex that the civil register has under their numbers."""
    for member, entry, answer in list_entries(paper, Register.CIVIL, CivilEntry):
        written = member.meaning("sex")
        if None not in (written, entry.sex) and written != entry.sex:
            yield Breach(member.field("sex"), {"registered": str(entry.sex)}, evidence=(answer,))


def agrees(written: str | None, registered: str) -> bool | None:
    """Whether a name is the registered one; None where it is unread or not registered."""
    return written.strip() == registered.strip() if written and registered else None


def _is_named_alike(member: Member, entry: CivilEntry) -> bool:
    """Whether both names were read and are those of the register."""
    return all(agrees(member.text(question), getattr(entry, question)) for question in _NAMES)


def _find_other_birth(
    member: Member, entry: CivilEntry, answer: RegisterAnswer
) -> Iterator[Breach]:
    written, registered = member.day("birth_date"), entry.birth_date
    if written is not None and registered is not None and written != registered:
        told = {"registered": registered.isoformat()}
        yield Breach(member.field("birth_date"), told, evidence=(answer,))
