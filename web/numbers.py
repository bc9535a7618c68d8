"""Numbers of rows as they come with a request."""

_LONGEST = 18
"""Digits; a number with more is none of a row, and the databases refuse to compare it."""


def read_key(text: str) -> int:
    """The number that is typed; raises ValueError where no row can have it."""
    if not text.isdecimal() or len(text) > _LONGEST:
        raise ValueError("no number of a row")
    return int(text)
