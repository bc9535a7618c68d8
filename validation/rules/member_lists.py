"""How far the list of a family's members is known: it ends at its first blank row."""

from validation.rows import RowUse
from validation.rules.paper import Paper


def is_list_read(paper: Paper) -> bool:
    """Whether every member is surely known: the end was seen, and nothing before it is in doubt."""
    last = max((member.row for member in paper.members), default=0)
    ends = any(use is RowUse.UNUSED and row > last for row, use in paper.uses.items())
    return ends and not paper.unknown_rows
