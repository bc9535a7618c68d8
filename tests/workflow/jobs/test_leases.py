from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from workflow.errors import LeaseLost
from workflow.jobs import leases
from workflow.store.session import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAME, SECONDS = "document:7", 60
ALMOST = NOON + timedelta(seconds=SECONDS - 1)
OVER = NOON + timedelta(seconds=SECONDS)


def acquire(store: Store, holder: str, now: datetime) -> int | None:
    with store.write() as session:
        return leases.acquire(session, NAME, holder, now, SECONDS)


def test_a_lease_has_one_holder(store):
    token = acquire(store, "first", NOON)
    assert token is not None
    assert acquire(store, "second", ALMOST) is None
    with store.read() as session:
        assert leases.find_holder(session, NAME, ALMOST) == "first"


def test_its_holder_takes_it_again_under_the_same_token_for_the_full_time(store):
    token = acquire(store, "first", NOON)
    assert acquire(store, "first", ALMOST) == token
    with store.read() as session:
        assert leases.find_holder(session, NAME, OVER) == "first"


@pytest.mark.parametrize("holder", ["first", "second"])
def test_a_lease_that_ran_out_is_taken_under_another_token(store, holder):
    token = acquire(store, "first", NOON)
    assert acquire(store, holder, OVER) not in {None, token}


def test_nobody_holds_a_lease_that_ran_out(store):
    acquire(store, "first", NOON)
    with store.read() as session:
        assert leases.find_holder(session, NAME, OVER) is None
        assert leases.find_holder(session, "document:8", NOON) is None


def test_a_lease_is_renewed_only_while_it_is_held(store):
    token = acquire(store, "first", NOON)
    with store.write() as session:
        assert leases.renew(session, NAME, token, ALMOST, SECONDS)
        assert leases.renew(session, NAME, token, OVER, SECONDS)
        assert not leases.renew(session, NAME, token, OVER + timedelta(hours=1), SECONDS)
        assert not leases.renew(session, NAME, token + 1, OVER, SECONDS)


def test_a_lease_that_is_given_back_can_be_taken_under_another_token(store):
    token = acquire(store, "first", NOON)
    with store.write() as session:
        leases.release(session, NAME, token)
    with store.read() as session:
        assert leases.find_holder(session, NAME, NOON) is None
    assert acquire(store, "second", NOON) not in {None, token}


def test_a_late_holder_cannot_give_back_what_another_holds(store):
    token = acquire(store, "first", NOON)
    acquire(store, "second", OVER)
    with store.write() as session:
        leases.release(session, NAME, token)
    with store.read() as session:
        assert leases.find_holder(session, NAME, OVER) == "second"


def test_only_the_present_holder_passes_the_check(store):
    token = acquire(store, "first", NOON)
    with store.write() as session:
        leases.check(session, NAME, token, ALMOST)
        for wrong, now in ((token, OVER), (token + 1, ALMOST)):
            with pytest.raises(LeaseLost):
                leases.check(session, NAME, wrong, now)
        with pytest.raises(LeaseLost):
            leases.check(session, "document:8", 1, NOON)


def test_of_many_who_want_a_lease_at_once_one_gets_it(store):
    barrier = Barrier(4)

    def take(number: int) -> int | None:
        barrier.wait()
        return acquire(store, f"holder {number}", NOON)

    with ThreadPoolExecutor(4) as threads:
        tokens = list(threads.map(take, range(4)))
    assert [token for token in tokens if token is not None] == [1]
