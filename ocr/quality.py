"""How well a page was scanned, and whether there is anything on it at all."""

from collections.abc import Mapping
from dataclasses import replace

import cv2
import numpy as np

from form_templates.marks import BODY, MARKERS
from ocr.alignment import share_print_seen
from ocr.blank_map import BlankMap
from ocr.blank_ready import ReadyBlank
from ocr.faintness import Faintness, is_bilevel, measure_faintness
from ocr.frame import Grey, RegisteredPage, inside_scan
from ocr.page_sizes import PageSizes
from ocr.placement import axes_at_middle
from ocr.readings import Quality

LIMITS = {
    # A pen line of 0.3 mm has 1.5 px then; thinner ones break up.
    "low_resolution": 130.0,
    # In mm. A ballpoint line is 0.4 mm wide: smeared over more, it sinks into the paper.
    "blurred": 0.7,
    # Paper minus print, of full scale. On simulated scanners of levels 0 to 2 no page has less
    # than 0.5; below it, what JPEG leaves of a pale pen is not enough.
    "low_contrast": 0.44,
    # Shares of what the black print has left. Of 192 simulated grey and coloured pages of levels
    # 0 to 2 none has less than 0.94 of its captions and 0.90 of its hairlines; copies that
    # swallowed ink have 0.76 and 0.49 at most.
    "captions_lost": 0.8,
    "hairlines_lost": 0.75,
    # Of the depth of black print; at levels 0 to 2 no page has more than 0.051.
    "grainy": 0.06,
    # How dark a stroke has to be to stand out of paper that is grainy or striped, of the depth
    # of black print; at levels 0 to 2 no page has more than 0.154. Pale pens leave 0.35.
    "uneven": 0.18,
    # In degrees. The reader turns any page; who scans so askew cuts corners off.
    "skewed": 10.0,
}
"""Code of the problem -> the figure beyond which it is one."""

PROBLEMS = (
    *("low_resolution", "blurred", "low_contrast", "clipped", "skewed", "corner_lost"),
    *("print_lost", "ink_lost", "grainy"),
)
"""Codes of all that may be wrong with a scan."""
NOTES = frozenset({"corner_lost", "skewed"})
"""Problems worth knowing that alone call for no other scan."""
_SPOILS_NOTHING = NOTES | {"clipped"}
"""What is cut off is judged field by field; the rest of the page can be trusted."""
_HIDES_INK = frozenset({"ink_lost", "grainy", "low_contrast"})
"""Problems with which ink may be on the paper and not in the picture."""

_MUCH_GRAIN = 0.045
"""Of the depth of black print."""
_LEAST_AGREEMENT = 0.6
"""Of the print with the blank's. Where no pen wrote over it, 1,344 simulated pages of level 2
have 0.95 and more, but for those with whole answers blacked out, and pages of level 3 that lost
print mostly less than this."""
_BLANK_DPI = 75.0
_BLANK_BORDER = 0.08
"""Share of the side that is not looked at: scanner shadows, punch holes, torn edges."""
_BLANK_DEPTH = 30
"""Grey levels below the paper around it that count as ink."""
_BLANK_SHARE = 0.0003
"""Of the page; a signature alone covers twice as much."""


def assess_page(
    page: RegisteredPage, aligned: RegisteredPage, sizes: PageSizes, blank: ReadyBlank
) -> Quality:
    """Measure all of a page's quality, and name what is wrong with it.

    Args:
        page: laid straight by its markers.
        aligned: the same, laid over its blank.
        sizes: of the aligned picture.
        blank: what it lies over.
    """
    agreement = aligned.agreement
    seen_well = agreement is None or agreement >= _LEAST_AGREEMENT
    lost = not seen_well and share_print_seen(aligned, blank.tiles) < _LEAST_AGREEMENT
    quality = _add_problems(measure_quality(page), {"print_lost": lost})
    return assess_ink(quality, aligned, sizes, blank.map)


def measure_quality(page: RegisteredPage) -> Quality:
    """Measure resolution, skew, sharpness and contrast from the page's own markers."""
    across, down = axes_at_middle(page.to_scan)
    dpi = float((np.linalg.norm(across) + np.linalg.norm(down)) / 2 * 25.4)
    turn = float(np.degrees(np.arctan2(across[1], across[0])))
    skew = (turn + 45) % 90 - 45
    edge_mm = float(np.median([square.edge_mm for square in page.squares]))
    contrast = float(np.median([square.paper - square.print for square in page.squares])) / 255
    corners = sum(square.name.startswith("marker") for square in page.squares)
    problems = {
        "low_resolution": dpi < LIMITS["low_resolution"],
        "blurred": edge_mm > LIMITS["blurred"],
        "low_contrast": contrast < LIMITS["low_contrast"],
        "clipped": not inside_scan(page, BODY),
        "skewed": abs(skew) > LIMITS["skewed"],
    }
    # On a poor picture corners are not seen; on a good one they are not there.
    problems["corner_lost"] = corners < len(MARKERS) and not any(problems.values())
    return Quality(
        dpi=round(dpi, 1),
        skew_degrees=round(skew, 2),
        sharpness=round(edge_mm, 3),
        contrast=round(contrast, 3),
        corners_found=corners,
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
    """Note where the print of a form that was not ours hardly agrees with its blank."""
    lost = aligned.agreement is not None and aligned.agreement < _LEAST_AGREEMENT
    return _add_problems(quality, {"print_lost": lost})


def assess_ink(
    quality: Quality, aligned: RegisteredPage, sizes: PageSizes, blank: BlankMap
) -> Quality:
    """Note where pale ink would not show: a copy has swallowed it, or grain hides it."""
    seen = measure_faintness(sizes, blank)
    noted = replace(
        quality,
        captions=_round(seen.captions),
        hairlines=_round(seen.hairlines),
        grain=round(seen.grain, 3),
    )
    # Black and white drop all that is paler than a limit: without hairlines none is known.
    unknown = seen.hairlines is None and is_bilevel(aligned.scan)
    problems = {
        "ink_lost": unknown or _loses_ink(seen),
        "grainy": seen.grain > LIMITS["grainy"],
    }
    return _add_problems(noted, problems)


def assess_paper(quality: Quality, faintest: float) -> Quality:
    """Note where the paper is so uneven that pale strokes drown in it.

    Args:
        quality: of the page.
        faintest: how dark a stroke has to be to be seen, of the depth of black print.
    """
    drowned = faintest > LIMITS["uneven"] and "grainy" not in quality.problems
    return _add_problems(quality, {"grainy": drowned})


def _add_problems(quality: Quality, problems: Mapping[str, bool]) -> Quality:
    found = (code for code, is_there in problems.items() if is_there)
    return replace(quality, problems=(*quality.problems, *found))


def _loses_ink(seen: Faintness) -> bool:
    """Whether pale print, and with it a pale pen's ink, was lost on the way."""
    left = {"captions_lost": seen.captions, "hairlines_lost": seen.hairlines}
    return any(share is not None and share < LIMITS[code] for code, share in left.items())


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def spoils_reading(quality: Quality) -> bool:
    """Whether doubt about a field is the image's fault; a cut edge spoils only what it cuts."""
    return bool(set(quality.problems) - _SPOILS_NOTHING)


def drowns_ink(quality: Quality) -> bool:
    """Whether a pale stroke may be no darker than the grain, so that ink alone says nothing."""
    return quality.grain is not None and quality.grain > _MUCH_GRAIN


def hides_ink(quality: Quality) -> bool:
    """Whether ink may be on the paper and not in the picture, so that no empty place is sure."""
    return bool(_HIDES_INK.intersection(quality.problems))
