import pytest

from ocr.thresholds import ReadKind, Thresholds, find_shipped
from tests.acting import Begin
from tests.workflow.trust.readings import ALL_MARKS, MARKS, drawn, gather
from workflow.acts import Actor
from workflow.errors import NotFound
from workflow.store.models.trail import AuditEvent
from workflow.store.models.trust import Enforcement, LearnedThreshold, ThresholdSet
from workflow.store.session import Store
from workflow.trust.judged import Origin
from workflow.trust.keeping import enforce_set, keep_lessons, load_thresholds
from workflow.trust.learning import Lesson, learn_threshold

BEFORE = 0.94
TOO_MANY = gather(drawn(1000, 0.9999), drawn(40, 0.985, right=False))


def teach(origin: Origin = MARKS) -> Lesson:
    """A lesson that raises a threshold to 0.99."""
    return learn_threshold(origin, TOO_MANY, BEFORE, target=1)


def load(store: Store) -> Thresholds:
    with store.read() as session:
        return load_thresholds(session)


def keep(act: Begin, *lessons: Lesson, simulated: bool = False) -> int:
    with act() as doing:
        learned = keep_lessons(doing, lessons, simulated)
        assert learned is not None
        return learned.id


def list_events(store: Store, action: str) -> list[tuple[str, str, object]]:
    with store.read() as session:
        found = session.query(AuditEvent).filter_by(action=action).order_by(AuditEvent.seq)
        return [(event.actor, event.subject, event.after) for event in found]


def test_what_was_learned_holds_only_once_somebody_says_so(
    store: Store, act: Begin, people: dict[str, Actor]
) -> None:
    number = keep(act, teach(ALL_MARKS))
    shipped = find_shipped(ReadKind.MARKS)
    assert load(store).find(ReadKind.MARKS, "application", None) == shipped
    with act(people["administrator"]) as doing:
        enforce_set(doing, number)
    assert load(store).find(ReadKind.MARKS, "application", None) == 0.99
    with act(people["administrator"]) as doing:
        enforce_set(doing, None)
    assert load(store).find(ReadKind.MARKS, "application", None) == shipped


def test_the_trail_tells_what_was_learned_and_who_put_it_in_force(
    store: Store, act: Begin, people: dict[str, Actor]
) -> None:
    number = keep(act, teach(), simulated=True)
    with act(people["administrator"]) as doing:
        enforce_set(doing, number)
        enforce_set(doing, number)
    ((_, subject, learned),) = list_events(store, "thresholds:learn")
    assert subject == f"thresholds:{number}"
    assert learned == {
        "target": "1",
        "thresholds": ["marks family_declaration front desk: 0.99"],
        "simulated": True,
    }
    enforced = list_events(store, "thresholds:enforce")
    assert enforced == [("administrator", subject, {"set": number})]


def test_lessons_that_move_nothing_make_no_set(store: Store, act: Begin) -> None:
    few = learn_threshold(MARKS, gather(drawn(5)), BEFORE, target=1)
    with act() as doing:
        assert keep_lessons(doing, [few], simulated=False) is None
    assert list_events(store, "thresholds:learn") == []


def test_a_new_set_keeps_what_holds_and_was_not_learned_anew(store: Store, act: Begin) -> None:
    first = keep(act, teach(MARKS))
    with act() as doing:
        enforce_set(doing, first)
    second = keep(act, teach(ALL_MARKS))
    with act() as doing:
        enforce_set(doing, second)
    assert {(entry.form, entry.scanner) for entry in load(store).entries} == {
        (None, None),
        (MARKS.form, MARKS.scanner),
    }


def test_what_was_learned_of_another_network_does_not_hold(store: Store, act: Begin) -> None:
    with act() as doing:
        old = LearnedThreshold(
            kind="marks", network="another", accept_above=0.99, target=1, n=9, errors=0
        )
        learned = ThresholdSet(
            learned_at=doing.now, learned_by="somebody", simulated=False, thresholds=[old]
        )
        doing.session.add(learned)
        doing.session.flush()
        enforce_set(doing, learned.id)
    assert load(store) == Thresholds()


def test_a_set_that_is_not_there_cannot_be_put_in_force(store: Store, act: Begin) -> None:
    with pytest.raises(NotFound), act() as doing:
        enforce_set(doing, 99)
    with store.read() as session:
        assert session.query(Enforcement).count() == 0
