"""What was read: the values that the reader hands to validation.

Bad paper is a value here, with its reason; never an exception, and never an
empty field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec, Signer, TemplateKey

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Four corners in px of the page as decoded, clockwise from the region's top left."""


class MarkState(StrEnum):
    """What a pen did to one printed code."""

    BLANK = "blank"
    CIRCLED = "circled"
    CHECKED = "checked"
    """A box with a cross or a tick in it."""
    BUBBLED = "bubbled"
    """A ring that was filled."""
    CROSSED_OUT = "crossed_out"
    UNCLEAR = "unclear"

    @property
    def is_answer(self) -> bool:
        """Whether the code is the answer, or one of the answers."""
        return self in (MarkState.CIRCLED, MarkState.CHECKED, MarkState.BUBBLED)


class FieldState(StrEnum):
    """What became of one field."""

    READ = "read"
    EMPTY = "empty"
    CORRECTED = "corrected"
    UNSIGNED = "unsigned"
    """A clear correction that lacks a signature."""
    UNANSWERED = "unanswered"
    """Crossed and not answered anew, or required and empty."""
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"
    """The image does not allow a decision."""


class Reason(StrEnum):
    """Why a field is in its state; each row of the correction table has one."""

    NONE = "none"
    SIGNED_CORRECTION = "signed_correction"
    UNSIGNED_CORRECTION = "unsigned_correction"
    UNANSWERED = "unanswered"
    CROSSED_UNANSWERED = "crossed_unanswered"
    TWO_ANSWERS = "two_answers"
    AMBIGUOUS_CORRECTION = "ambiguous_correction"
    """Two survive an X, X over the new mark, re-circled over an X, X on two codes, scribble."""
    OVERWRITTEN = "overwritten"
    """Digits overwritten, part of a number changed, two in a cell."""
    SIGNATURES_WITHOUT_CROSS = "signatures_without_cross"
    INK_BESIDE = "ink_beside"
    DOUBTFUL_MARK = "doubtful_mark"
    """The reader is not sure what a mark is: a person decides."""
    DOUBTFUL_VALUE = "doubtful_value"
    """Characters below the confidence that is accepted."""
    SUGGESTION = "suggestion"
    """Letters: always a suggestion that a person confirms."""
    IMAGE = "image"
    """Blur, clipping, or a page part that is missing."""


class PageStatus(StrEnum):
    """What became of one scanned page."""

    READ = "read"
    UNIDENTIFIED = "unidentified"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class MarkReading:
    """One printed code as the reader sees it."""

    code: str
    state: MarkState
    confidence: float
    """Calibrated probability that `state` is right, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A value put right on the paper."""

    before: str | tuple[str, ...] | None
    after: str | tuple[str, ...] | None
    signatures: Mapping[Signer, bool]


Value = str | tuple[str, ...] | bool | None


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field as read from one page."""

    spec: FieldSpec
    state: FieldState
    reason: Reason
    value: Value
    """One: the code; many: the codes; cells: raw characters; signature, stamp: bool; or None."""
    confidence: float
    """Calibrated probability that value and state are right, 0 to 1."""
    review: bool
    """The program's own doubt: a person decides."""
    region_px: Quad
    marks: tuple[MarkReading, ...] = ()
    correction: Correction | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    """For letters and doubtful values: other readings with their probability, best first."""
    page_ref: int = 0
    """Index into the document's pages."""

    @property
    def id(self) -> str:
        """The field's id."""
        return self.spec.id


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a page was scanned."""

    dpi: float | None
    """Measured from the markers, in px per inch along the page."""
    skew_degrees: float
    sharpness: float
    """Edge width of the markers in mm; larger is blurrier."""
    contrast: float
    """Paper minus print, 0 to 1."""
    corners_found: int
    problems: tuple[str, ...] = ()
    """Codes of what is wrong with the scan, as `ocr.quality` names them."""
    captions: float | None = None
    """Share of the ink of dark grey print that the page still shows; None where it has none."""
    hairlines: float | None = None
    """The same of light grey print."""
    grain: float = 0.0
    """Unevenness of the bare paper, as a share of the depth of black print."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on one scanned page."""

    file: str
    index: int
    status: PageStatus
    reason: str = ""
    """Code of what kept the page from being read; of intake or of this package."""
    detail: str = ""
    text: str = ""
    """What is printed on a page of somebody else, where it was asked for."""
    key: TemplateKey | None = None
    page: int | None = None
    sheet: int | None = None
    serial: int = 0
    quality: Quality | None = None
    fields: tuple[FieldReading, ...] = ()
    fingerprint: NDArray[np.uint8] | None = field(default=None, compare=False, repr=False)
    """The pen's ink on the page, very coarse: tells whether two scans show one paper."""


@dataclass(frozen=True, slots=True)
class PileContents:
    """What lies under the cover of a batch in its file."""

    documents: Mapping[str, int]
    """Form -> documents of which at least one page lies there."""
    pages: int
    """Pages that are not blank, without separators."""


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The pages of one paper document, joined; or pages that belong to none."""

    key: TemplateKey | None
    serial: int
    pages: tuple[PageReading, ...]
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    """Field id -> reading; of two scans of one page the first counts."""
    missing: tuple[tuple[int, int], ...] = ()
    """Pages (page, sheet) that the form has and the scan has not."""
    pile: PileContents | None = None
    """Of the cover of a batch, where the whole file is known."""
