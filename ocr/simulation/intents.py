"""What people mean to answer, field by field, and what stands on the paper afterwards."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from form_templates.model import Signer
from ocr.readings import FieldState, MarkState, Reason, Value
from ocr.simulation.scenarios import PLAIN


class Medium(StrEnum):
    """What an answer is written with."""

    PEN = "pen"
    PRINT = "print"
    """Known before the visit and printed into the form."""
    STANDING = "standing"
    """Printed with the form itself: it stands there, and nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Intent:
    """The answer that is meant, and how the paper comes to it."""

    value: Value
    scenario: str = PLAIN
    medium: Medium = Medium.PEN


Intents = Mapping[str, Intent]
"""Field id -> what is meant."""


@dataclass(frozen=True, slots=True)
class FieldTruth:
    """What should be read from one field of a simulated paper."""

    field: str
    page: int
    sheet: int
    scenario: str
    row: str
    """The row of the correction table that it is an example of."""
    state: FieldState
    reason: Reason
    value: Value
    disposition: str
    cautious: tuple[str, ...] = ()
    """Dispositions that a careful reader may give instead."""
    before: Value = None
    marks: Mapping[str, MarkState] = dataclasses.field(default_factory=dict)
    signatures: Mapping[Signer, bool] = dataclasses.field(default_factory=dict)
    """Who signed at the answer."""
