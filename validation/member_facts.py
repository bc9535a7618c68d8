"""What follows from the answers about one member: yes, no or unknown."""

from dataclasses import dataclass

from validation.family_limits import Limits
from validation.rules.member import Member
from validation.rules.parts import Part
from validation.three_valued import both, either, opposite

PENSIONS = ("C3_03", "C3_04", "C3_05")
"""Payments whose recipients art. 7(8)(d) takes into account."""
SALARY = "C3_01"
DISPLACED_ALLOWANCE = "C3_08"
_UNABLE_B3 = frozenset({"bedridden", "needs_carer"})
_UNABLE_B4 = frozenset({"disability_group_1", "disability_group_2", "psychosocial_needs"})
_CHILD, _ORPHAN = frozenset({"disabled_child"}), frozenset({"orphan"})
_PENSIONER, _MOTHER = frozenset({"lone_pensioner"}), frozenset({"lone_mother"})
_DISPLACED = frozenset({"displaced"})


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What follows from the answers about one member; None where they do not tell."""

    row: int
    age: int | None
    """Completed years on the day; None where two answers contradict each other too."""
    minor: bool | None
    of_pension_age: bool | None
    able_bodied: bool | None
    """By the programme overview, step IV."""
    disabled_child: bool | None
    """Marked and not of age: order 01-14, annex 1, art. 7(8)(b); the next likewise (c)."""
    orphan: bool | None
    lone_pensioner: bool | None
    """Marked, drawing a pension, package or compensation and no salary, and nobody beside is
    able to work: art. 7(8)(d); what "lone" means, it does not say (assumed)."""
    lone_mother: bool | None
    """Marked, a woman, and a child is in the family: art. 7(8)(e)."""
    displaced: bool | None
    """Marked, or drawing the allowance of the displaced."""
    head: bool | None
    representative: bool | None
    eligible_child: bool | None
    """Young enough for the benefit for children."""
    newborn: bool | None
    """In the first year of life."""


@dataclass(frozen=True, slots=True)
class Others:
    """What the other members of a family are to one; None where that is open."""

    child: bool | None
    """Whether one is young enough to be the child of a lone mother."""
    worker: bool | None
    """Whether one is able to work."""


def derive_member(
    paper: Part, member: Member, able: bool | None, others: Others, limits: Limits
) -> MemberFacts:
    """The facts of one member; whether it is able to work and what the others are is told."""
    statuses, sex = _read_codes(member, "B4"), _find_sex(member)
    female = None if sex is None else sex == "female"
    return MemberFacts(
        row=member.row,
        age=member.age,
        minor=member.is_under(limits.majority),
        of_pension_age=_has_pension_age(member, sex, limits),
        able_bodied=able,
        disabled_child=both(_is_any(statuses, _CHILD), member.is_under(limits.disabled_child)),
        orphan=both(_is_any(statuses, _ORPHAN), member.is_under(limits.orphan)),
        lone_pensioner=_is_lone_pensioner(member, statuses, others.worker),
        lone_mother=both(_is_any(statuses, _MOTHER), female, others.child),
        displaced=either(_is_any(statuses, _DISPLACED), _draws(member, DISPLACED_ALLOWANCE)),
        head=_is_same(paper.number("B2"), member.row),
        representative=_is_same(
            paper.text("representative_personal_number"), member.text("personal_number")
        ),
        eligible_child=member.is_under(limits.child_benefit),
        newborn=member.is_under(limits.first_year),
    )


def judge_ability(member: Member, limits: Limits) -> bool | None:
    """Whether a member counts as able to work: programme overview, step IV."""
    return opposite(
        either(
            member.is_under(limits.working_age),
            _has_pension_age(member, _find_sex(member), limits),
            _is_any(_read_codes(member, "B3"), _UNABLE_B3),
            _is_any(_read_codes(member, "B4"), _UNABLE_B4),
        )
    )


def _find_sex(member: Member) -> str | None:
    return member.meaning("sex") if "sex" in member.vocabulary.codes else None


def _is_lone_pensioner(
    member: Member, statuses: frozenset[str] | None, worker: bool | None
) -> bool | None:
    """Whether a marked member lives on a pension, package or compensation, beside no worker."""
    marked = _is_any(statuses, _PENSIONER)
    if marked is False:
        return False
    draws = either(*(_draws(member, question) for question in PENSIONS))
    return both(marked, draws, opposite(_draws(member, SALARY)), opposite(worker))


def _has_pension_age(member: Member, sex: str | None, limits: Limits) -> bool | None:
    """Whether the member is old enough for a pension, by sex; where unread, by both ages."""
    young_woman = member.is_under(limits.pension_women)
    young_man = member.is_under(limits.pension_men)
    young = {"female": young_woman, "male": young_man}
    if sex in young:
        return opposite(young[sex])
    return opposite(young_woman) if young_woman is young_man else None


def _read_codes(member: Member, question: str) -> frozenset[str] | None:
    """What was marked; None where unread, and where the edition names no meanings."""
    return member.meanings(question) if question in member.vocabulary.codes else None


def _is_any(said: frozenset[str] | None, wanted: frozenset[str]) -> bool | None:
    """Whether one of several codes was marked; None where the answer is unread."""
    return None if said is None else not said.isdisjoint(wanted)


def _draws(member: Member, question: str) -> bool | None:
    """Whether an amount is paid; None where the cells are unread."""
    amount = member.number(question)
    if amount is None:
        return False if member.is_empty(question) else None
    return amount > 0


def _is_same(one: object, other: object) -> bool | None:
    return None if one is None or other is None else one == other
