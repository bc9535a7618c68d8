"""What a page shows at one question, before anything is decided about it.

Evidence is what the networks and the ink say; `ocr.corrections` decides what it
comes to. Between the two stands the page: signature places may be shared by all
fields of a table row, so a signature there is explained by a crossing in any of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from form_templates.model import FieldSpec, Region, Signer
from ocr.corrections import CellRow, Outcome, Presence, decide_cells, decide_marks
from ocr.readings import MarkReading, MarkState
from ocr.written import WrittenState


@dataclass(frozen=True, slots=True)
class MarkEvidence:
    """The marks of one question."""

    spec: FieldSpec
    marks: tuple[MarkReading, ...]
    ink_beside: bool
    confidence: float
    doubtful: bool

    @property
    def crossed(self) -> bool:
        """Whether something here was put right, or may have been."""
        return any(m.state in (MarkState.CROSSED_OUT, MarkState.UNCLEAR) for m in self.marks)

    def decide(self, signatures: Mapping[Signer, Presence]) -> Outcome:
        """What the question comes to with these signatures."""
        return decide_marks(self.spec.cardinality, self.marks, signatures, self.ink_beside)


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """The two rows of cells of a written answer."""

    spec: FieldSpec
    answer: CellRow
    anew: CellRow
    ink_beside: bool
    confidence: float
    doubtful: bool
    suggested: bool = False
    """Letters: a person confirms them."""
    candidates: tuple[tuple[str, float], ...] = ()

    @property
    def crossed(self) -> bool:
        """Whether something here was put right, or may have been."""
        rows = (self.answer.written, self.anew.written)
        return (
            WrittenState.STRUCK in rows
            or WrittenState.OVERWRITTEN in rows
            or self.anew.written is not WrittenState.EMPTY
        )

    def decide(self, signatures: Mapping[Signer, Presence]) -> Outcome:
        """What the answer comes to with these signatures."""
        return decide_cells(self.answer, self.anew, signatures, self.ink_beside)


Evidence = MarkEvidence | CellEvidence


def explain_signatures(
    evidence: Iterable[Evidence], signed: Mapping[Region, Presence]
) -> dict[str, dict[Signer, Presence]]:
    """For each field the signatures that bear on it, by field id.

    A field without a crossing whose places a neighbour with one shares counts as
    unsigned: the signature belongs to the neighbour.
    """
    evidence = list(evidence)
    claimed = {place for e in evidence if e.crossed for place in _places(e.spec).values()}
    bearing = {}
    for item in evidence:
        places = _places(item.spec)
        foreign = not item.crossed and claimed.issuperset(places.values())
        bearing[item.spec.id] = {
            who: Presence.ABSENT if foreign else signed[place] for who, place in places.items()
        }
    return bearing


def _places(spec: FieldSpec) -> Mapping[Signer, Region]:
    return spec.correction_signatures or {}
