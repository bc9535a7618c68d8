"""Fields to decode strings with where no form is at hand."""

from form_templates.model import Cardinality, FieldSpec, Format, Kind, Region


def make_field(format_: Format, decimals: int = 0) -> FieldSpec:
    """A field of digits in some format, placed nowhere."""
    return FieldSpec(
        id="digits",
        question="digits",
        kind=Kind.DIGITS,
        cardinality=Cardinality.ONE,
        required=False,
        format=format_,
        decimals=decimals,
        group=None,
        row=None,
        region=Region(0, 0, 1, 1),
    )
