import pytest

from tests.workflow.reading.desk import Desk


@pytest.fixture
def desk(store, settings, clock, people) -> Desk:
    return Desk(store, settings, clock, people["archivist"])
