"""Where a field ended, beside where the correction table sends it."""

from enum import StrEnum

from benchmarks.simulated import Compared
from ocr.simulation.scenarios import SEVERITY


class Outcome(StrEnum):
    """What the program made of a field, by whether it is what is due."""

    SETTLED = "as due"
    """The table's disposition, or another that the scenario allows a careful reader."""
    PROPOSED = "read right, but a person confirms"
    PERSON = "to a person, not read"
    GRAVER = "graver than due"
    MILDER = "milder than due"
    ACCEPTED_WRONGLY = "accepted wrongly"

    @property
    def is_right(self) -> bool:
        """Whether what the table wants comes about, with or without a person's nod."""
        return self in (Outcome.SETTLED, Outcome.PROPOSED)


_TO_A_PERSON = ("needs_review", "rescan", "")


def judge_outcome(c: Compared) -> Outcome:
    """Compare a field's disposition with the due one; an invented page has only its states."""
    due = (c.truth.disposition, *c.truth.cautious)
    if c.silent_error or (c.disposition == "accepted" and "accepted" not in due):
        return Outcome.ACCEPTED_WRONGLY
    if c.disposition in due or (not c.disposition and c.right and not c.to_review):
        return Outcome.SETTLED
    if c.disposition in _TO_A_PERSON:
        return Outcome.PROPOSED if c.right else Outcome.PERSON
    graver = SEVERITY.index(c.disposition) > SEVERITY.index(c.truth.disposition)
    return Outcome.GRAVER if graver else Outcome.MILDER
