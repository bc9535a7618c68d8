"""What the template file of a form says, before anything has a place on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from form_templates.model import (
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
    Region,
    Signer,
    TemplateKey,
)


class Role(StrEnum):
    """What a paper is for."""

    FORM = "form"
    """It carries answers."""
    SEPARATOR = "separator"
    """It parts two documents in a pile and says nothing itself."""
    BATCH_COVER = "batch_cover"
    """It lies on top of a pile and says what is in it."""
    ATTACHMENT_COVER = "attachment_cover"
    """The papers of others that follow it in the pile belong to it."""


class CardStyle(StrEnum):
    """How the card of one table row is printed."""

    FLOW = "flow"
    """Fields beside each other, correction cells under the cells."""
    LINES = "lines"
    """One field a line, correction cells beside the cells."""


class AnchorKind(StrEnum):
    """What a page of somebody else's form is laid straight by."""

    SQUARE = "square"
    """A filled dark square or rectangle."""
    DOT = "dot"
    """A filled dark disc, or one inside rings."""
    CORNER = "corner"
    """Two lines that meet; the region's corner nearest to the page's is where they do."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something printed on a placed page that is found again in a scan."""

    kind: AnchorKind
    region: Region


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One side of a form that somebody else designed."""

    width_mm: float
    height_mm: float
    blank: str | None = None
    """File in the edition's folder that shows the empty page: a PDF or a picture."""
    blank_page: int = 1
    """Page of that file, from 1."""
    anchors: tuple[Anchor, ...] = ()
    """Without any, a scan is laid straight by the blank itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question of a placed form stands."""

    page: int
    """From 1."""
    region: Region
    parts: tuple[Region, ...] = ()
    """One for each code, or for each cell; none for a box."""


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
    write_at: str | None = None
    """Code of the question before it behind whose wording this text is written."""
    place: Place | None = None
    """Of a placed form only: a flowing one finds the places itself."""
    base: str | None = None
    """Id in the file, where the form repeats the question under numbers: `Q` of `Q12`."""


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
    paragraphs: int = 0
    """Of running text before the questions: labels `text.ID.1` and so on."""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One edition of one form, as data."""

    key: TemplateKey
    number: int
    """Number of the edition in the printed page code; unique among all editions.

    0 for a placed form: nothing of ours is printed on it."""
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
    day_field: str | None = None
    """Field with the day that the paper was filled; the law of that day holds."""
    pages: tuple[PlacedPage, ...] = ()
    """Of a placed form; a flowing one is broken into pages by the layout."""
    role: Role = Role.FORM
    scribble_cancels: bool = False
    """Whether a box blackened by a scribble counts as taken back (crossed boxes of others)."""
    folder: Path | None = None
    """Where the edition's files stand."""

    @property
    def placed(self) -> bool:
        """Whether somebody else designed the form, and the places are given."""
        return bool(self.pages)

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in print order."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    def label(self, key: str, language: str = "ka") -> str:
        """The wording of a key; raises KeyError where an edition lacks it."""
        return self.labels[language][key]
