"""How an event is bound to the one before: SHA-256 over canonical JSON."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

START = "0" * 64
"""What the first event is bound to."""


def hash_event(event: Mapping[str, Any], previous: str) -> str:
    """The hash of an event, given the hash of the event before it.

    Canonical JSON: sorted keys, no spaces, UTF-8, instants in ISO 8601 with zone.
    """
    text = json.dumps(
        {**event, "previous": previous}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()
