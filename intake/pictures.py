"""JPEG, PNG and TIFF files -> pages."""

import io
import mmap
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from intake.errors import FaultCode, PageFault, UnreadableError, describe_fault
from intake.imaging import make_raster
from intake.kinds import FileKind
from intake.limits import PILLOW_BOMB_PIXELS, Limits
from intake.raster import Raster, check_corners, check_pixel_count, refuse_pixels
from intake.tiff import Directory, list_directories, point_to
from intake.wholeness import is_whole_jpeg, is_whole_png


class PictureFile:
    """A JPEG or PNG file: one page."""

    count = 1

    def __init__(self, file: BinaryIO, kind: FileKind, limits: Limits) -> None:
        self._file, self._kind, self._limits = file, kind, limits

    def decode_page(self, index: int) -> Raster:
        """Decodes the picture once it is sure that no part of it is missing."""
        with open_image(self._file, self._kind, self._limits) as image:
            check_pixel_count(*image.size, self._limits)
            if not self._is_whole():
                raise UnreadableError(FaultCode.TRUNCATED, what="The picture")
            raster = make_raster(image, self._limits)
        if self._kind is FileKind.JPEG:
            check_corners(raster)
        return raster

    def find_loss(self) -> PageFault | None:
        """A single picture has nothing behind it."""
        return None

    def close(self) -> None:
        """Nothing is kept open."""

    def _is_whole(self) -> bool:
        with mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return is_whole_jpeg(data) if self._kind is FileKind.JPEG else is_whole_png(data)


class TiffFile:
    """A TIFF file: as many pages as it has directories."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file, self._limits = file, limits
        self._image: Image.Image | None = None
        with self._map() as data:
            self._pages, self._whole = list_directories(data, limits.file_pages + 1)
        self.count = len(self._pages)
        if not self._pages:
            raise UnreadableError(FaultCode.TRUNCATED, what="The TIFF file")

    def decode_page(self, index: int) -> Raster:
        """Decodes one directory, whatever the state of those before it."""
        page = self._pages[index]
        if not page.whole:
            raise UnreadableError(FaultCode.TRUNCATED)
        try:
            return make_raster(self._seek_page(page), self._limits)
        except Exception:
            self._image = None  # who knows in what state the failure left it
            raise

    def find_loss(self) -> PageFault | None:
        """A broken chain of directories hides the pages behind the break."""
        if self._whole:
            return None
        return describe_fault(FaultCode.TRUNCATED, what="The TIFF file")

    def close(self) -> None:
        """Forgets the reader's state; the file itself is the caller's."""
        self._image = None

    def _seek_page(self, page: Directory) -> Image.Image:
        """Goes to a page; where the reader stops at a bad one before it, round that."""
        try:
            self._image = self._image or open_image(self._file, FileKind.TIFF, self._limits)
            self._image.seek(page.number)
        except (UnreadableError, EOFError, OSError, SyntaxError, ValueError):
            with self._map() as data:
                self._image = None
                return open_image(io.BytesIO(point_to(data, page)), FileKind.TIFF, self._limits)
        return self._image

    def _map(self) -> mmap.mmap:
        return mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)


def open_image(file: BinaryIO, kind: FileKind, limits: Limits) -> Image.Image:
    """Reads a picture's header, by the one format its first bytes announce."""
    file.seek(0)
    try:
        return Image.open(file, formats=[kind.name])
    except Image.DecompressionBombError:
        size = f"more than {PILLOW_BOMB_PIXELS // 10**6} million"
        raise refuse_pixels(size, limits) from None
    except UnidentifiedImageError:
        raise UnreadableError(FaultCode.DAMAGED, detail="its header makes no sense") from None
