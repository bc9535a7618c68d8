"""How well a page of somebody else's form was scanned, without markers to tell."""

import numpy as np

from form_templates.model import TemplatePage, enclose
from ocr.frame import PX_PER_MM, Grey, RegisteredPage, inside_scan
from ocr.placement import axes_at_middle
from ocr.quality import LIMITS
from ocr.readings import Quality

_DARK_PRINT = 120
_LEAST_CONTRAST = 0.25
"""Of print in any grey to paper; our markers are black, and more is asked of them."""


def measure_placed(page: RegisteredPage, form: TemplatePage, blank: Grey) -> Quality:
    """Measure resolution, skew, sharpness and contrast from the page's own print."""
    across, down = axes_at_middle(page.to_scan)
    dpi = float((np.linalg.norm(across) + np.linalg.norm(down)) / 2 * 25.4)
    turn = float(np.degrees(np.arctan2(across[1], across[0])))
    contrast = _measure_contrast(page.grey, blank)
    slope = float(np.percentile(np.abs(np.diff(page.grey.astype(np.int16), axis=1)), 99.8))
    edge_mm = 255 * contrast / max(slope * PX_PER_MM, 1.0)
    problems = {
        "low_resolution": dpi < LIMITS["low_resolution"],
        "blurred": edge_mm > LIMITS["blurred"],
        "low_contrast": contrast < _LEAST_CONTRAST,
        "clipped": not inside_scan(page, enclose(spec.region for spec in form.fields)),
    }
    return Quality(
        dpi=round(dpi, 1),
        skew_degrees=round((turn + 45) % 90 - 45, 2),
        sharpness=round(edge_mm, 3),
        contrast=round(contrast, 3),
        corners_found=0,
        problems=tuple(name for name, found in problems.items() if found),
    )


def _measure_contrast(grey: Grey, blank: Grey) -> float:
    """Paper minus print, 0 to 1."""
    dark = grey[blank < _DARK_PRINT]
    if dark.size == 0:
        return 1.0
    return float(np.median(grey[blank >= 200]) - np.percentile(dark, 25)) / 255
