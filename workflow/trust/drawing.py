"""Draws accepted fields by lot for a look: without it nobody would ever see a silent error."""

import hashlib

from ocr.readings import FieldReading
from ocr.thresholds import find_read_kind
from workflow.trust.judged import is_accepted

_WHOLE = 2**64


def is_drawn(reading: FieldReading, page: str, share: float) -> bool:
    """Whether a field is drawn; reading the same page again draws the same fields.

    Args:
        reading: the field.
        page: names the page among all that ever come.
        share: of accepted fields, 0 to 1.
    """
    accepted = is_accepted(reading.state, review=reading.review)
    if not accepted or find_read_kind(reading.spec.kind) is None:
        return False
    lot = hashlib.sha256(f"{page}:{reading.id}".encode()).digest()[:8]
    return int.from_bytes(lot, "big") < share * _WHOLE
