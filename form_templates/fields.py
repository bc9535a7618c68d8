"""The field that a question becomes once it has a place, whoever gave it the place."""

from form_templates.model import FieldSpec, Option, Region
from form_templates.specification import Question


def place_question(
    question: Question,
    region: Region,
    cells: tuple[Region, ...] = (),
    options: tuple[Option, ...] = (),
) -> FieldSpec:
    """The field of a question that stands once on the form, without room to correct it."""
    return FieldSpec(
        id=question.id,
        question=question.id,
        kind=question.kind,
        cardinality=question.cardinality,
        required=question.required,
        format=question.format,
        decimals=question.decimals,
        group=None,
        row=None,
        region=region,
        cells=cells,
        options=options,
        correction_rule=question.correction_rule,
        law=question.law,
        assumed=question.assumed,
        lexicon=question.lexicon,
        critical=question.critical,
        agency=question.agency,
    )
