"""Pillow images -> plain grey or RGB bytes, upright, on white, no larger than useful."""

import math
import sys
from typing import cast

from PIL import ExifTags, Image, ImageOps

from intake.errors import FaultCode, UnreadableError
from intake.limits import Limits
from intake.raster import Raster, check_pixel_count

_A4_LONG_SIDE_INCHES = 297 / 25.4
_HIGH_BYTES = {"I;16": 1, "I;16L": 1, "I;16B": 0, "I;16N": int(sys.byteorder == "little")}
"""Modes of 16 bits -> which byte of a pixel is the high one."""
Pixel = tuple[int, int, int]
_TURNED = frozenset({5, 6, 7, 8})
"""Orientations that swap width and height."""


def make_raster(image: Image.Image, limits: Limits) -> Raster:
    """Decodes an opened image into a raster: upright, opaque, square pixels, 8 bits."""
    check_pixel_count(*image.size, limits)
    dpi = read_resolution(image)
    orientation = read_orientation(image)
    factor = choose_reduction(max(image.size), dpi, limits.max_dpi)
    size_before = max(image.size)
    if image.format in ("JPEG", "MPO") and factor > 1:
        image.draft(image.mode, (image.width // factor, image.height // factor))
        factor //= round(size_before / max(image.size))
    image.load()
    if image.format != "TIFF" and orientation != 1:  # Pillow turns TIFF by itself
        image = ImageOps.exif_transpose(image)
    if dpi and orientation in _TURNED:
        dpi = dpi[1], dpi[0]
    image = reduce_image(flatten_image(image), factor)
    return pack_image(*square_pixels(image, scale_resolution(dpi, image, size_before)))


def scale_resolution(
    dpi: tuple[float, float] | None, image: Image.Image, long_side_px: int
) -> tuple[float, float] | None:
    """The resolution left after the image was made smaller."""
    if dpi is None:
        return None
    ratio = max(image.size) / long_side_px
    return dpi[0] * ratio, dpi[1] * ratio


def read_resolution(image: Image.Image) -> tuple[float, float] | None:
    """Pixels per inch across and down as the file states them, or None."""
    try:
        x, y = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    usable = all(math.isfinite(value) and 10 <= value <= 10_000 for value in (x, y))
    return (x, y) if usable and 1 / 4 <= x / y <= 4 else None


def read_orientation(image: Image.Image) -> int:
    """How the picture lies, as EXIF counts; 1, upright, where it does not say."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # EXIF is other programs' litter: no reason to refuse the picture
        return 1


def choose_reduction(long_side_px: int, dpi: tuple[float, float] | None, max_dpi: int) -> int:
    """By which whole factor the image may shrink and still keep `max_dpi` on an A4 page.

    Telephones state 72 dpi for any photograph, so that a page is never taken
    for larger than A4.
    """
    stated = min(dpi) if dpi else 0.0
    return max(1, int(max(stated, long_side_px / _A4_LONG_SIDE_INCHES) / max_dpi + 0.02))


def flatten_image(image: Image.Image) -> Image.Image:
    """Turns any mode into L or RGB; what is transparent becomes white."""
    if image.mode in _HIGH_BYTES:
        return Image.frombytes("L", image.size, image.tobytes()[_HIGH_BYTES[image.mode] :: 2])
    if image.mode in ("I", "F"):
        raise UnreadableError(FaultCode.NOT_SUPPORTED, what=f"an image of {image.mode} pixels")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return drop_false_colour(Image.alpha_composite(white, image).convert("RGB"))
    if image.mode in ("L", "RGB"):
        return image
    if image.mode == "1":
        return image.convert("L")
    return drop_false_colour(image.convert("RGB"))


def drop_false_colour(image: Image.Image) -> Image.Image:
    """Makes an RGB image grey if no pixel of it has a colour."""
    colours = image.getcolors(256)  # no more greys than that exist; None where there are more
    if colours is None or any(len(set(cast(Pixel, pixel))) > 1 for _, pixel in colours):
        return image
    return image.getchannel(0)


def reduce_image(image: Image.Image, factor: int) -> Image.Image:
    """Averages blocks of pixels into one."""
    return image.reduce(factor) if factor > 1 else image


def square_pixels(
    image: Image.Image, dpi: tuple[float, float] | None
) -> tuple[Image.Image, float | None]:
    """Stretches the coarser axis of a fax to the resolution of the finer."""
    if dpi is None:
        return image, None
    finer = max(dpi)
    if min(dpi) > 0.98 * finer:
        return image, finer
    width, height = round(image.width * finer / dpi[0]), round(image.height * finer / dpi[1])
    return image.resize((width, height), Image.Resampling.BILINEAR), finer


def pack_image(image: Image.Image, dpi: float | None) -> Raster:
    """Takes the bytes out of an L or RGB image."""
    channels = len(image.getbands())
    dpi = None if dpi is None else round(dpi, 2)
    return Raster(image.width, image.height, channels, image.width * channels, dpi, image.tobytes())
