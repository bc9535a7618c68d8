"""What the template file of a form says, before anything has a place on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from form_templates.model import (
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
    Signer,
    TemplateKey,
)


class CardStyle(StrEnum):
    """How the card of one table row is printed."""

    FLOW = "flow"
    """Fields beside each other, correction cells under the cells."""
    LINES = "lines"
    """One field a line, correction cells beside the cells."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form; in a table, one column of it."""

    id: str
    kind: Kind
    law: str
    cardinality: Cardinality = Cardinality.ONE
    required: bool = True
    format: Format = Format.PLAIN
    codes: tuple[str, ...] = ()
    """Printed codes of a circled, checked or bubbled question, in print order."""
    cells: tuple[int, ...] = ()
    """Cells of a written answer in printed groups: (2, 2, 4) for a date."""
    decimals: int = 0
    correction_rule: CorrectionRule = CorrectionRule.NONE
    """Resolved: the question's own, else its section's, else the form's."""
    columns: int = 1
    """Columns that the options are printed in."""
    width_mm: float | None = None
    """Width of a text, signature or stamp box."""
    height_mm: float | None = None
    lines: int = 1
    beside: bool = False
    """Printed beside the question before it where both fit on the line."""
    lexicon: str | None = None
    critical: bool = False
    agency: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a form."""

    id: str
    questions: tuple[Question, ...]
    law: str
    new_page: bool = False
    foot_signature: Signer | None = None
    """Who signs at the foot of each page that holds this section (art. 11(5))."""
    group: str | None = None
    """Table the section's questions are columns of; one printed card a row."""
    rows: int = 0
    """Rows printed on the section's own page."""
    continuation_rows: int = 0
    """Rows on each continuation sheet."""
    card: CardStyle = CardStyle.FLOW
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One edition of one form, as data."""

    key: TemplateKey
    number: int
    """Number of the edition in the printed page code; unique among all editions."""
    correction_rule: CorrectionRule
    faults_go_to: FaultsGoTo
    law: str
    case_field: str | None
    """Field that carries the family code."""
    sections: tuple[Section, ...]
    labels: Mapping[str, Mapping[str, str]]
    """Language -> key -> wording; keys as `field.A10`, `option.A10.1`, `section.A`."""
    default_rows: Mapping[str, int]
    """Rows that are printed unless told otherwise: table -> count."""
    foot_signature_law: str = ""
    """Article that asks for a signature at the foot of a leaf."""

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in print order."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    def label(self, key: str, language: str = "ka") -> str:
        """The wording of a key; raises KeyError where an edition lacks it."""
        return self.labels[language][key]
