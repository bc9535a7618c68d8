"""How an event is bound to the one before: SHA-256 over canonical JSON."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

START = "0" * 64
"""What the first event is bound to, and the first seal."""

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def write_canonical(content: Mapping[str, Any]) -> str:
    """The one way to write it: sorted keys, no spaces, letters as they are."""
    return _encode(content)


def hash_text(text: str) -> str:
    """SHA-256 of its UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_event(event: Mapping[str, Any], previous: str) -> str:
    """The hash of an event, given the hash of the event before it."""
    return hash_text(write_canonical({**event, "previous": previous}))
