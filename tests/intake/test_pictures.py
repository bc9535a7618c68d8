import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from intake.errors import FaultCode
from intake.files import read_files, read_pages
from intake.pages import PageImage
from tests.intake.samples import (
    SIZE,
    Reader,
    as_array,
    draw_bilevel,
    draw_colour,
    draw_grey,
    encode,
    write,
)


def read_only_page(read: Reader, data: bytes) -> PageImage:
    (page,) = read(data)
    return page


def check_pixels(page: PageImage, expected: np.ndarray) -> None:
    assert page.fault is None
    assert page.pixels is not None
    assert page.pixels.dtype == np.uint8
    assert page.pixels.flags.c_contiguous
    np.testing.assert_array_equal(page.pixels, expected)


@pytest.mark.parametrize(
    ("form", "image"),
    [
        ("PNG", draw_grey()),
        ("PNG", draw_colour()),
        ("PNG", draw_bilevel()),
        ("TIFF", draw_grey()),
        ("TIFF", draw_colour()),
        ("TIFF", draw_bilevel()),
    ],
)
def test_lossless_pictures_keep_every_pixel(read: Reader, form: str, image: Image.Image) -> None:
    page = read_only_page(read, encode(image, form))
    check_pixels(page, as_array(image))


@pytest.mark.parametrize("draw", [draw_grey, draw_colour])
def test_a_jpeg_is_what_its_library_decodes(read: Reader, draw: Callable[[], Image.Image]) -> None:
    data = encode(draw(), "JPEG", quality=85)
    page = read_only_page(read, data)
    check_pixels(page, np.asarray(Image.open(io.BytesIO(data))))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_the_stated_resolution_is_handed_on(read: Reader, form: str) -> None:
    page = read_only_page(read, encode(draw_grey(), form, dpi=(150, 150)))
    assert page.dpi == pytest.approx(150, abs=0.1)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_no_resolution_is_made_up(read: Reader, form: str) -> None:
    assert read_only_page(read, encode(draw_grey(), form)).dpi is None


def test_a_resolution_in_centimetres_is_converted(read: Reader) -> None:
    data = encode(draw_grey(), "TIFF", resolution=100, resolution_unit="cm")
    assert read_only_page(read, data).dpi == pytest.approx(254)


def test_a_fax_gets_square_pixels(read: Reader) -> None:
    fax = draw_bilevel().resize((SIZE[0], SIZE[1] // 2))
    data = encode(fax, "TIFF", compression="group4", dpi=(204, 102))
    page = read_only_page(read, data)
    assert page.pixels is not None
    assert page.pixels.shape == (2 * (SIZE[1] // 2), SIZE[0])
    assert page.dpi == pytest.approx(204)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_turned_picture_is_set_upright(read: Reader, form: str, orientation: int) -> None:
    upright = as_array(draw_grey())
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.T,
        6: np.rot90(upright),
        7: upright[::-1, ::-1].T,
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[274] = orientation
    data = encode(Image.fromarray(np.ascontiguousarray(stored)), form, exif=exif, quality=100)
    page = read_only_page(read, data)
    assert page.pixels is not None
    assert page.pixels.shape == upright.shape
    assert np.abs(page.pixels.astype(int) - upright).mean() < 2


def test_litter_in_the_place_of_exif_does_no_harm(read: Reader) -> None:
    data = encode(draw_grey(), "JPEG", exif=b"Exif\0\0" + b"litter" * 30)
    check_pixels(read_only_page(read, data), np.asarray(Image.open(io.BytesIO(data))))


def test_sixteen_bits_become_eight(read: Reader) -> None:
    deep = np.linspace(0, 65535, SIZE[0] * SIZE[1]).reshape(SIZE[::-1]).astype(np.uint16)
    for form in ("PNG", "TIFF"):
        page = read_only_page(read, encode(Image.fromarray(deep), form))
        check_pixels(page, (deep >> 8).astype(np.uint8))


def test_sixteen_bits_in_the_other_byte_order_become_eight(read: Reader) -> None:
    deep = np.linspace(0, 65535, SIZE[0] * SIZE[1]).reshape(SIZE[::-1]).astype(">u2")
    image = Image.frombytes("I;16B", SIZE, deep.tobytes())
    page = read_only_page(read, encode(image, "TIFF"))
    check_pixels(page, (deep >> 8).astype(np.uint8))


def test_what_is_transparent_is_white(read: Reader) -> None:
    image = draw_colour().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 585))
    page = read_only_page(read, encode(image, "PNG"))
    expected = as_array(draw_colour()).copy()
    expected[:, :200] = 255
    check_pixels(page, expected)


def test_a_transparent_grey_picture_stays_grey(read: Reader) -> None:
    image = draw_grey().convert("LA")
    image.paste((0, 0), (0, 0, 200, 585))
    page = read_only_page(read, encode(image, "PNG"))
    expected = as_array(draw_grey()).copy()
    expected[:, :200] = 255
    check_pixels(page, expected)


def test_a_palette_of_colours_becomes_rgb(read: Reader) -> None:
    image = draw_colour().quantize(16)
    page = read_only_page(read, encode(image, "PNG"))
    check_pixels(page, np.asarray(image.convert("RGB")))


def test_a_palette_of_greys_stays_grey(read: Reader) -> None:
    image = draw_grey().quantize(16)
    page = read_only_page(read, encode(image, "PNG"))
    check_pixels(page, np.asarray(image.convert("L")))


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_printing_colours_become_rgb(read: Reader, form: str) -> None:
    image = draw_colour().convert("CMYK")
    page = read_only_page(read, encode(image, form))
    assert page.pixels is not None
    difference = np.abs(page.pixels.astype(int) - as_array(draw_colour()))
    assert difference.mean() < 5


@pytest.mark.parametrize("photometric", [0, 1])
@pytest.mark.parametrize("compression", [None, "group4", "packbits", "tiff_lzw"])
def test_white_is_white_however_the_tiff_counts(
    read: Reader, photometric: int, compression: str | None
) -> None:
    image = draw_bilevel()
    options = {"compression": compression} if compression else {}
    data = encode(image, "TIFF", tiffinfo={262: photometric}, **options)
    check_pixels(read_only_page(read, data), as_array(image))


def test_a_picture_of_needless_resolution_is_reduced_by_a_whole_factor(read: Reader) -> None:
    for form in ("PNG", "JPEG", "TIFF"):
        data = encode(draw_grey((1240, 1756)), form, dpi=(600, 600))
        page = read_only_page(read, data)
        assert page.pixels is not None
        assert page.pixels.shape == (878, 620)
        assert page.dpi == pytest.approx(300, abs=0.1)


def test_a_photograph_that_states_a_screen_resolution_is_reduced_to_a_page(read: Reader) -> None:
    data = encode(Image.new("L", (5400, 7200), 200), "JPEG", dpi=(72, 72))
    page = read_only_page(read, data)
    assert page.pixels is not None
    assert page.pixels.shape == (3600, 2700)


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tif", "scan.txt", "scan"])
def test_the_content_decides_not_the_extension(tmp_path: Path, name: str) -> None:
    (page,) = read_pages(write(tmp_path, name, encode(draw_grey(), "PNG")))
    check_pixels(page, as_array(draw_grey()))


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_picture_that_ends_too_early_is_a_fault(read: Reader, form: str, share: float) -> None:
    data = encode(draw_grey(), form)
    page = read_only_page(read, data[: int(len(data) * share)])
    assert page.pixels is None
    assert page.fault is not None
    assert page.fault.code in (FaultCode.TRUNCATED, FaultCode.DAMAGED)


@pytest.mark.parametrize("draw", [draw_grey, draw_colour])
def test_half_a_jpeg_with_an_end_marker_is_no_half_grey_page(
    read: Reader, draw: Callable[[], Image.Image]
) -> None:
    data = encode(draw(), "JPEG", quality=85)
    cut = data[: len(data) // 2] + b"\xff\xd9"
    page = read_only_page(read, cut)
    assert page.fault is not None


def test_a_jpeg_filled_up_with_zeros_is_a_fault(read: Reader) -> None:
    data = encode(draw_grey(), "JPEG", quality=85)
    half = len(data) // 2
    page = read_only_page(read, data[:half].ljust(len(data), b"\0"))
    assert page.fault is not None
    assert page.fault.code == FaultCode.TRUNCATED


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_picture(read: Reader) -> None:
    thumbnail = encode(draw_grey((80, 60)), "JPEG")
    data = encode(draw_grey(), "JPEG", exif=b"Exif\0\0" + thumbnail)
    assert data.count(b"\xff\xd9") == 2
    page = read_only_page(read, data[:-400])
    assert page.fault is not None
    assert page.fault.code == FaultCode.TRUNCATED


def test_what_a_telephone_appends_to_a_jpeg_does_no_harm(read: Reader) -> None:
    data = encode(draw_grey(), "JPEG")
    page = read_only_page(read, data + b"\0" * 300 + b"trailer")
    check_pixels(page, np.asarray(Image.open(io.BytesIO(data))))


def test_a_flipped_byte_in_a_png_is_noticed(read: Reader) -> None:
    data = bytearray(encode(draw_grey(), "PNG"))
    data[len(data) // 2] ^= 4
    page = read_only_page(read, bytes(data))
    assert page.fault is not None


def make_png_header(width: int, height: int, pixels: bytes) -> bytes:
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", pixels),
        (b"IEND", b""),
    )
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(("side", "named"), [(12_000, "12000 x 12000"), (60_000, "178 million")])
def test_a_header_of_too_many_pixels_is_refused_before_decoding(
    read: Reader, side: int, named: str
) -> None:
    bomb = make_png_header(side, side, zlib.compress(bytes(1000)))
    page = read_only_page(read, bomb)
    assert page.fault is not None
    assert page.fault.code == FaultCode.TOO_MANY_PIXELS
    assert named in page.fault.message


def test_a_png_that_unpacks_to_more_than_its_header_says_is_read(read: Reader) -> None:
    bomb = make_png_header(50, 50, zlib.compress(bytes(50_000_000)))
    page = read_only_page(read, bomb)
    check_pixels(page, np.zeros((50, 50), np.uint8))


def test_floating_point_pixels_are_a_fault(read: Reader) -> None:
    image = Image.fromarray(np.ones((20, 20), np.float32))
    page = read_only_page(read, encode(image, "TIFF"))
    assert page.fault is not None
    assert page.fault.code == FaultCode.NOT_SUPPORTED


def test_a_bad_picture_does_not_stop_the_next(tmp_path: Path) -> None:
    good = encode(draw_grey(), "PNG")
    paths = [
        write(tmp_path, "1.png", good),
        write(tmp_path, "2.png", good[:-500]),
        write(tmp_path, "3.txt", b"hello"),
        tmp_path / "4.png",
        write(tmp_path, "5.png", good),
    ]
    pages = list(read_files(paths))
    assert [page.file for page in pages] == [str(path) for path in paths]
    assert [page.fault is None for page in pages] == [True, False, False, False, True]
