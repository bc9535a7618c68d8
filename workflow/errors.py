"""What can be wrong with the machinery of the workflow; bad paper is never one of these."""

from typing import ClassVar


class WorkflowFault(Exception):
    """Something the workflow was asked for cannot be done; nothing was changed."""

    code: ClassVar[str] = "workflow_fault"
    retry: ClassVar[bool] = False
    """Whether the same may succeed later without anybody mending anything."""
    message: ClassVar[str] = "This could not be done."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} ({self.detail})" if self.detail else self.message


class StoreBusy(WorkflowFault):
    """Another process holds the database for longer than we wait."""

    code = "store_busy"
    retry = True
    message = "The database is busy. Nothing was changed; try again in a moment."


class StoreUnavailable(WorkflowFault):
    """The database does not answer."""

    code = "store_unavailable"
    retry = True
    message = "The database does not answer. Nothing was changed; see that it runs."


class DiskFull(WorkflowFault):
    """There is no room for what should be stored."""

    code = "disk_full"
    retry = True
    message = "The disk is full. Nothing was changed; make room, then try again."


class NotFound(WorkflowFault):
    """What was asked for is not in the store."""

    code = "not_found"
    message = "There is no such thing in the store."


class NotAllowed(WorkflowFault):
    """The state or the person's role does not allow the action."""

    code = "not_allowed"
    message = "This is not allowed now."


class NotTheSecond(NotAllowed):
    """Who has entered something first never enters it a second time as somebody else."""

    code = "not_the_second"
    message = "A person other than the first must do this."


class NotTheUmpire(NotAllowed):
    """A coordinator is one of the two who disagree, and another one is there."""

    code = "not_the_umpire"
    message = "A coordinator who is none of the two must settle this."


class LeaseLost(WorkflowFault):
    """Somebody else works on it now: the lease ran out or was taken over."""

    code = "lease_lost"
    message = "Somebody else has it now. Nothing was changed."


class HeldByOther(LeaseLost):
    """Somebody else works on it, and whoever asks for it never had it."""

    code = "held_by_other"


class Conflict(WorkflowFault):
    """What the action builds on has changed meanwhile."""

    code = "conflict"
    message = "It has changed meanwhile. Nothing was changed; look again."


class OriginalLost(WorkflowFault):
    """Bytes that were stored cannot be read any more."""

    code = "original_lost"
    retry = True
    message = "The stored scan cannot be read. Look after the disk, or restore it from a copy."
