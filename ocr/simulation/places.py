"""How much of the room around a printed code a mark takes."""

import numpy as np

from form_templates.model import Region
from ocr.simulation.strokes import Points


def radius_around(region: Region) -> float:
    """The usual radius, in mm, of a circle around the code in the region.

    It grows slower than the region: with much air around a code people still
    circle the code and not the air.
    """
    side = float(np.sqrt(region.width_mm * region.height_mm))
    return 1.65 + 0.19 * side


def centre_of(region: Region) -> Points:
    """The middle of the region as [x, y] in mm."""
    return np.array([region.x_mm + region.width_mm / 2, region.y_mm + region.height_mm / 2])


def core_of(region: Region) -> Region:
    """The square around the code that a mark on the code covers."""
    side = 1.6 * radius_around(region)
    x, y = centre_of(region)
    return Region(float(x) - side / 2, float(y) - side / 2, side, side)
