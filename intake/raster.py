"""A decoded page inside the decoding process, and what refuses one."""

from dataclasses import dataclass
from itertools import product

from intake.errors import FaultCode, UnreadableError
from intake.limits import Limits

_JPEG_MIDDLE_GREY = 128
_LOST_CORNER_PX = 16


@dataclass(frozen=True, slots=True)
class Raster:
    """The pixels of a page, row after row, and the resolution they stand for."""

    width_px: int
    height_px: int
    channels: int
    stride_bytes: int
    dpi: float | None
    data: bytes | memoryview


def check_corners(raster: Raster) -> None:
    """Refuses a JPEG picture that ends in nothing but middle grey.

    That is what decoders paint where the data stop early, although an end
    marker follows. Turned pictures may end in any corner.
    """
    rows, columns = min(_LOST_CORNER_PX, raster.height_px), min(_LOST_CORNER_PX, raster.width_px)
    lost = bytes([_JPEG_MIDDLE_GREY]) * columns * raster.channels
    data, stride = memoryview(raster.data).cast("B"), raster.stride_bytes
    lefts = 0, (raster.width_px - columns) * raster.channels
    for top, left in product((0, raster.height_px - rows), lefts):
        starts = range(top * stride + left, (top + rows) * stride, stride)
        if all(data[start : start + len(lost)] == lost for start in starts):
            raise UnreadableError(FaultCode.TRUNCATED, what="The picture")


def check_pixel_count(width: int, height: int, limits: Limits) -> None:
    """Refuses a page from its header alone, before any memory is taken."""
    if width * height > limits.page_pixels:
        raise refuse_pixels(f"{width} x {height}", limits)
    if width < 1 or height < 1:
        raise UnreadableError(FaultCode.DAMAGED, detail="it has no pixels")


def refuse_pixels(size: str, limits: Limits) -> UnreadableError:
    """The fault of a page that is too large."""
    limit = round(limits.page_pixels / 1e6)
    return UnreadableError(FaultCode.TOO_MANY_PIXELS, size=size, limit=limit)
