"""Pictures of print in little memory: most of a blank is paper."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.frame import Grey
from ocr.levels import exchange_levels

_PAPER = 255
_RUN_PX = 16
"""A picture is kept in runs of so many px, without those that are all paper."""
_RUN = np.complex128
"""As many bytes."""


@dataclass(frozen=True, slots=True)
class PackedPicture:
    """A picture of print without its white paper: a quarter of the memory."""

    shape: tuple[int, ...]
    printed: NDArray[np.uint32]
    """Which runs are not all paper."""
    runs: NDArray[np.uint8]

    def unpack(self) -> Grey:
        """The picture as it was."""
        return self._spread(self.runs, _PAPER)

    def unpack_through(self, levels: NDArray[np.uint8]) -> Grey:
        """The picture with another grey in place of each, which costs little: paper is one grey."""
        return self._spread(exchange_levels(self.runs, levels), int(levels[_PAPER]))

    def _spread(self, runs: NDArray[np.uint8], paper: int) -> Grey:
        whole = np.full((-(-self.shape[0] * self.shape[1] // _RUN_PX), _RUN_PX), paper, np.uint8)
        # As one number of so many bytes a run is set at once.
        whole.view(_RUN)[self.printed] = runs.view(_RUN)
        return whole.ravel()[: self.shape[0] * self.shape[1]].reshape(self.shape)


def pack_picture(picture: Grey) -> PackedPicture:
    """Keep what is printed of a picture."""
    pixels = np.ascontiguousarray(picture).ravel()
    padded = np.pad(pixels, (0, -pixels.size % _RUN_PX), constant_values=_PAPER)
    runs = padded.reshape(-1, _RUN_PX)
    printed = np.flatnonzero((runs != _PAPER).any(axis=1))
    return PackedPicture(picture.shape, printed.astype(np.uint32), runs[printed])
