"""Draws fields that pass unseen by lot for a look: else nobody would ever see a silent error."""

import hashlib

from ocr.readings import FieldReading, FieldState
from ocr.thresholds import find_read_kind
from validation.people import says_who
from workflow.trust.judged import is_accepted

_WHOLE = 2**64


def is_drawn(reading: FieldReading, page: str, share: float) -> bool:
    """Whether a field is drawn; reading the same page again draws the same fields.

    Whether a register will confirm a field is not known yet when it is read. One that is
    drawn and goes to a person anyway stands for all such fields too.

    Args:
        reading: the field.
        page: names the page among all that ever come.
        share: of the fields that may pass unseen, 0 to 1.
    """
    if not _may_pass_unseen(reading) or find_read_kind(reading.spec.kind) is None:
        return False
    lot = hashlib.sha256(f"{page}:{reading.id}".encode()).digest()[:8]
    return int.from_bytes(lot, "big") < share * _WHOLE


def _may_pass_unseen(reading: FieldReading) -> bool:
    """Whether a field is accepted, or says who somebody is, which a register may confirm."""
    read_unsurely = reading.state is FieldState.READ and says_who(reading.id)
    return read_unsurely or is_accepted(reading.state, review=reading.review)
