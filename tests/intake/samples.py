"""Small scans made with the same libraries that offices' programs use."""

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from intake.pages import PageImage

Reader = Callable[[bytes], list[PageImage]]
DPI = 100
SIZE = (413, 585)
"""Half an A4 page at 100 dpi; odd, so that rows are padded."""


def draw_grey(size: tuple[int, int] = SIZE, seed: int = 0) -> Image.Image:
    """A page with print, pen and some noise; no two parts look alike."""
    noise = np.random.default_rng(seed).integers(-6, 7, (size[1], size[0]))
    image = Image.new("L", size, 235)
    pen = ImageDraw.Draw(image)
    for step in range(1, 9):
        x, y = size[0] * step // 10, size[1] * step // 10
        pen.ellipse([x - 9, y - 7, x + 12, y + 9], outline=25, width=2)
        pen.line([x, 4, x + 20, 4 + y], fill=12 * step, width=2)
    pen.rectangle([0, 0, 30, 12], fill=0)  # the top left corner is black
    return Image.fromarray((np.asarray(image) + noise).clip(0, 255).astype(np.uint8))


def draw_colour(size: tuple[int, int] = SIZE) -> Image.Image:
    """The same page with a red and a blue stamp."""
    image = draw_grey(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.ellipse([100, 300, 200, 400], outline=(20, 30, 200), width=9)
    pen.rectangle([250, 60, 330, 100], fill=(210, 20, 30))
    return image


def draw_bilevel(size: tuple[int, int] = SIZE) -> Image.Image:
    """The same page in black and white."""
    return draw_grey(size).point(lambda value: 255 if value > 150 else 0).convert("1")


def encode(image: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of an image file."""
    stream = io.BytesIO()
    image.copy().save(stream, form, **options)  # saving leaves its traces in an image
    return stream.getvalue()


def as_array(image: Image.Image) -> np.ndarray:
    """Pixels as intake should hand them on."""
    return np.asarray(image.convert("L") if image.mode == "1" else image)


def encode_group4(image: Image.Image) -> bytes:
    """The bare CCITT group 4 data of a black and white image."""
    ink = image.point(lambda value: 255 - value)  # the coder takes ones for black
    data = encode(ink, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(io.BytesIO(data)) as tiff:
        (offset,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return data[offset : offset + length]


def encode_jbig2(image: Image.Image) -> bytes:
    """A JBIG2 stream as PDF embeds it: page information and one region, MMR-coded."""
    width, height = image.size
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + encode_group4(image)
    segments = ((0, 48, page), (1, 38, region))
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
        for number, kind, data in segments
    )


@dataclass(frozen=True, slots=True)
class PdfImage:
    """An image of a PDF: its dictionary's own entries and its stream."""

    width: int
    height: int
    entries: str
    data: bytes


def jpeg_image(image: Image.Image, entries: str = "") -> PdfImage:
    """An image stored as JPEG."""
    space = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[image.mode]
    entries = f"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode {entries}"
    return PdfImage(*image.size, entries, encode(image, "JPEG", quality=90))


def flate_image(image: Image.Image, entries: str = "") -> PdfImage:
    """An image stored as packed bytes."""
    bits = 1 if image.mode == "1" else 8
    space = "" if "/ColorSpace" in entries else "/ColorSpace /DeviceGray"
    if image.mode == "RGB":
        space = "/ColorSpace /DeviceRGB"
    entries = f"{space} /BitsPerComponent {bits} /Filter /FlateDecode {entries}"
    return PdfImage(*image.size, entries, zlib.compress(image.tobytes()))


def fax_image(image: Image.Image) -> PdfImage:
    """A black and white image stored as CCITT group 4."""
    parms = f"<</K -1 /Columns {image.width} /Rows {image.height}>>"
    entries = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode"
    return PdfImage(*image.size, f"{entries} /DecodeParms {parms}", encode_group4(image))


def jbig2_image(image: Image.Image) -> PdfImage:
    """A black and white image stored as JBIG2."""
    entries = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode"
    return PdfImage(*image.size, entries, encode_jbig2(image))


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF that `build_pdf` writes."""

    image: PdfImage | None
    dpi: float = DPI
    contents: str = ""
    """Drawn over the image."""
    entries: str = ""
    """Further entries of the page's dictionary."""
    resources: str = ""


def build_pdf(pages: Sequence[PdfPage], extra: Sequence[str] = (), catalog: str = "") -> bytes:
    """A PDF written by hand, so that nothing in it is better than it should be.

    `extra` objects are numbered from 3; those of the pages follow.
    """
    objects: list[bytes] = [text.encode("latin-1") for text in extra]
    kids = []
    for page in pages:
        kids.append(f"{len(objects) + 3} 0 R")
        objects += _build_page(page, len(objects) + 3)
    tree = f"<</Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}]>>"
    root = f"<</Type /Catalog /Pages 2 0 R {catalog}>>"
    return _write_objects([root.encode(), tree.encode(), *objects])


def _build_page(page: PdfPage, number: int) -> list[bytes]:
    width, height = (page.image.width, page.image.height) if page.image else SIZE
    box = f"{width * 72 / page.dpi:.4f} {height * 72 / page.dpi:.4f}"
    matrix = box.replace(" ", " 0 0 ") + " 0 0"
    draw = f"q {matrix} cm /Scan Do Q\n" if page.image else ""
    content = (draw + page.contents).encode("latin-1")
    drawing = f"/XObject <</Scan {number + 2} 0 R>>" if page.image else ""
    head = (
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {box}] /Contents {number + 1} 0 R"
        f" /Resources <<{drawing} {page.resources}>> {page.entries}>>"
    )
    parts = [head.encode("latin-1"), make_stream("", content)]
    if page.image:
        sizes = f"/Width {page.image.width} /Height {page.image.height}"
        entries = f"/Type /XObject /Subtype /Image {sizes} {page.image.entries}"
        parts.append(make_stream(entries, page.image.data))
    return parts


def make_stream(entries: str, data: bytes) -> bytes:
    """A stream object."""
    head = f"<<{entries} /Length {len(data)}>>\nstream\n".encode("latin-1")
    return head + data + b"\nendstream"


def _write_objects(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    index = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, rows)
    out += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, index)
    return bytes(out)


def write(folder: Path, name: str, data: bytes) -> Path:
    """Stores a sample under a name."""
    path = folder / name
    path.write_bytes(data)
    return path
