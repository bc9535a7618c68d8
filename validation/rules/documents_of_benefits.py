"""Papers of a municipal benefit: which of them the programme asks for and which are enclosed.

The lists are data (`law/municipal_documents`). What is missing is asked of the applicant;
whether a paper is right, the commission checks (art. 12(2)).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from validation.disposition import Severity
from validation.findings import Parameter
from validation.parameters import LegalCodes
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_FORM = ("municipal_application",)
_LISTS = "municipal_documents/"
_EITHER = {"lone_parent": ("lone_parent", "lone_parent_again")}
"""Benefit -> its lists, where the programme prints more than one: either will do."""
_FOR_EACH_CHILD = {
    "many_children": "gurjaani-programme-2015/art-9(6)(c)",
    "breadwinner": "gurjaani-programme-2015/art-9(3)(c)",
}
"""Benefit that is paid by the number of children -> who asks for the certificate of each."""
_OWN, _PARENTS, _MOTHER, _PATIENT = (
    "applicant_identity",
    "parents_identity",
    "mother_identity",
    "patient_identity",
)
_SAME_CARD = {
    "parent": {_OWN: {_PARENTS, _MOTHER}},
    "person_assisted": {_PATIENT: {_OWN}, _OWN: {_PATIENT}},
}
"""Who asks -> identity card that a list names -> under what other code it may be enclosed."""
_CARD_IN_DOUBT = {_OWN: {_PARENTS, _MOTHER, _PATIENT}, _PATIENT: {_OWN}}
"""The same, where it is not read who asks, or a guardian does who may be none of these."""
_ASKS_IN_DOUBT = (None, "guardian")


@dataclass(frozen=True, slots=True)
class _Lack:
    """What of a list of the programme is not enclosed."""

    benefit: str
    owed: LegalCodes
    missing: tuple[str, ...]

    def report(self, paper: Paper) -> Breach:
        """The breach, under the article that prints the list."""
        papers = tuple(f"paper_{code}" for code in self.missing)
        about: dict[str, Parameter] = {"missing": papers, "benefit": f"benefit_{self.benefit}"}
        return Breach(paper.field("documents"), about, self.owed.law, self.owed.assumed)


@rule(
    "benefit_papers_enclosed",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    meets=(
        "R002-12.2",
        *("G01", "G03", "G04", "G05", "G11", "G12", "G13", "G14", "G20"),
    ),
)
def benefit_papers_enclosed(paper: Paper) -> Iterator[Breach]:
    """Each paper that the programme asks for with the benefit is enclosed."""
    lack = _find_lack(paper)
    if lack is not None and not _is_card_in_doubt(paper, lack.missing):
        yield lack.report(paper)


@rule(
    "identity_card_is_told",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R002-12.2", "G05", "G11", "G12", "G14"),
)
def identity_card_is_told(paper: Paper) -> Iterator[Breach]:
    """Whose identity card is enclosed is said in the words of the programme's list.

    Whose card it is shows on the copy: for a lone father, whom both lists of art. 9 forget,
    for a guardian, and where it was not read who asks, a person looks.
    """
    lack = _find_lack(paper)
    if lack is not None and _is_card_in_doubt(paper, lack.missing):
        yield lack.report(paper)


@rule(
    "benefit_papers_left_open",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=(
        "R002-12.2",
        *("G02", "G06", "G07", "G08", "G09", "G10", "G15", "G16", "G17", "G18", "G19"),
    ),
)
def benefit_papers_left_open(paper: Paper) -> Iterator[Breach]:
    """The programme says which papers the benefit takes; for some it prints no list."""
    benefit = paper.meaning("benefit")
    if benefit is not None and _LISTS + benefit not in paper.law.lists:
        yield Breach(paper.field("benefit"), {"benefit": f"benefit_{benefit}"})


@rule(
    "each_child_has_certificate",
    law="gurjaani-programme-2015/art-9(6)(c)",
    forms=_FORM,
    meets=("G03", "G11"),
)
def each_child_has_certificate(paper: Paper) -> Iterator[Breach]:
    """Where the children are paid for, the birth certificate of each is enclosed."""
    article = _FOR_EACH_CHILD.get(paper.meaning("benefit") or "")
    children = paper.number("minor_children")
    if article is None or children is None:
        return
    found = paper.number("birth_certificate_count")
    if paper.is_empty("birth_certificate_count"):
        yield Breach(paper.field("birth_certificate_count"), {"children": str(children)}, article)
    elif found is not None and found < children:
        about = {"children": str(children), "other": "minor_children"}
        yield Breach(paper.field("birth_certificate_count"), about, article)


@rule(
    "other_paper_is_named",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    decides=("documents_other",),
    assumed=True,
    meets=("R002-12.2",),
)
def other_paper_is_named(paper: Paper) -> Iterator[Breach]:
    """Another paper is named where its code is circled, and only there."""
    enclosed = paper.meanings("documents")
    if enclosed is None:
        return
    is_other, named = "other" in enclosed, paper.is_answered("documents_other")
    if (is_other and paper.is_empty("documents_other")) or (named and not is_other):
        yield Breach(paper.field("documents_other"), {"other": "documents"})


def _find_lists(paper: Paper, benefit: str) -> Iterator[LegalCodes]:
    """The lists of a benefit's papers that hold on the day of the application."""
    for name in _EITHER.get(benefit, (benefit,)):
        if _LISTS + name in paper.law.lists:
            owed = paper.law.codes_on(_LISTS + name, paper.law_day)
            if owed is not None:
                yield owed


def _find_lack(paper: Paper) -> _Lack | None:
    """What is missing of the list that lacks least; None where one is whole, or unread."""
    benefit, enclosed = paper.meaning("benefit"), paper.meanings("documents")
    if benefit is None or enclosed is None:
        return None
    role = paper.meaning("applicant_role") or ""
    lacks = [
        _Lack(benefit, owed, _list_missing(owed, enclosed, role))
        for owed in _find_lists(paper, benefit)
    ]
    least = min(lacks, key=lambda lack: len(lack.missing), default=None)
    return least if least is not None and least.missing else None


def _list_missing(owed: LegalCodes, enclosed: frozenset[str], role: str) -> tuple[str, ...]:
    """The papers of a list that are not enclosed, in the order of the law."""
    same = _SAME_CARD.get(role, {})
    return tuple(code for code in owed.codes if not enclosed & ({code} | same.get(code, set())))


def _is_card_in_doubt(paper: Paper, missing: tuple[str, ...]) -> bool:
    """Whether nothing but an identity card is missing, and one is enclosed that may be it."""
    if len(missing) != 1:
        return False
    if paper.meaning("benefit") == "lone_parent":
        other = {_OWN} if missing[0] in (_MOTHER, _PARENTS) else set()
    else:
        is_open = paper.meaning("applicant_role") in _ASKS_IN_DOUBT
        other = _CARD_IN_DOUBT.get(missing[0], set()) if is_open else set()
    return bool((paper.meanings("documents") or frozenset()) & other)
