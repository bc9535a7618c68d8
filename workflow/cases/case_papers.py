"""Which paper says how far a family's case is, by the days of the papers; pure.

What is entered late changes nothing that a newer paper has brought about: neither does an
old declaration bring a family back that has given its registration up since, nor an old
waiver end a newer application.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from form_templates.model import TemplateKey
from validation.vocabulary import load_vocabulary
from workflow.store.knowing import APPLICATION, DECLARATION, PROTOCOL
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import CaseState

_REASON, _WAIVER, _REASSESSMENT = "reason", "waiver", "reassessment"
_GROUNDS, _MOVED = "reassessment_grounds", "moved"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a paper makes of its family's case, and by which article."""

    state: CaseState
    law: str


_APPLICATIONS = "order-02-150/annex-3/art-2(7)"
_APPLIED = Consequence(CaseState.REGISTERED, _APPLICATIONS)
_WAIVED = Consequence(CaseState.CANCELLED, _APPLICATIONS)
_FOLLOWS = {
    DECLARATION: Consequence(CaseState.DECLARED, "order-02-150/annex-3/art-5(4)"),
    PROTOCOL: Consequence(CaseState.LAPSED, "order-01-14/annex-1/art-14(9)"),
}


def find_decisive(papers: Iterable[RegistryRecord]) -> RegistryRecord | None:
    """The newest of a family's papers, given oldest first, but a protocol that ended nothing.

    By itself a protocol ends an application and nothing else (order 01-14, annex 1,
    art. 14(9)). Where a declaration has answered the application, or the family has left,
    none is there to end; where none was entered, there was one all the same.
    """
    decisive: RegistryRecord | None = None
    for paper in papers:
        if paper.form != PROTOCOL or decisive is None or _waits_for_visit(decisive):
            decisive = paper
    return decisive


def find_consequence(paper: RegistryRecord) -> Consequence:
    """What follows from the paper that decides."""
    if paper.form == APPLICATION:
        return _WAIVED if is_waiver(paper) else _APPLIED
    return _FOLLOWS[paper.form]


def list_standing(papers: Iterable[RegistryRecord]) -> list[RegistryRecord]:
    """The applications for an assessment, oldest first, that no protocol has ended."""
    answered: list[RegistryRecord] = []
    waiting: list[RegistryRecord] = []
    for paper in papers:
        if paper.form == APPLICATION:
            waiting += [] if is_waiver(paper) else [paper]
            continue
        answered += waiting if paper.form == DECLARATION else []
        waiting = []
    return [*answered, *waiting]


def is_waiver(paper: RegistryRecord) -> bool:
    """Whether an application gives the registration up: it asks for no assessment."""
    return paper.form == APPLICATION and _names(paper, _REASON, _WAIVER)


def tells_move(paper: RegistryRecord) -> bool:
    """Whether a family asks to be assessed anew because it lives elsewhere now.

    Order 02-150, annex 3, art. 13(1.4).
    """
    asks = paper.form == APPLICATION and _names(paper, _REASON, _REASSESSMENT)
    return asks and _names(paper, _GROUNDS, _MOVED)


def _waits_for_visit(paper: RegistryRecord) -> bool:
    return paper.form != DECLARATION and not is_waiver(paper)


def _names(paper: RegistryRecord, question: str, meaning: str) -> bool:
    """Whether a question is answered with the code of a meaning, be it among others."""
    said = paper.values.get(question)
    codes = said if isinstance(said, list) else [said]
    words = load_vocabulary(TemplateKey(paper.form, paper.edition))
    return any(words.name_code(question, code) == meaning for code in codes if code)
