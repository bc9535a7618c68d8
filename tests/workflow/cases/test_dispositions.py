import pytest

from ocr.readings import FieldState, Reason
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import (
    DOUBTFUL,
    EMPTY,
    LOST,
    UNCLEAR,
    Changes,
    store_strays,
)
from workflow.cases.checking import take_in_version
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import DocumentState

UNSIGNED = {"state": FieldState.UNSIGNED, "reason": Reason.UNSIGNED_CORRECTION}
TWO = {"state": FieldState.UNANSWERED, "reason": Reason.TWO_ANSWERS, "value": None}

ROWS: list[tuple[str, str, Changes, DocumentState]] = [
    ("nothing is wrong", "family_declaration", {}, DocumentState.AUTHORISED),
    ("an answer is missing", "family_declaration", {"A9": EMPTY}, DocumentState.CONFIRM_RETURN),
    ("two answers", "family_declaration", {"A10": TWO}, DocumentState.CONFIRM_RETURN),
    ("unsigned", "family_declaration", {"A10": UNSIGNED}, DocumentState.CONFIRM_RETURN),
    ("a doubtful value", "family_declaration", {"A9": DOUBTFUL}, DocumentState.REVIEW),
    ("unclear", "family_declaration", {"A10": UNCLEAR}, DocumentState.REVIEW),
    ("the image is at fault", "family_declaration", {"A9": LOST}, DocumentState.RESCAN),
    (
        "a fault beside a doubt waits for the person",
        "family_declaration",
        {"A9": EMPTY, "A10": DOUBTFUL},
        DocumentState.REVIEW,
    ),
    (
        "the image comes before all else",
        "family_declaration",
        {"A9": LOST, "A10": UNCLEAR, "A11": EMPTY},
        DocumentState.RESCAN,
    ),
    ("a whole application", "application", {}, DocumentState.AUTHORISED),
    (
        "an application without an answer",
        "application",
        {"applicant_surname": EMPTY},
        DocumentState.CONFIRM_REJECTION,
    ),
    (
        "an application that the office did not register",
        "application",
        {"registration_number": EMPTY},
        DocumentState.REVIEW,
    ),
    (
        "an unclear correction the program is sure of, on an application",
        "application",
        {"reason": {**UNCLEAR, "review": False}},
        DocumentState.CONFIRM_REJECTION,
    ),
]


@pytest.mark.parametrize(
    ("form", "changes", "state"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_a_checked_document_goes_where_its_findings_send_it(
    desk: Desk, form: str, changes: Changes, state: DocumentState
) -> None:
    document_id = desk.check(form, changes)
    assert desk.state(document_id) is state, desk.codes(document_id)


def test_pages_without_a_form_wait_for_the_archivist(desk: Desk) -> None:
    with desk.act() as act:
        document = store_strays(act.session, act.now)
        take_in_version(act, document)
    assert desk.state(document.id) is DocumentState.UNIDENTIFIED
    assert desk.doubts(document.id) == ()


def test_what_nobody_had_to_decide_the_system_authorises(desk: Desk) -> None:
    document_id = desk.check()
    with desk.store.read() as session:
        record = session.query(RegistryRecord).one()
    assert (record.document_id, record.authorised_by) == (document_id, "system")
    assert record.values["A9"] == 3
