"""Why an answer is in doubt: what stands beside it is never called a poor reading."""

from dataclasses import replace

import pytest

from form_templates.model import FieldSpec
from ocr.cell_answers import _Rows, _weigh
from ocr.cell_rows import RowReading
from ocr.corrections import CellRow, Presence
from ocr.evidence import CellEvidence
from ocr.page_fields import _temper
from ocr.readings import FieldState, Quality, Reason
from ocr.references import Reference
from ocr.registration import register_page
from ocr.written import WrittenState
from tests.ocr.test_evidence import FIELDS
from tests.ocr.test_strays import REFERENCE

GOOD = Quality(300, 0, 0.1, 0.9, 4)
NUMBER, SURNAME = FIELDS["members[1].personal_number"], FIELDS["members[1].surname"]
NOTHING = RowReading(CellRow(WrittenState.EMPTY), 1.0, doubtful=False)


def weigh(spec: FieldSpec, text: str, **changes: object) -> CellEvidence:
    """An answer that was not read surely, but for the changes."""
    evidence = CellEvidence(
        spec=spec,
        answer=CellRow(WrittenState.READ, text),
        anew=NOTHING.row,
        ink_beside=False,
        confidence=0.7,
        doubtful=True,
        suggested=not text.isdigit(),
    )
    return replace(evidence, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("spec", "text"), [(NUMBER, "01024035867"), (SURNAME, "ბერიძე")])
@pytest.mark.parametrize(
    ("beside", "signed", "reason"),
    [
        (False, Presence.ABSENT, Reason.DOUBTFUL_VALUE),
        (True, Presence.ABSENT, Reason.INK_BESIDE),
        (False, Presence.PRESENT, Reason.SIGNATURES_WITHOUT_CROSS),
    ],
)
def test_what_stands_beside_an_unsure_answer_stays_its_reason(
    spec: FieldSpec, text: str, beside: bool, signed: Presence, reason: Reason
) -> None:
    evidence = weigh(spec, text, ink_beside=beside)
    signatures = dict.fromkeys(spec.correction_signatures or {}, signed)
    outcome = _temper(evidence, evidence.decide(signatures), GOOD)
    assert (outcome.state, outcome.reason, outcome.value) == (FieldState.READ, reason, text)


def test_ink_too_pale_to_read_in_the_correction_cells_is_ink_beside() -> None:
    reference: Reference = REFERENCE
    page = register_page(reference.blank)
    answer = RowReading(CellRow(WrittenState.READ, "01024035867"), 0.9999, doubtful=False)
    for anew, reason in (
        (replace(NOTHING, doubtful=True), Reason.INK_BESIDE),
        (NOTHING, Reason.NONE),
    ):
        evidence = _weigh(page, _Rows(NUMBER, answer, anew), ink_beside=False)  # type: ignore[arg-type]
        assert _temper(evidence, evidence.decide({}), GOOD).reason is reason
