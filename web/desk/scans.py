"""What whoever stands at the scanner should know of the pages of one file."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.feeding import FeedFault, find_feed_troubles
from validation.scans import ScanAdvice, advise_scan, describe_feed
from workflow.reading.rows import restore_page
from workflow.store.models.paper import Page


@dataclass(frozen=True, slots=True)
class ScanReport:
    """How well the pages of one file were scanned, in words of one language."""

    pages: tuple[tuple[int, ScanAdvice], ...]
    """Number of the page in its file, counted from 1, and what is wrong with its scan."""
    feed: tuple[tuple[bool, str], ...]
    """Whether sheets have to be fed again, and what the feeder did wrong."""


def report_scans(name: str, pages: Sequence[Page], language: str) -> ScanReport:
    """Judge the scans of one file; pages that were scanned well are left out."""
    readings = [restore_page(page, name, ()) for page in pages]
    poor = [
        (reading.index + 1, advise_scan(reading, language))
        for reading in readings
        if reading.quality and reading.quality.problems
    ]
    troubles = find_feed_troubles(readings)
    feed = [(t.fault is FeedFault.DOUBLE_FEED, describe_feed(t, language)) for t in troubles]
    return ScanReport(tuple(poor), tuple(feed))
