"""What keeps a family from being rated."""

from pathlib import Path
from typing import Self

from workflow.errors import WorkflowFault


class BrokenPack(WorkflowFault):
    """A methodology pack contradicts itself or uses what none may use; nothing is rated by it."""

    code = "broken_pack"
    message = "Correct the methodology pack."

    file: Path | None = None
    key: str = ""

    @classmethod
    def at(cls, file: Path, key: str, why: str) -> Self:
        """The fault of one key of a file."""
        fault = cls(f"{file}: {key}: {why}")
        fault.file, fault.key = file, key
        return fault


class NoPack(WorkflowFault):
    """No methodology holds on the day."""

    code = "no_pack"
    message = "No methodology pack holds on that day; nothing was rated."


class NoLimit(WorkflowFault):
    """The law names no limit of the score for the day."""

    code = "no_score_limit"
    message = "No limit of the score holds on that day; nothing was rated."


class MemberElsewhere(WorkflowFault):
    """A member stands in another family's declaration too (order 02-150, annex 3, art. 8(2.2))."""

    code = "member_elsewhere"
    message = "Nobody is scored twice: correct the declarations of these families first."


class NotScored(WorkflowFault):
    """The record cannot be scored: it is for the cleaning base (order 02-150, annex 3, art. 8)."""

    code = "not_scored"
    message = "The declaration could not be scored; compare the record with the paper."
