"""What a page shows at one question, before anything is decided about it.

Evidence is what the networks and the ink say; `ocr.corrections` decides what it
comes to. Between the two stands the page: signature places may be shared by all
fields of a table row, so a signature there is explained by a crossing in any of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from form_templates.model import FieldSpec, Region, Signer
from ocr.corrections import CellRow, Outcome, Presence, decide_cells, decide_marks
from ocr.readings import MarkReading, MarkState
from ocr.written import WrittenState

_CHANGED = frozenset({MarkState.CROSSED_OUT, MarkState.UNCLEAR})


@dataclass(frozen=True, slots=True)
class MarkEvidence:
    """The marks of one question."""

    spec: FieldSpec
    marks: tuple[MarkReading, ...]
    ink_beside: bool
    confidence: float
    doubtful: bool
    surely_crossed: bool = False
    """Something was put right here without doubt, whatever it comes to."""

    @property
    def crossed(self) -> bool:
        """Whether something here was put right, or may have been."""
        return any(m.state in _CHANGED for m in self.marks)

    @property
    def touched(self) -> bool:
        """Whether a pen may have been here at all."""
        return self.doubtful or any(m.state is not MarkState.BLANK for m in self.marks)

    @property
    def spoilt_places(self) -> tuple[Region, ...]:
        """The codes that were crossed out or scribbled over without doubt."""
        if self.doubtful:
            return ()
        pairs = zip(self.spec.options, self.marks, strict=True)
        return tuple(option.region for option, mark in pairs if mark.state in _CHANGED)

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
    surely_spoilt: bool = False
    """The answer was crossed out or changed without doubt, whatever stands in its stead."""
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

    @property
    def surely_crossed(self) -> bool:
        """Whether there is no doubt that the answer was put right."""
        return self.surely_spoilt or (self.crossed and not self.doubtful)

    @property
    def touched(self) -> bool:
        """Whether a pen may have been here at all."""
        rows = (self.answer.written, self.anew.written)
        return self.doubtful or any(written is not WrittenState.EMPTY for written in rows)

    @property
    def spoilt_places(self) -> tuple[Region, ...]:
        """The answer's row of cells, if it was crossed out or changed without doubt."""
        return (self.spec.region,) if self.surely_spoilt else ()

    def decide(self, signatures: Mapping[Signer, Presence]) -> Outcome:
        """What the answer comes to with these signatures."""
        return decide_cells(self.answer, self.anew, signatures, self.ink_beside)


Evidence = MarkEvidence | CellEvidence


def explain_signatures(
    evidence: Iterable[Evidence], signed: Mapping[Region, Presence]
) -> dict[str, dict[Signer, Presence]]:
    """For each field the signatures that bear on it, by field id.

    A field on which a signature in its place does not bear counts as unsigned.
    """
    evidence = list(evidence)
    sharing: dict[Region, list[Evidence]] = defaultdict(list)
    for item in evidence:
        for place in _places(item.spec).values():
            sharing[place].append(item)
    bearers = {place: _find_bearers(items) for place, items in sharing.items()}
    return {
        item.spec.id: {
            who: signed[place] if item.spec.id in bearers[place] else Presence.ABSENT
            for who, place in _places(item.spec).items()
        }
        for item in evidence
    }


def _find_bearers(sharing: Sequence[Evidence]) -> frozenset[str]:
    """Ids of the fields that share a place and that a signature there may belong to.

    To what was put right, if that is sure. Else an X may have been missed on anything
    with ink; it cannot lie on what the pen never touched. Where nothing has ink, one
    field stands for all, so that somebody looks.
    """
    if any(item.surely_crossed for item in sharing):
        bearing = [item for item in sharing if item.crossed]
    else:
        bearing = [item for item in sharing if item.crossed or item.touched]
    return frozenset(item.spec.id for item in bearing or sharing[:1])


def _places(spec: FieldSpec) -> Mapping[Signer, Region]:
    return spec.correction_signatures or {}
