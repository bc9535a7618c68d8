"""From page images to page readings: the ordered steps, on one screen.

decode -> lay straight -> name the page -> align with its blank -> read its fields

A page that bears none of our marks may be of a placed form; else its printed title
says whether a form was abolished or printed elsewhere.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.catalog import ROOT
from form_templates.fitting import LayoutFault
from form_templates.known_forms import find_numbered, load_known, load_sound
from form_templates.layout import list_pages
from form_templates.marks import PageCode
from form_templates.specification import Template
from intake.pages import PageImage
from ocr.alignment import lay_over, shows_blank
from ocr.frame import Grey, RegisteredPage
from ocr.identity import match_blank, read_page_code, read_page_code_anywhere
from ocr.ink import Ink
from ocr.inked_page import InkedPage, find_ink
from ocr.memory import keep_freed_memory
from ocr.neighbours import list_neighbours
from ocr.page_fields import read_fields
from ocr.page_sizes import shrink_page
from ocr.placed.reading import PlacedReader
from ocr.placement import Unregistered
from ocr.quality import assess_page, assess_paper, is_blank_page
from ocr.readings import FieldReading, PageReading, PageStatus, Quality
from ocr.references import ReferenceShelf
from ocr.registration import register_page, to_grey
from ocr.thresholds import AcceptLimits, Thresholds
from ocr.titles import guess_page_from_title, name_by_title

CODE_LOST = "code_lost"
"""Reason of a page that was named by its print and its neighbours, not by its code."""
ABOLISHED = "abolished_form"
"""Reason of a page that is a form no more; the detail is its id."""
TITLE_ALONE = "title_alone"
"""Reason of a page with the title of a form and none of its marks; the detail is that title."""
TOO_SMALL = "too_small"
"""Reason of a picture that is no page: it is never called blank, whatever it shows."""
_LEAST_PX = 200
"""Of the shorter side: a sheet at 24 dpi, of which nobody reads a word."""
_MOST_WAITING = 6
"""Pages of a file without a code that are kept until its other pages are known."""
_LEAST_LIKENESS, _LEAST_MARGIN = 0.45, 0.08
"""Of a page without a code to the blank that it is taken for, and to the next best."""
_FINGERPRINT_PX = (42, 60)


@dataclass(slots=True)
class _Waiting:
    """A page laid straight whose code could not be read."""

    at: int
    image: PageImage
    page: RegisteredPage


@dataclass(slots=True)
class PageReader:
    """Reads pages one after the other; keeps the blanks that it needed."""

    shelf: ReferenceShelf = field(default_factory=ReferenceShelf)
    root: Path = ROOT
    """Folder of further forms."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    scanner: str | None = None
    """Where the pages come from, as far as thresholds were learned for it."""
    known: Container[str] | None = None
    """Personal numbers that a register has; None where none is at hand."""
    read_text: Callable[[Grey], str] = lambda grey: ""
    """Reads the words of a page of somebody else; they are left unread unless told otherwise."""
    _placed: PlacedReader | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        keep_freed_memory()

    def read_file(self, images: Iterable[PageImage]) -> Iterator[PageReading]:
        """Read the pages of one file in their order.

        A page whose code is lost is named at the end, when the others are known.
        """
        readings: list[PageReading] = []
        waiting: list[_Waiting] = []
        for image in images:
            reading, page = self._read(image)
            if page is not None and len(waiting) < _MOST_WAITING:
                waiting.append(_Waiting(len(readings), image, page))
            readings.append(reading)
        for item in waiting:
            readings[item.at] = self._name_by_neighbours(item, readings)
        yield from readings

    def read_page(self, image: PageImage) -> PageReading:
        """Read one page by itself."""
        return self._read(image)[0]

    def _read(self, image: PageImage) -> tuple[PageReading, RegisteredPage | None]:
        """A page's reading, and the page itself where only its code is missing."""
        if image.pixels is None:
            fault = image.fault
            reason, message = (fault.code, fault.message) if fault else ("no_pixels", "")
            return _unread(image, PageStatus.UNREADABLE, reason, message), None
        if min(image.pixels.shape[:2]) < _LEAST_PX:
            return _unread(image, PageStatus.UNREADABLE, TOO_SMALL), None
        page = register_page(image.pixels)
        if isinstance(page, Unregistered):
            return self._read_unmarked(image, to_grey(image.pixels), page), None
        code = read_page_code(page)
        if code is None:
            placed = self._read_placed(image)
            return (placed, None) if placed else (self._suggest(image, page), page)
        template = find_numbered(code.edition, self.root)
        if template is None:
            detail = f"edition number {code.edition}"
            return _unread(image, PageStatus.UNIDENTIFIED, "unknown_edition", detail), None
        return self._read_named(image, page, template, code), None

    def _read_named(
        self, image: PageImage, page: RegisteredPage, template: Template, code: PageCode
    ) -> PageReading:
        try:
            reference = self.shelf.find(template, code.page, code.sheet)
        except LayoutFault as fault:
            return _unread(image, PageStatus.UNIDENTIFIED, "unknown_page", str(fault))
        aligned = lay_over(page, reference.ready.tiles)
        if not shows_blank(aligned):
            return _unread(image, PageStatus.UNREADABLE, "print_not_found", str(template.key))
        sizes = shrink_page(aligned.grey)
        quality = assess_page(page, aligned, sizes, reference.ready)
        inked = find_ink(aligned, reference, sizes)
        quality = assess_paper(quality, inked.faintest)
        limits = AcceptLimits(self.thresholds, template.key.form, self.scanner, self.known)
        return PageReading(
            file=image.file,
            index=image.index,
            status=PageStatus.READ,
            key=template.key,
            page=code.page,
            sheet=code.sheet,
            serial=code.serial,
            quality=quality,
            fields=self._take_fields(inked, quality, limits),
            fingerprint=take_fingerprint(inked.ink),
        )

    def _take_fields(
        self, inked: InkedPage, quality: Quality, limits: AcceptLimits
    ) -> tuple[FieldReading, ...]:
        return read_fields(inked, quality, limits)

    def _suggest(self, image: PageImage, page: RegisteredPage) -> PageReading:
        """A page without a code: its printed title helps whoever looks at it."""
        guess = guess_page_from_title(page, load_sound(self.root))
        detail = f"looks like {guess.key}, page {guess.page or '?'}" if guess else ""
        return _unread(image, PageStatus.UNIDENTIFIED, CODE_LOST, detail)

    def _read_unmarked(self, image: PageImage, grey: Grey, fault: Unregistered) -> PageReading:
        """A page that cannot be laid straight: blank, of ours but spoilt, or of somebody else."""
        if is_blank_page(grey):
            return _unread(image, PageStatus.BLANK, "")
        code = read_page_code_anywhere(grey)
        if code is not None:
            detail = f"edition number {code.edition}, page {code.page}"
            return _unread(image, PageStatus.UNREADABLE, fault.reason, detail)
        return self._read_placed(image) or self._name_by_title(image, grey, fault)

    def _read_placed(self, image: PageImage) -> PageReading | None:
        """The page as one of a form that somebody else designed, if it is of any."""
        if self._placed is None:
            self._placed = PlacedReader(load_sound(self.root))
        return self._placed.read(
            image, AcceptLimits(self.thresholds, scanner=self.scanner, known=self.known)
        )

    def _name_by_title(self, image: PageImage, grey: Grey, fault: Unregistered) -> PageReading:
        """An abolished form by its name; what is headed like one of ours is told from a letter."""
        found = name_by_title(grey, load_sound(self.root))
        text = self.read_text(grey)
        if found is None:
            unread = _unread(image, PageStatus.UNIDENTIFIED, fault.reason, fault.detail)
            return replace(unread, text=text)
        reason = ABOLISHED if found.abolished else TITLE_ALONE
        return replace(_unread(image, PageStatus.UNIDENTIFIED, reason, found.name), text=text)

    def _draw_all(self, template: Template) -> dict[tuple[int, int], Grey]:
        """Every blank that a page may be printed from, one more sheet of each table among them.

        Those that are there already too: two sheets of one table look alike, and which of
        them a page is nobody can tell by its print.
        """
        numbers = list_pages(template)
        further = {page: sheet + 1 for page, sheet in numbers if (page, 2) in numbers}
        return {n: self.shelf.find(template, *n).blank for n in (*numbers, *further.items())}

    def _name_by_neighbours(self, item: _Waiting, readings: list[PageReading]) -> PageReading:
        """Name a page without a code by its print, if its file holds one document only."""
        known = list_neighbours(readings, item.at, self.root)
        if len({(r.key, r.serial) for r in known}) != 1:
            return readings[item.at]
        first = known[0]
        assert first.key is not None
        template = load_known(first.key, self.root)
        taken = {(r.page, r.sheet) for r in known}
        match = match_blank(item.page, self._draw_all(template))
        if match is None or match.score < _LEAST_LIKENESS or match.margin < _LEAST_MARGIN:
            return readings[item.at]
        if match.key in taken:
            return readings[item.at]
        code = PageCode(template.number, *match.key, first.serial)
        named = self._read_named(item.image, item.page, template, code)
        return replace(named, reason=CODE_LOST)


def take_fingerprint(ink: Ink) -> NDArray[np.uint8]:
    """The pen's ink on a page, very coarse, to tell whether two scans show one paper."""
    small = cv2.resize(ink[::4, ::4], _FINGERPRINT_PX, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _unread(image: PageImage, status: PageStatus, reason: str, detail: str = "") -> PageReading:
    return PageReading(image.file, image.index, status, reason, detail)
