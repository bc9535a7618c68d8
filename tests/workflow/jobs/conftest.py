"""What the tests of the queue start from."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.acting import Begin
from tests.workflow.jobs.workshop import Workshop
from workflow.audit.verification import verify_trail
from workflow.jobs.children import Child
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.jobs.redis_server import plan_redis
from workflow.settings import Settings
from workflow.store.session import Store


@pytest.fixture
def workshop(settings: Settings, store: Store) -> Iterator[Workshop]:
    """A Redis of its own and leases of two seconds, so that a dead worker is soon missed.

    Whatever was killed, the trail must be whole afterwards.
    """
    with plan_redis(settings) as server:
        changed = replace(settings, redis_url=server.url, lease_seconds=2, busy_seconds=0.5)
        shop = Workshop(changed, store, Child(server.child))
        try:
            shop.start_redis()
            yield shop
        finally:
            shop.end()
    with store.read() as session:
        assert not verify_trail(session, settings.seals).faults


@pytest.fixture
def step_id(act: Begin) -> int:
    with act() as doing:
        return request_step(doing, StepName.READ_FILE, "document:7", hash_input("pages")).id
