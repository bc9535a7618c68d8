"""What is printed on a page whose blank is not at hand, from the page itself.

Outside the answer places everything counts as print. Inside a place the print is what
most places of the page with the same code show: few of them are filled.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from form_templates.model import Region, TemplatePage
from ocr.frame import Grey, box_px

_FEWEST = 5
"""Places that must be alike to tell what is printed in them."""
_MARGIN_MM = 0.4
_LIGHT = 65
"""Percentile: what is as light in most places is no answer."""


def learn_blank(page: TemplatePage, grey: Grey) -> Grey:
    """The page as it was before anybody filled it, as far as it shows that itself."""
    blank = grey.copy()
    groups: dict[tuple[int, int, str], list[Region]] = defaultdict(list)
    for spec in page.fields:
        for option in spec.options:
            groups[(*_size(option.region), option.code)].append(option.region)
        for place in spec.cells or (() if spec.options else (spec.region,)):
            _wipe(blank, place)
    sizes: dict[tuple[int, int], list[Region]] = defaultdict(list)
    for (width, height, _), places in groups.items():
        sizes[(width, height)] += places
    for (width, height, _), places in groups.items():
        alike = places if len(places) >= _FEWEST else sizes[(width, height)]
        if len(alike) >= _FEWEST:
            _print_usual(blank, grey, places, alike)
        else:
            for place in places:
                _wipe(blank, place)
    return blank


def _size(region: Region) -> tuple[int, int]:
    return box_px(region, _MARGIN_MM)[2:]


def _print_usual(
    blank: Grey, grey: Grey, places: Sequence[Region], alike: Sequence[Region]
) -> None:
    """Put what most of these places show, as dark as the paper around each."""
    windows = [_window(place) for place in alike]
    lights = np.array([float(np.percentile(grey[w], 90)) for w in windows])
    shown = np.stack([grey[w] / max(light, 1.0) for w, light in zip(windows, lights, strict=True)])
    usual = np.percentile(shown, _LIGHT, axis=0)
    for place in places:
        window = _window(place)
        light = float(np.percentile(grey[window], 90))
        blank[window] = np.clip(usual * light, 0, 255).astype(np.uint8)


def _wipe(blank: Grey, place: Region) -> None:
    window = _window(place)
    blank[window] = np.percentile(blank[window], 90)


def _window(place: Region) -> tuple[slice, slice]:
    left, top, width, height = box_px(place, _MARGIN_MM)
    left, top = max(left, 0), max(top, 0)
    return slice(top, top + height), slice(left, left + width)
