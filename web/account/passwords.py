"""Passwords that the program makes."""

import secrets
import string

SHORTEST = 12
"""Characters of a password that a person chooses."""

_LETTERS = sorted({*string.ascii_letters, *string.digits} - {*"0O1lI"})
"""None that look alike: a made password is read from a screen or a sheet once."""


def make_password() -> str:
    """A password of four groups that can be told over the telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
