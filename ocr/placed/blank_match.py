"""Laying a page straight by its blank alone: where details of both look the same.

For pages without anchors. Only as good as a few tenths of a mm; the local alignment
does the rest.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import TemplatePage
from ocr.frame import PX_PER_MM, Grey
from ocr.placed.fitting import Fit, is_plausible

_BLANK_PX_PER_MM = 4
_LOOKED_AT_PX = 1400
"""Long side of the picture that details are looked for in."""
_MOST_DETAILS = 6000
_CLEARER = 0.8
"""A detail counts where its best likeness is so much nearer than the next best."""
_TOLERATED_PX = 4.0
_FEWEST = 60
"""Details that agree: 127 to 307 on 10 scans of two forms, 43 at most on pages of others."""

Described = tuple[NDArray[np.float64], NDArray[np.float32] | None]


def describe_blank(blank: Grey) -> Described:
    """The details of a blank in the frame: where they are in mm, and what they look like."""
    scale = _BLANK_PX_PER_MM / PX_PER_MM
    at_px, looks = _describe(blank, scale)
    return (at_px + 0.5) / PX_PER_MM, looks


def describe_scan(grey: Grey) -> Described:
    """The details of a picture: where they are in its px, and what they look like."""
    return _describe(grey, min(1.0, _LOOKED_AT_PX / max(grey.shape)))


def fit_blank(blank: Described, scan: Described, page: TemplatePage) -> list[Fit]:
    """The way that a page lies where its details agree with the blank's; none where few do."""
    (here, looks_here), (there, looks_there) = blank, scan
    if looks_here is None or looks_there is None or min(len(here), len(there)) < _FEWEST:
        return []
    nearest = cv2.BFMatcher().knnMatch(looks_here, looks_there, k=2)
    alike = [a for a, b in nearest if a.distance < _CLEARER * b.distance]
    if len(alike) < _FEWEST:
        return []
    mm = here[[match.queryIdx for match in alike]]
    px = there[[match.trainIdx for match in alike]]
    found, agree = cv2.findHomography(mm, px, cv2.USAC_MAGSAC, _TOLERATED_PX)
    count = 0 if agree is None else int(agree.sum())
    if found is None or count < _FEWEST:
        return []
    to_scan = np.asarray(found, np.float64)
    return [Fit(to_scan, 0, 1 / count)] if is_plausible(to_scan, page) else []


def _describe(grey: Grey, scale: float) -> Described:
    size = round(grey.shape[1] * scale), round(grey.shape[0] * scale)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    points, looks = cv2.SIFT.create(nfeatures=_MOST_DETAILS).detectAndCompute(small, None)
    at = np.array([point.pt for point in points], np.float64).reshape(-1, 2)
    return (at + 0.5) / scale - 0.5, None if looks is None else np.asarray(looks, np.float32)
