import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from intake.errors import FaultCode
from intake.files import read_pages
from intake.limits import Limits
from tests.intake.samples import SIZE, Reader, as_array, draw_bilevel, draw_colour, draw_grey, write


def make_tiff(images: list[Image.Image], **options: object) -> bytes:
    stream = io.BytesIO()
    first, *rest = images
    first.save(stream, "TIFF", save_all=True, append_images=rest, **options)
    return stream.getvalue()


def list_links(data: bytes) -> list[int]:
    """Where the file says at which offset the first and each further directory lies."""
    links = [4]
    while offset := struct.unpack_from("<I", data, links[-1])[0]:
        links.append(offset + 2 + 12 * struct.unpack_from("<H", data, offset)[0])
    return links


def find_value(data: bytes, page: int, tag: int) -> int:
    """Where a page's directory keeps the value of a tag."""
    (offset,) = struct.unpack_from("<I", data, list_links(data)[page])
    for entry in range(offset + 2, len(data), 12):
        if struct.unpack_from("<H", data, entry)[0] == tag:
            return entry + 8
    raise LookupError(tag)


def patch(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def list_codes(read: Reader, data: bytes) -> list[str | None]:
    return [page.fault and page.fault.code for page in read(data)]


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits"])
@pytest.mark.parametrize("big_tiff", [False, True])
def test_pages_come_in_the_order_of_the_file(
    read: Reader, compression: str | None, big_tiff: bool
) -> None:
    images = [draw_grey(), draw_colour(), draw_bilevel(), draw_grey((300, 200), seed=1)]
    data = make_tiff(images, compression=compression, big_tiff=big_tiff)
    pages = read(data)
    assert [page.index for page in pages] == [0, 1, 2, 3]
    for page, image in zip(pages, images, strict=True):
        np.testing.assert_array_equal(page.pixels, as_array(image))


def test_fax_pages_are_read(read: Reader) -> None:
    images = [draw_bilevel(), draw_bilevel((200, 300))]
    data = make_tiff(images, compression="group4", dpi=(200, 200))
    pages = read(data)
    for page, image in zip(pages, images, strict=True):
        np.testing.assert_array_equal(page.pixels, as_array(image))
        assert page.dpi == 200


def test_a_page_whose_strips_leave_the_file_is_a_fault_of_its_own(read: Reader) -> None:
    data = make_tiff([draw_grey(seed=seed) for seed in range(3)])
    broken = patch(data, find_value(data, 1, 273), len(data) - 10)
    assert list_codes(read, broken) == [None, FaultCode.TRUNCATED, None]


def test_a_page_of_no_bytes_is_a_fault_of_its_own(read: Reader) -> None:
    data = make_tiff([draw_grey(seed=seed) for seed in range(3)])
    broken = patch(data, find_value(data, 1, 279), 0)
    assert list_codes(read, broken) == [None, FaultCode.TRUNCATED, None]


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_page_in_an_unknown_coding_does_not_stop_its_neighbours(read: Reader, bad: int) -> None:
    images = [draw_grey(seed=seed) for seed in range(3)]
    data = make_tiff(images)
    broken = patch(data, find_value(data, bad, 259), 4711)
    pages = read(broken)
    for page, image in zip(pages, images, strict=True):
        if page.index == bad:
            assert page.fault is not None
        else:
            np.testing.assert_array_equal(page.pixels, as_array(image))


def test_a_page_of_too_many_pixels_does_not_stop_its_neighbours(read: Reader) -> None:
    data = make_tiff([draw_grey(seed=seed) for seed in range(3)])
    broken = patch(patch(data, find_value(data, 0, 256), 60_000), find_value(data, 0, 257), 60_000)
    codes = list_codes(read, broken)
    assert codes == [FaultCode.TOO_MANY_PIXELS, None, None]


def test_pages_behind_a_cut_are_not_lost_in_silence(read: Reader) -> None:
    data = make_tiff([draw_grey(seed=seed) for seed in range(4)])
    (third,) = struct.unpack_from("<I", data, list_links(data)[2])
    codes = list_codes(read, data[: third - 100])
    assert codes[0] is None
    assert codes[-1] == FaultCode.TRUNCATED


def test_a_chain_of_pages_that_bites_its_tail_ends(read: Reader) -> None:
    data = make_tiff([draw_grey(seed=seed) for seed in range(3)])
    links = list_links(data)
    (first,) = struct.unpack_from("<I", data, links[0])
    codes = list_codes(read, patch(data, links[-1], first))
    assert codes == [None, None, None, FaultCode.TRUNCATED]


def test_a_thumbnail_is_no_page(read: Reader) -> None:
    page = draw_grey()
    thumbnail = page.resize((SIZE[0] // 8, SIZE[1] // 8))
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    data = make_tiff([page, thumbnail, draw_grey(seed=2)])
    assert len(list_links(data)) == 4
    pages = read(data)
    assert [page.index for page in pages] == [0, 1]
    np.testing.assert_array_equal(pages[1].pixels, as_array(draw_grey(seed=2)))


def test_a_file_of_too_many_pages_is_refused_whole(tmp_path: Path) -> None:
    data = make_tiff([draw_grey((20, 20), seed=seed) for seed in range(6)])
    (page,) = read_pages(write(tmp_path, "scan.tif", data), Limits(file_pages=5))
    assert page.fault is not None
    assert page.fault.code == FaultCode.TOO_MANY_PAGES
    assert len(list(read_pages(tmp_path / "scan.tif", Limits(file_pages=6)))) == 6
