from datetime import timedelta

from ocr.thresholds import ReadKind
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL, DRAWN
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import Batch, Source
from workflow.trust.gathering import gather_evidence, gather_readings
from workflow.trust.judged import Evidence, JudgedReading, Look

FIRST, SECOND, UMPIRE = "operator", "second_operator", "coordinator"
FIELD = "A10"
READ, OTHERWISE = str(DECLARED[FIELD]), "1"


def gather(desk: Desk) -> Evidence:
    with desk.store.read() as session:
        return gather_evidence(session)


def find_one(desk: Desk) -> JudgedReading:
    (reading,) = gather(desk).readings
    return reading


def test_a_doubted_field_counts_as_people_decided_it(desk: Desk) -> None:
    document_id = desk.check(changes={"A9": DOUBTFUL})
    desk.review(document_id, FIRST, A9=str(DECLARED["A9"]))
    seen = find_one(desk)
    assert (seen.look, seen.accepted, seen.right) == (Look.DOUBT, False, True)
    assert (seen.origin.kind, seen.origin.form) == (ReadKind.DIGITS, "family_declaration")
    assert seen.confidence == DOUBTFUL["confidence"]


def test_a_drawn_field_that_was_confirmed_was_right(desk: Desk) -> None:
    desk.review(desk.check(changes={FIELD: DRAWN}), FIRST, **{FIELD: READ})
    seen = find_one(desk)
    assert (seen.look, seen.accepted, seen.right) == (Look.DRAWN, True, True)


def test_a_silent_error_counts_once_two_people_have_found_it(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    desk.review(document_id, FIRST, **{FIELD: OTHERWISE})
    assert find_one(desk).right is None
    desk.review(document_id, SECOND, **{FIELD: OTHERWISE})
    assert find_one(desk).right is False


def test_where_two_people_differ_the_coordinator_says_what_was_right(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    desk.review(document_id, FIRST, **{FIELD: OTHERWISE})
    desk.review(document_id, SECOND, **{FIELD: READ})
    assert find_one(desk).right is None
    desk.review(document_id, UMPIRE, **{FIELD: READ})
    assert find_one(desk).right is True


def test_what_the_image_does_not_show_says_nothing(desk: Desk) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    desk.review(document_id, FIRST, **{FIELD: Verdict.UNREADABLE})
    assert find_one(desk).right is None


def test_all_accepted_fields_are_counted_looked_at_or_not(desk: Desk) -> None:
    desk.check(changes={FIELD: DRAWN, "A9": DOUBTFUL})
    accepted = {origin.kind: count for origin, count in gather(desk).accepted.items()}
    with desk.store.read() as session:
        readings = gather_readings(session, desk.clock() - timedelta(days=1), 100)
    for kind in ReadKind:
        own = [r for r in readings if r.origin.kind is kind]
        assert accepted[kind] == sum(r.accepted for r in own) > 0
    assert {r.confidence for r in readings if not r.accepted} == {DOUBTFUL["confidence"]}


def test_a_demonstration_counts_only_while_there_is_no_real_paper(desk: Desk) -> None:
    shown = desk.check(changes={"A9": DOUBTFUL})
    with desk.store.write() as session:
        session.query(Batch).update({"source": Source.DEMONSTRATION})
    desk.review(shown, FIRST, A9="9")
    assert (gather(desk).simulated, len(gather(desk).readings)) == (True, 1)
    desk.review(desk.check(changes={FIELD: DRAWN}), FIRST, **{FIELD: READ})
    assert not gather(desk).simulated
    assert find_one(desk).origin.kind is ReadKind.MARKS


def test_only_the_newest_pages_of_the_time_are_read(desk: Desk) -> None:
    desk.check()
    desk.clock.advance(days=10)
    with desk.store.read() as session:
        assert gather_readings(session, desk.clock() - timedelta(days=1), 100) == []
        newest = gather_readings(session, desk.clock() - timedelta(days=30), 2)
    assert len({reading.page for reading in newest}) == 2
