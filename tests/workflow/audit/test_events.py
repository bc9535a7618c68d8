from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from tests.acting import Begin, Clock
from tests.workflow.audit.conftest import Verify
from tests.workflow.other_process import SPAWN, append_events, run_at_once
from workflow.audit.actions import UnknownAction
from workflow.audit.events import InexactEvent
from workflow.store.models.trail import AuditEvent
from workflow.store.session import Store


def read_numbers(store: Store) -> list[int]:
    with store.read() as session:
        return list(session.scalars(select(AuditEvent.seq).order_by(AuditEvent.seq)))


def test_processes_that_append_at_once_make_one_chain_without_gaps(
    store: Store, database_url: str, verify: Verify
) -> None:
    processes = [
        SPAWN.Process(target=append_events, args=(database_url, name, 40)) for name in "ab"
    ]
    assert run_at_once(processes) == [0, 0]
    assert read_numbers(store) == list(range(1, 81))
    assert verify().faults == ()


def test_what_is_undone_leaves_no_event_and_no_gap(store: Store, act: Begin) -> None:
    with pytest.raises(KeyboardInterrupt), act() as doing:
        doing.record("case:read", "case:1")
        raise KeyboardInterrupt
    with act() as doing:
        doing.record("case:read", "case:2")
    assert read_numbers(store) == [1]


@pytest.mark.parametrize(
    ("action", "after"),
    [
        ("case:burn", None),
        ("step:retry", None),
        ("step:retry", {"step": 1, "why": "to see"}),
        ("case:read", {"step": 1}),
    ],
)
def test_an_event_tells_exactly_what_its_action_declares(
    store: Store, act: Begin, action: str, after: dict[str, object] | None
) -> None:
    with pytest.raises(UnknownAction), act() as doing:
        doing.record(action, "case:1", after=after)
    assert read_numbers(store) == []


@pytest.mark.parametrize("value", [0.5, float("nan"), {"deep": [1, 2.0]}])
def test_an_event_tells_exact_numbers_only(act: Begin, value: object) -> None:
    with pytest.raises(InexactEvent), act() as doing:
        doing.record("step:retry", "step:1", after={"step": value})


@pytest.mark.parametrize(
    "value",
    [
        'ქართული, \U0001f58b and \\ " \n',
        12345678901234567890,
        [True, None, {"b": 1, "a": []}],
        "1e400",
    ],
)
def test_what_an_event_tells_comes_back_as_it_was_hashed(
    act: Begin, verify: Verify, value: object
) -> None:
    with act() as doing:
        doing.record("step:retry", "step:1", after={"step": value})
    assert (verify().faults, verify().events) == ((), 1)


def test_the_zone_in_which_a_moment_was_told_does_not_matter(
    store: Store, act: Begin, clock: Clock, verify: Verify
) -> None:
    clock.now = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=4)))
    with act() as doing:
        doing.record("case:read", "case:1")
    with store.read() as session:
        event = session.get_one(AuditEvent, 1)
    assert event.at == datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
    assert verify().faults == ()
