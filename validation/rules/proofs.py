"""Blocks B3, B4 and C3: the papers that an answer rests on.

The agent sees them at the visit (art. 7(7)-(8)), and the declaration has no place to say
so. The program cannot judge what it has not read, and most families have such an answer:
each declaration to a person would cost an hour and find nothing on this paper. So every
declaration only tells which papers its case must hold, and nothing follows from it: that
they are there is seen by a person, the agent at the visit or the operator with the case,
until the covers of attached papers are held against the declaration.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.findings import Parameter
from validation.parameters import LegalCodes
from validation.rules.paper import Member, Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_PROVEN = (
    "disability_group_1",
    "disability_group_2",
    "disabled_child",
    "orphan",
    "lone_pensioner",
    "lone_mother",
)
"""Statuses of B4 that art. 7(8) names; the others are asked for no paper."""


@rule(
    "medication_has_form",
    law="order-01-14/annex-1/art-7(7)(b)",
    forms=_DECLARATION,
    severity=Severity.INFO,
    meets=("R003-7.7", "R003-7.7.b"),
)
def medication_has_form(paper: Paper) -> Iterator[Breach]:
    """Whoever needs permanent medication (B3) has a form IV-100/a in the case.

    Which diseases count is held against the cover of that form (`diagnoses_are_listed`).
    """
    for member in paper.members:
        if "needs_medication" in (member.meanings("B3") or ()):
            yield from _tell(paper, member, "B3", "needs_medication")


@rule(
    "statuses_have_proof",
    law="order-01-14/annex-1/art-7(8)",
    forms=_DECLARATION,
    severity=Severity.INFO,
    meets=("R003-7.8", "R003-7.8.a", "R003-7.8.b", "R003-7.8.c", "R003-7.8.d", "R003-7.8.e"),
)
def statuses_have_proof(paper: Paper) -> Iterator[Breach]:
    """Each status of B4 that needs a proof has its papers in the case."""
    for member in paper.members:
        marked = member.meanings("B4") or frozenset()
        for status in _PROVEN:
            if status in marked:
                yield from _tell(paper, member, "B4", status)


@rule(
    "alimony_has_decision",
    law="order-01-14/annex-1/art-8(5)(i)",
    forms=_DECLARATION,
    severity=Severity.INFO,
    meets=("R003-8.5",),
)
def alimony_has_decision(paper: Paper) -> Iterator[Breach]:
    """Alimony (C3, column 7) rests on a court's final decision in the case."""
    for member in paper.members:
        if member.has_some("C3_07"):
            yield from _tell(paper, member, "C3_07", "alimony")


def _tell(paper: Paper, member: Member, question: str, reason: str) -> Iterator[Breach]:
    """What the case must hold; nothing where the law names no paper."""
    papers = _find_papers(paper, reason)
    if papers is not None:
        said: dict[str, Parameter] = {"row": str(member.row), "papers": papers.codes}
        yield Breach(member.field(question), said, papers.law, papers.assumed)


def _find_papers(paper: Paper, reason: str) -> LegalCodes | None:
    papers = paper.law.codes_on(f"proofs/{reason}", paper.law_day)
    is_pension = papers is not None and reason == "lone_pensioner"
    return None if is_pension and paper.choice("lone_pensioner_proof") == "none" else papers
