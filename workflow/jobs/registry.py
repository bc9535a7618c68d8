"""Which function does which step; each is imported when it is needed."""

import importlib
from collections.abc import Callable, Mapping

from workflow.errors import WorkflowFault
from workflow.jobs.queue import StepName
from workflow.jobs.work import Handler

HANDLERS: Mapping[str, str] = {
    StepName.READ_FILE: "workflow.reading.read_file:read_file",
    StepName.CHECK_DOCUMENT: "workflow.cases.checking:check_document",
    StepName.RATE_FAMILY: "workflow.rating.run:rate_family",
    StepName.OPEN_ASSIGNMENT: "workflow.assignment.opening:open_assignment",
    StepName.DECIDE_ASSIGNMENT: "workflow.assignment.deciding:decide_assignment",
}

Handlers = Callable[[str], Handler]
"""Name of a step -> what does it."""


class UnknownStep(WorkflowFault):
    """A step that this edition of the program does not know."""

    code = "unknown_step"
    message = "This program does not know the step; a newer one may have asked for it."


def load_handler(step: str) -> Handler:
    """Import what does the step; raises UnknownStep where nothing does."""
    if step not in HANDLERS:
        raise UnknownStep(step)
    module, name = HANDLERS[step].split(":")
    handler: Handler = getattr(importlib.import_module(module), name)
    return handler
