"""What a form is once it is laid out: pages, fields and regions in millimetres.

The origin is the top left corner of the page, x to the right, y down. These
values cross package borders: the printer draws them, the reader looks there,
the schema is built from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import hypot


class Kind(StrEnum):
    """How a field is answered on paper."""

    CIRCLE = "circle"
    CHECK = "check"
    BUBBLE = "bubble"
    DIGITS = "digits"
    LETTERS = "letters"
    TEXT = "text"
    SIGNATURE = "signature"
    STAMP = "stamp"


MARK_KINDS = frozenset({Kind.CIRCLE, Kind.CHECK, Kind.BUBBLE})
CELL_KINDS = frozenset({Kind.DIGITS, Kind.LETTERS})
PRESENCE_KINDS = frozenset({Kind.SIGNATURE, Kind.STAMP})


class Cardinality(StrEnum):
    """How many answers a field may carry."""

    ONE = "one"
    MANY = "many"


class Format(StrEnum):
    """What the characters of a written answer stand for."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    PERSONAL_NUMBER = "personal_number"
    CODE = "code"
    PHONE = "phone"
    PLAIN = "plain"


_AMOUNTS = frozenset({Format.INTEGER, Format.DECIMAL, Format.MONEY, Format.PLAIN})


class Signer(StrEnum):
    """Who signs at a corrected answer."""

    REPRESENTATIVE = "representative"
    AGENT = "agent"


class CorrectionRule(StrEnum):
    """How a wrong answer may be put right on the paper (order 01-14, annex 1, art. 11)."""

    DECLARATION = "declaration"
    """Crossed with X, answered anew, signed by representative and agent."""
    AGENT_ALONE = "agent_alone"
    """The agent's own part: the agent signs alone (assumed)."""
    NONE = "none"
    """The law names no way; nobody signs."""

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Who must sign at a corrected answer under this rule."""
        return {
            CorrectionRule.DECLARATION: (Signer.REPRESENTATIVE, Signer.AGENT),
            CorrectionRule.AGENT_ALONE: (Signer.AGENT,),
            CorrectionRule.NONE: (),
        }[self]


class FaultsGoTo(StrEnum):
    """Where a document with faults goes (order 02-150, annex 3, arts. 3 and 6)."""

    AGENT = "agent"
    REJECTION = "rejection"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on a page, in mm from its top left corner."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    def __post_init__(self) -> None:
        if self.width_mm <= 0 or self.height_mm <= 0:
            raise ValueError(f"a region needs a positive size, not {self}")

    @property
    def right_mm(self) -> float:
        """The x of the right edge."""
        return self.x_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """The y of the lower edge."""
        return self.y_mm + self.height_mm

    def overlaps(self, other: "Region") -> bool:
        """Whether the two share any area."""
        return (
            self.x_mm < other.right_mm
            and other.x_mm < self.right_mm
            and self.y_mm < other.bottom_mm
            and other.y_mm < self.bottom_mm
        )

    def gap_to(self, other: "Region") -> float:
        """How far apart the two are in mm; 0 where they touch."""
        across = max(self.x_mm - other.right_mm, other.x_mm - self.right_mm, 0.0)
        down = max(self.y_mm - other.bottom_mm, other.y_mm - self.bottom_mm, 0.0)
        return hypot(across, down)

    def grown(self, margin_mm: float) -> "Region":
        """The same region with a margin on every side."""
        return Region(
            self.x_mm - margin_mm,
            self.y_mm - margin_mm,
            self.width_mm + 2 * margin_mm,
            self.height_mm + 2 * margin_mm,
        )

    def without_frame(self, frame_mm: float) -> "Region":
        """What lies inside a printed frame; of a small region three fifths at least are left."""
        return self.grown(-min(frame_mm, self.width_mm / 5, self.height_mm / 5))

    def moved(self, dx_mm: float, dy_mm: float) -> "Region":
        """The same region elsewhere."""
        return Region(self.x_mm + dx_mm, self.y_mm + dy_mm, self.width_mm, self.height_mm)

    def as_list(self) -> list[float]:
        """The region as [x, y, width, height], rounded to a hundredth of a mm."""
        return [round(v, 2) for v in (self.x_mm, self.y_mm, self.width_mm, self.height_mm)]


def enclose(regions: Iterable[Region]) -> Region:
    """The smallest region that holds all the others; raises ValueError for none."""
    boxes = list(regions)
    if not boxes:
        raise ValueError("no regions to enclose")
    left, top = min(b.x_mm for b in boxes), min(b.y_mm for b in boxes)
    right, bottom = max(b.right_mm for b in boxes), max(b.bottom_mm for b in boxes)
    return Region(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Option:
    """A printed code that can be marked."""

    code: str
    region: Region


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field in its place on one page."""

    id: str
    """Printed code, with its row where it stands in a table: `A12`, `members[3].C3_07`."""
    question: str
    """Id without the row: `C3_07`; the key of labels and rules."""
    kind: Kind
    cardinality: Cardinality
    required: bool
    """In a table: required in every row that is used."""
    format: Format
    decimals: int
    """Cells behind the decimal separator; they are the last cells."""
    group: str | None
    """Table the field is a column of: `members`."""
    row: int | None
    """Row of the table, from 1."""
    region: Region
    """The whole answer: all cells, all options, or the box to sign or write in."""
    cells: tuple[Region, ...] = ()
    """One a character, in reading order."""
    options: tuple[Option, ...] = ()
    correction_cells: tuple[Region, ...] = ()
    """Where a crossed written answer is written anew; as many as cells, or none."""
    correction_signatures: Mapping[Signer, Region] | None = None
    """Only the signers the rule asks for; fields of one table row may share them."""
    correction_rule: CorrectionRule = CorrectionRule.NONE
    law: str = ""
    assumed: bool = False
    """The sources leave the codes or the layout open; these are ours."""
    lexicon: str | None = None
    """Word list that letters are matched with: first_names, surnames, settlements, streets."""
    critical: bool = False
    """A value that needs a second, independent entry in review."""
    agency: bool = False
    """Filled from the agency's data (art. 5(7))."""

    @property
    def is_amount(self) -> bool:
        """Whether a point or a comma makes another number of the same digits."""
        return self.kind is Kind.DIGITS and self.format in _AMOUNTS

    @property
    def places(self) -> tuple[Region, ...]:
        """Where the ink of the answer belongs, written anew or not."""
        if self.options:
            return tuple(option.region for option in self.options)
        return (*(self.cells or (self.region,)), *self.correction_cells)

    def signers(self) -> tuple[Signer, ...]:
        """Who must sign at a correction of this field."""
        return self.correction_rule.signers

    def moved(self, dx_mm: float, dy_mm: float) -> "FieldSpec":
        """The same field elsewhere on the page."""
        signatures = self.correction_signatures
        return replace(
            self,
            region=self.region.moved(dx_mm, dy_mm),
            cells=tuple(c.moved(dx_mm, dy_mm) for c in self.cells),
            options=tuple(Option(o.code, o.region.moved(dx_mm, dy_mm)) for o in self.options),
            correction_cells=tuple(c.moved(dx_mm, dy_mm) for c in self.correction_cells),
            correction_signatures=signatures
            and {who: place.moved(dx_mm, dy_mm) for who, place in signatures.items()},
        )


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One printed side: its numbers and the fields on it."""

    page: int
    """Number in the form's numbering, from 1; a continuation sheet has its own."""
    sheet: int
    """1, or the count of a continuation sheet."""
    width_mm: float
    height_mm: float
    fields: tuple[FieldSpec, ...]
    free: tuple[Region, ...] = ()
    """Where people may write what nobody reads: the name at the head of a card."""


@dataclass(frozen=True, slots=True)
class TemplateKey:
    """Which edition of which form."""

    form: str
    edition: date

    def __str__(self) -> str:
        return f"{self.form}/{self.edition.isoformat()}"
