"""How well a page was scanned, and whether there is anything on it at all."""

from dataclasses import replace

import cv2
import numpy as np

from form_templates.marks import BODY
from ocr.frame import Grey, RegisteredPage, inside_scan
from ocr.placement import axes_at_middle
from ocr.readings import Quality

LIMITS = {
    # A pen line of 0.3 mm has 1.5 px then; thinner ones break up.
    "low_resolution": 130.0,
    # In mm. A ballpoint line is 0.4 mm wide: smeared over more, it sinks into the paper.
    "blurred": 0.7,
    # Paper minus print, of full scale. Pen ink has half the contrast of print.
    "low_contrast": 0.25,
}
"""Code of the problem -> the figure beyond which it is one."""

_LEAST_AGREEMENT = 0.6
"""Of the print with the blank's; thick pens over the print lower it as well."""
_BLANK_DPI = 75.0
_BLANK_BORDER = 0.08
"""Share of the side that is not looked at: scanner shadows, punch holes, torn edges."""
_BLANK_DEPTH = 30
"""Grey levels below the paper around it that count as ink."""
_BLANK_SHARE = 0.0003
"""Of the page; a signature alone covers twice as much."""


def measure_quality(page: RegisteredPage) -> Quality:
    """Measure resolution, skew, sharpness and contrast from the page's own markers."""
    across, down = axes_at_middle(page.to_scan)
    dpi = float((np.linalg.norm(across) + np.linalg.norm(down)) / 2 * 25.4)
    turn = float(np.degrees(np.arctan2(across[1], across[0])))
    edge_mm = float(np.median([square.edge_mm for square in page.squares]))
    contrast = float(np.median([square.paper - square.print for square in page.squares])) / 255
    problems = {
        "low_resolution": dpi < LIMITS["low_resolution"],
        "blurred": edge_mm > LIMITS["blurred"],
        "low_contrast": contrast < LIMITS["low_contrast"],
        "clipped": not inside_scan(page, BODY),
    }
    return Quality(
        dpi=round(dpi, 1),
        skew_degrees=round((turn + 45) % 90 - 45, 2),
        sharpness=round(edge_mm, 3),
        contrast=round(contrast, 3),
        corners_found=sum(square.name.startswith("marker") for square in page.squares),
        problems=tuple(code for code, found in problems.items() if found),
    )


def is_blank_page(grey: Grey) -> bool:
    """Whether a side carries no print and no writing: the back of a sheet, a divider."""
    longest = max(grey.shape)
    scale = min(1.0, _BLANK_DPI * 297 / 25.4 / longest)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    trim_y, trim_x = (int(_BLANK_BORDER * side) for side in small.shape[:2])
    inner = small[trim_y : small.shape[0] - trim_y, trim_x : small.shape[1] - trim_x]
    if inner.size == 0:
        return True
    soft = cv2.GaussianBlur(inner, (0, 0), 0.8)
    around = cv2.medianBlur(soft, 31)
    ink = (around.astype(np.int16) - soft) > _BLANK_DEPTH
    return bool(ink.mean() < _BLANK_SHARE)


def assess_print(quality: Quality, aligned: RegisteredPage) -> Quality:
    """Note where the page's print hardly agrees with its blank: ink may be lost as well."""
    if aligned.agreement is None or aligned.agreement >= _LEAST_AGREEMENT:
        return quality
    return replace(quality, problems=(*quality.problems, "print_lost"))


def spoils_reading(quality: Quality) -> bool:
    """Whether doubt about a field is the image's fault; a cut edge spoils only what it cuts."""
    return bool(set(quality.problems) - {"clipped"})
