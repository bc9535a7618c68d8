"""What follows from the answers about one member: yes, no or unknown."""

from dataclasses import dataclass

from validation.family_limits import Limits
from validation.rules.member import Member
from validation.rules.parts import Part
from validation.three_valued import both, either, opposite

PENSIONS = ("C3_03", "C3_04", "C3_05")
"""Payments whose recipients art. 7(8)(d) takes into account."""
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
    """Marked, and drawing a pension, package or compensation or old enough: art. 7(8)(d)."""
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


def derive_member(
    paper: Part, member: Member, has_child: bool | None, limits: Limits
) -> MemberFacts:
    """The facts of one member; whether a child of the family is young enough is told."""
    statuses = _read_codes(member, "B4")
    sex = member.meaning("sex") if "sex" in member.vocabulary.codes else None
    too_young = member.is_under(limits.working_age)
    pensioner = _has_pension_age(member, sex, limits)
    draws = either(_draws(member, question) for question in PENSIONS)
    hindered = (_is_any(_read_codes(member, "B3"), _UNABLE_B3), _is_any(statuses, _UNABLE_B4))
    female = None if sex is None else sex == "female"
    return MemberFacts(
        row=member.row,
        age=member.age,
        minor=member.is_under(limits.majority),
        of_pension_age=pensioner,
        able_bodied=opposite(either((too_young, pensioner, *hindered))),
        disabled_child=both(_is_any(statuses, _CHILD), member.is_under(limits.disabled_child)),
        orphan=both(_is_any(statuses, _ORPHAN), member.is_under(limits.orphan)),
        lone_pensioner=both(_is_any(statuses, _PENSIONER), either((draws, pensioner))),
        lone_mother=both(_is_any(statuses, _MOTHER), female, has_child),
        displaced=either((_is_any(statuses, _DISPLACED), _draws(member, DISPLACED_ALLOWANCE))),
        head=_is_same(paper.number("B2"), member.row),
        representative=_is_same(
            paper.text("representative_personal_number"), member.text("personal_number")
        ),
        eligible_child=member.is_under(limits.child_benefit),
        newborn=member.is_under(limits.first_year),
    )


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
