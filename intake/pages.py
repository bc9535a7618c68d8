"""A scanned page as intake hands it on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intake.errors import PageFault


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page of one file, decoded; or the reason why it could not be."""

    file: str
    """Name as the user gave it, made printable."""
    index: int
    """Page in its file, from 0."""
    pixels: NDArray[np.uint8] | None
    """Height x width (grey) or height x width x 3 (RGB); None where `fault` says why."""
    dpi: float | None
    """Resolution the file states, or None."""
    fault: PageFault | None = None
