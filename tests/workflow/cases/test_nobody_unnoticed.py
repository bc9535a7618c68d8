"""No one person, and no later scan, changes unnoticed what another person has read."""

from collections.abc import Mapping
from typing import Any

import pytest

from ocr.readings import FieldState, Reason
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DOUBTFUL, LOST, find_position
from tests.workflow.cases.test_decisions import decide
from workflow.cases.decisions import discard, keep_image
from workflow.cases.settling import Stage
from workflow.errors import NotAllowed
from workflow.store.models.decisions import RegistryRecord, Verdict
from workflow.store.models.paper import DocumentState

FIRST, SECOND = "operator", "second_operator"
FORM = "family_declaration"
BOTH = {"A8": DOUBTFUL, "A9": DOUBTFUL}
SIGNED = {"state": FieldState.CORRECTED, "reason": Reason.SIGNED_CORRECTION}


@pytest.mark.parametrize(("value", "verdict"), [("5", Verdict.VALUE), (None, Verdict.UNCLEAR)])
def test_a_second_person_does_not_overrule_the_first_alone(
    desk: Desk, value: str | None, verdict: Verdict
) -> None:
    document_id = desk.check(changes=BOTH)
    desk.review(document_id, FIRST, A8="6450", A9="4")
    hold = desk.take(document_id, SECOND)
    desk.enter(hold, SECOND, "A8", "6450")
    desk.enter(hold, SECOND, "A9", value, verdict)
    assert desk.finish(hold, SECOND) is DocumentState.SETTLE


def test_a_third_person_does_not_outvote_one_of_two(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL, "E1": DOUBTFUL})
    hold = desk.take(document_id, FIRST)
    desk.enter(hold, FIRST, "A8", "6450")
    desk.enter(hold, FIRST, "E1", "12050")
    desk.finish(hold, FIRST)
    hold = desk.take(document_id, SECOND)
    desk.enter(hold, SECOND, "A8", "6950")
    desk.clock.advance(seconds=601)
    third = desk.take(document_id, "coordinator")
    desk.enter(third, "coordinator", "A8", "6450")
    desk.enter(third, "coordinator", "E1", "12050")
    assert desk.finish(third, "coordinator") is DocumentState.SETTLE


def test_a_coordinator_settles_alone_only_what_is_disputed(desk: Desk) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    desk.review(document_id, FIRST, A8="6450")
    desk.review(document_id, SECOND, A8="6950")
    hold = desk.take(document_id, "coordinator")
    desk.enter(hold, "coordinator", "A8", "6950")
    desk.enter(hold, "coordinator", "E1", "99900")
    assert desk.finish(hold, "coordinator") is DocumentState.SECOND_REVIEW
    stages = {doubt.field: doubt.stage for doubt in desk.doubts(document_id)}
    assert stages == {"A8": Stage.DONE, "E1": Stage.SECOND}


@pytest.mark.parametrize(
    ("second", "expected"),
    [(None, DocumentState.SECOND_REVIEW), ("6950", DocumentState.SETTLE)],
)
def test_what_waits_for_a_person_still_waits_after_a_further_scan(
    desk: Desk, second: str | None, expected: DocumentState
) -> None:
    document_id = desk.check(changes={"A8": DOUBTFUL})
    desk.review(document_id, FIRST, A8="6450")
    if second is not None:
        desk.review(document_id, SECOND, A8=second)
    desk.scan_again(document_id, {"A8": DOUBTFUL}, kept=[find_position(FORM, "A8")])
    assert desk.state(document_id) is expected


def test_what_waits_for_a_second_person_still_waits_once_the_image_is_kept(desk: Desk) -> None:
    document_id = desk.check(changes=BOTH)
    rescan = desk.review(document_id, FIRST, A8="6450", A9=Verdict.UNREADABLE)
    assert rescan is DocumentState.RESCAN
    decide(desk, "archivist", keep_image, document_id)
    assert desk.state(document_id) is DocumentState.SECOND_REVIEW


def test_what_one_person_read_is_compared_with_the_next_scan(desk: Desk) -> None:
    document_id = desk.check(changes=BOTH)
    desk.review(document_id, FIRST, A8="1110", A9=Verdict.UNREADABLE)
    desk.scan_again(document_id)
    assert ("entered_differently", "A8") in desk.codes(document_id)
    assert desk.state(document_id) is DocumentState.REVIEW


def test_what_a_person_read_is_compared_with_every_later_scan(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL, "A10": DOUBTFUL})
    desk.review(document_id, FIRST, A9="5", A10=Verdict.UNREADABLE)
    desk.scan_again(document_id, {"A10": LOST})
    assert desk.state(document_id) is DocumentState.RESCAN
    desk.scan_again(document_id)
    assert ("entered_differently", "A9") in desk.codes(document_id)
    assert desk.review(document_id, FIRST, A9="4") is DocumentState.READY


@pytest.mark.parametrize("scans", [2, 3])
def test_no_number_of_late_scans_makes_a_second_record(desk: Desk, scans: int) -> None:
    document_id = desk.check()
    for _ in range(scans):
        desk.scan_again(document_id, {"A8": {"value": " 9999"}})
        assert desk.state(document_id) is DocumentState.REVIEW
        assert desk.codes(document_id) == {("scan_after_decision", None)}
    assert desk.review(document_id, FIRST) is DocumentState.AUTHORISED
    with desk.store.read() as session:
        assert session.query(RegistryRecord).count() == 1


def test_a_document_with_a_record_is_not_discarded_for_its_late_scan(desk: Desk) -> None:
    document_id = desk.check()
    desk.scan_again(document_id)
    with pytest.raises(NotAllowed):
        decide(desk, "coordinator", discard, document_id, "the same again")
    assert desk.review(document_id, FIRST) is DocumentState.AUTHORISED


@pytest.mark.parametrize(("verdict", "value"), [(Verdict.UNSIGNED, "4"), (Verdict.UNCLEAR, None)])
@pytest.mark.parametrize(("read", "is_odd"), [({}, True), (SIGNED, False)])
def test_a_correction_that_did_not_count_is_not_gone_unless_it_was_put_right(
    desk: Desk, verdict: Verdict, value: str | None, read: Mapping[str, Any], is_odd: bool
) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    desk.enter(desk.take(document_id, FIRST), FIRST, "A9", value, verdict)
    desk.scan_again(document_id, {"A9": read})
    assert (("entered_differently", "A9") in desk.codes(document_id)) is is_odd
