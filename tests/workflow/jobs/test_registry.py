import pytest

from workflow.jobs.queue import StepName
from workflow.jobs.registry import HANDLERS, UnknownStep, load_handler
from workflow.jobs.worker import PRELOADED


def test_every_step_has_a_handler():
    assert set(HANDLERS) == set(StepName)


@pytest.mark.parametrize("step", StepName)
def test_every_handler_can_be_loaded(step: StepName):
    assert callable(load_handler(step))


@pytest.mark.parametrize("step", StepName)
def test_work_horses_find_every_handler_imported(step: StepName):
    assert load_handler(step).__module__ in PRELOADED


def test_an_unknown_step_is_a_fault_that_cannot_pass():
    with pytest.raises(UnknownStep, match="weigh_paper") as caught:
        load_handler("weigh_paper")
    assert not caught.value.retry
