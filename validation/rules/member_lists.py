"""The list of a family's members: how far it is known, and whose numbers stand there."""

from validation.rows import RowUse
from validation.rules.paper import Member, Paper


def is_list_read(paper: Paper) -> bool:
    """Whether every member is surely known: the end was seen, and nothing before it is in doubt.

    A list ends at its first blank row.
    """
    last = max((member.row for member in paper.members), default=0)
    ends = any(use is RowUse.UNUSED and row > last for row, use in paper.uses.items())
    return ends and not paper.unknown_rows


def list_bearers(paper: Paper, number: str | None) -> tuple[Member, ...]:
    """The members who bear a personal number; nobody where it is unread."""
    if number is None:
        return ()
    return tuple(member for member in paper.members if member.text("personal_number") == number)


def list_all_numbers(paper: Paper) -> tuple[str, ...]:
    """The personal numbers of the whole family; none while one member may be without."""
    numbers = [member.text("personal_number") for member in paper.members]
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) and not paper.unknown_rows else ()
