"""The request to correct a family's data: each kind of correction with its part.

What takes the registry to know (three months since the declaration, the region of the
address, who receives the assistance) is judged in correction_limits; where the registry
says nothing, a person is sent to look.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper
from validation.rules.parts import Part
from validation.rules.registry import Breach, rule

_REQUEST = ("correction_request",)
_ADDRESS = ("municipality", "settlement", "street", "house", "flat")
_NEW_REQUISITES = ("new_personal_number", "new_surname", "new_first_name")
_TABLES = {
    "requisites": ("requisites", "registered_personal_number"),
    "score": ("values", "box"),
    "demographic": ("changes", "surname"),
}
"""Kind of correction -> the table that names what is wrong, with its first question."""
_BESIDE = {
    "address": (*_ADDRESS, "address_proof", "address_proof_other"),
    "demographic": ("recalculation",),
}
"""Kind of correction -> the questions outside tables that are asked for it alone."""
_OF_THE_REGISTRY = {
    "address": ("order-02-150/annex-3/art-12(3)", "registered_region"),
    "score": ("order-02-150/annex-3/art-12(4)", "declaration_age"),
    "demographic": ("order-02-150/annex-3/art-12(8)", "registered_family"),
}
"""Kind of correction -> the article that limits it, and what only the registry knows."""


@rule(
    "kinds_are_filled",
    law="order-02-150/annex-3/art-12(1)",
    forms=_REQUEST,
    assumed=True,
    meets=("R001-12.1",),
)
def kinds_are_filled(paper: Paper) -> Iterator[Breach]:
    """Each kind that is circled says below what is to be corrected."""
    kinds = paper.meanings("correction_kinds") or ()
    for kind, (table, question) in _TABLES.items():
        if kind in kinds:
            for row in paper.table(table).list_lacking(1):
                yield Breach(f"{table}[{row}].{question}", {"other": "correction_kinds"})
    if "address" in kinds and _is_blank(paper, _ADDRESS):
        yield Breach(paper.field(_ADDRESS[0]), {"other": "correction_kinds"})


@rule(
    "parts_have_kinds",
    law="order-02-150/annex-3/art-12(1)",
    forms=_REQUEST,
    assumed=True,
    meets=("R001-12.1",),
)
def parts_have_kinds(paper: Paper) -> Iterator[Breach]:
    """No part is filled whose kind is not circled: it would be left undone, or done unasked."""
    kinds = paper.meanings("correction_kinds")
    if not kinds:
        return
    for kind in (*_TABLES, "address"):
        filled = _list_filled(paper, kind)
        if kind not in kinds and filled:
            yield Breach(filled[0], {"other": "correction_kinds"})


@rule(
    "requisites_are_named",
    law="order-02-150/annex-3/art-12(2)",
    forms=_REQUEST,
    assumed=True,
    meets=("R001-12.1", "R001-12.2"),
)
def requisites_are_named(paper: Paper) -> Iterator[Breach]:
    """Whoever is named has something to correct: a number, a surname, a first name."""
    for row in paper.table("requisites").rows:
        if _is_blank(row, _NEW_REQUISITES):
            yield Breach(row.field(_NEW_REQUISITES[0]))


@rule(
    "address_has_proof",
    law="order-02-150/annex-3/art-12(3)",
    forms=_REQUEST,
    decides=("address_proof", "address_proof_other"),
    meets=("R001-12.3",),
)
def address_has_proof(paper: Paper) -> Iterator[Breach]:
    """An address is corrected with a document that proves it; another one is named."""
    if "address" not in (paper.meanings("correction_kinds") or ()):
        return
    proofs = paper.meanings("address_proof")
    if proofs == frozenset():
        yield Breach(paper.field("address_proof"))
    elif "other" in (proofs or ()) and paper.is_empty("address_proof_other"):
        yield Breach(paper.field("address_proof_other"))


@rule(
    "score_has_documents",
    law="order-02-150/annex-3/art-12(6)",
    forms=_REQUEST,
    decides=("document_sheets",),
    meets=("R001-12.6",),
)
def score_has_documents(paper: Paper) -> Iterator[Breach]:
    """Nothing that affects the score is corrected without a document."""
    asked = "score" in (paper.meanings("correction_kinds") or ())
    if asked and paper.has_none("document_sheets"):
        yield Breach(paper.field("document_sheets"))


@rule(
    "family_change_has_documents",
    law="order-02-150/annex-3/art-12(6)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    decides=("document_sheets",),
    assumed=True,
    meets=("R001-12.6", "R001-12.10"),
)
def family_change_has_documents(paper: Paper) -> Iterator[Breach]:
    """A change in the family is proven by a document, as all that affects the score is.

    Art. 12(10) spares a recipient's family the order of the head, not the document.
    """
    kinds = paper.meanings("correction_kinds") or ()
    if "demographic" in kinds and "score" not in kinds and paper.has_none("document_sheets"):
        yield Breach(paper.field("document_sheets"))


@rule(
    "child_came_lately",
    law="order-02-150/annex-3/art-12(8)",
    forms=_REQUEST,
    meets=("R001-12.8", "T17"),
)
def child_came_lately(paper: Paper) -> Iterator[Breach]:
    """A child born or adopted longer ago takes a repeated assessment, not a correction."""
    asked, term = paper.day("request_date"), paper.legal_value("corrections/child_event")
    if asked is None or term is None:
        return
    for row in paper.table("changes").rows:
        came = row.day("event_date") if row.meaning("change") in ("born", "adopted") else None
        last = paper.due_on("child_correction", came)
        # A day to come is said by itself.
        if came is None or last is None or came > paper.today:
            continue
        if last < asked:
            told = {"years": str(term.number)}
            yield Breach(row.field("event_date"), told, assumed=term.assumed)


@rule(
    "needs_registry",
    law="order-02-150/annex-3/art-12(1)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    meets=("R001-12.3", "R001-12.4", "R001-12.8"),
)
def needs_registry(paper: Paper) -> Iterator[Breach]:
    """What the law limits by what only the registry knows is not entered unless it is known."""
    kinds = paper.meanings("correction_kinds") or ()
    for kind, (article, matter) in _OF_THE_REGISTRY.items():
        if kind in kinds and not _is_known(paper, kind):
            yield Breach(paper.field("correction_kinds"), {"matter": matter}, article)


@rule(
    "dates_fit_request",
    law="order-02-150/annex-3/art-12(5)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-12.5", "R001-12.8"),
)
def dates_fit_request(paper: Paper) -> Iterator[Breach]:
    """What is to be entered has happened by the request, and nobody received it earlier."""
    asked, received = paper.day("request_date"), paper.day("received_date")
    if asked is None:
        return
    about = {"other": "request_date"}
    for row in paper.table("changes").rows:
        came = row.day("event_date")
        if came is not None and came > asked:
            yield Breach(row.field("event_date"), about | {"day": came.isoformat()})
    if received is not None and received < asked:
        yield Breach(paper.field("received_date"), about | {"day": received.isoformat()})


def _is_known(paper: Paper, kind: str) -> bool:
    """Whether the registry has said what limits a kind, so that other rules speak of it."""
    family = paper.known.family
    if kind == "address":
        return family is not None and paper.known.unit_of_address is not None
    return family is not None and family.declared_on is not None


def _list_filled(paper: Paper, kind: str) -> list[str]:
    """The fields of a kind's part that surely say something."""
    table, question = _TABLES.get(kind, ("", ""))
    rows = [row.field(question) for row in paper.table(table).rows]
    return rows + [paper.field(q) for q in _BESIDE.get(kind, ()) if paper.is_answered(q)]


def _is_blank(part: Part, questions: tuple[str, ...]) -> bool:
    """Whether none of the questions is answered, all of them seen."""
    return all(part.is_empty(question) for question in questions)
