from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acting import Begin, Clock
from workflow.audit.seals import Seal, seal_trail
from workflow.audit.verification import Verdict, verify_trail
from workflow.settings import Settings
from workflow.store.session import Store

Tell = Callable[[int], None]
MakeSeal = Callable[[], Seal | None]
Verify = Callable[[], Verdict]


@pytest.fixture
def seals(settings: Settings) -> Path:
    return settings.seals


@pytest.fixture
def tell(act: Begin) -> Tell:
    """Adds so many events."""

    def add(count: int) -> None:
        for number in range(count):
            with act() as doing:
                doing.record(
                    "document:state",
                    f"document:{number}",
                    {"state": "received"},
                    {"state": "review", "reason": "შეუსაბამობა"},
                    "order-02-150/annex-3/art-6(2)",
                )

    return add


@pytest.fixture
def make_seal(store: Store, seals: Path, clock: Clock) -> MakeSeal:
    """Seals the trail, a day after the last time."""

    def seal() -> Seal | None:
        clock.advance(days=1)
        return seal_trail(store, seals, clock())

    return seal


@pytest.fixture
def verify(store: Store, seals: Path) -> Verify:
    def check() -> Verdict:
        with store.read() as session:
            return verify_trail(session, seals)

    return check
