"""Pages of no form of ours: which are surely somebody else's, and which may be."""

from ocr.readings import PageStatus

_SURELY = frozenset({"no_markers"})
"""No mark and no title of ours is on the page."""
_PERHAPS = frozenset({"title_alone", "corners_lost", "markers_disagree"})
"""No code was seen; a page of ours that is cut off or copied looks alike."""


def is_foreign(status: str, reason: str | None) -> bool:
    """Whether what became of a page says that it is surely somebody else's paper."""
    return status == PageStatus.UNIDENTIFIED and reason in _SURELY


def may_be_foreign(status: str, reason: str | None) -> bool:
    """Whether a page is somebody else's paper, or one of ours that cannot be told from it."""
    return status == PageStatus.UNIDENTIFIED and reason in _SURELY | _PERHAPS
