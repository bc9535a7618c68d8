"""What is wrong, doubtful or worth knowing, as codes; the wording stands in data."""

import dataclasses
from collections.abc import Mapping

from validation.disposition import Disposition, Severity
from validation.registers import RegisterAnswer

Parameter = str | tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with the article behind it and what follows from it."""

    code: str
    field: str | None
    """Id of the field it is about; None where it is about a page or the whole."""
    severity: Severity
    law: str
    consequence: Disposition
    parameters: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)
    """What the wording names: values, other fields, who did not sign."""
    assumed: bool = False
    """The sources leave the point open; the consequence is our reading."""
    evidence: tuple[RegisterAnswer, ...] = ()
    """Answers of registers that it rests on; kept with it."""
