"""PDF files that are cut off, wrong inside, locked, or made to do harm."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pytest

from intake.errors import FaultCode
from intake.files import read_pages
from intake.limits import Limits
from tests.intake.pdf_pages import FLATE, GREY, JPEG, check_pixels, read_only_page
from tests.intake.samples import (
    SIZE,
    PdfImage,
    PdfPage,
    Reader,
    as_array,
    build_pdf,
    draw_bilevel,
    draw_grey,
    encode,
    fax_image,
    flate_image,
    jbig2_image,
    write,
)

FAX, JBIG2 = fax_image(draw_bilevel()), jbig2_image(draw_bilevel())


def list_codes(read: Reader, data: bytes) -> list[str | None]:
    return [page.fault and page.fault.code for page in read(data)]


def test_pages_come_in_the_order_of_the_file(read: Reader) -> None:
    images = [draw_grey(seed=seed) for seed in range(4)]
    pdf = build_pdf([PdfPage(flate_image(image)) for image in images])
    pages = read(pdf)
    assert [page.index for page in pages] == [0, 1, 2, 3]
    for page, image in zip(pages, images, strict=True):
        np.testing.assert_array_equal(page.pixels, as_array(image))


def cut(image: PdfImage, share: float) -> PdfImage:
    data = image.data[: int(len(image.data) * share)]
    return PdfImage(image.width, image.height, image.entries, data)


def replace_data(image: PdfImage, data: bytes) -> PdfImage:
    return PdfImage(image.width, image.height, image.entries, data)


JPX = PdfImage(
    *SIZE,
    "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode",
    encode(draw_grey(), "JPEG2000"),
)


RAW = PdfImage(*SIZE, "/ColorSpace /DeviceGray /BitsPerComponent 8", draw_grey().tobytes())


@pytest.mark.parametrize(
    "image",
    [
        cut(JPEG, 0.5),
        replace_data(JPEG, cut(JPEG, 0.5).data + b"\xff\xd9"),
        replace_data(JPEG, b"nonsense" * 99),
        cut(FLATE, 0.5),
        replace_data(FLATE, FLATE.data[:9000] + b"U" * 40 + FLATE.data[9040:]),
        replace_data(FLATE, zlib.compress(draw_grey().tobytes()[:9999])),
        cut(JPX, 0.5),
        replace_data(JPX, b"nonsense" * 99),
        replace_data(JBIG2, b"nonsense" * 99),
        cut(RAW, 0.9),
        cut(JPEG, 0),
        cut(FLATE, 0),
        cut(FAX, 0),
        cut(JBIG2, 0),
        cut(RAW, 0),
        PdfImage(0, 0, FLATE.entries, FLATE.data),
        PdfImage(60_000, 60_000, FLATE.entries, FLATE.data),
    ],
)
def test_an_image_that_cannot_be_drawn_in_full_is_a_fault_not_a_blank_page(
    read: Reader, image: PdfImage
) -> None:
    codes = list_codes(read, build_pdf([PdfPage(image), PdfPage(FLATE)]))
    assert codes[0] in (FaultCode.TRUNCATED, FaultCode.DAMAGED, FaultCode.TOO_MANY_PIXELS)
    assert codes[1] is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Scan 5 0 R", b"/Scan 9 0 R"),
        (b"\n5 0 obj\n", b"\n9 9 xxx\n"),
        (b"/Contents 4 0 R", b"/Contents 9 0 R"),
        (b"\n4 0 obj\n", b"\n\0 \0 \0\0\0\n"),
    ],
)
def test_a_scan_that_is_not_in_the_file_is_a_fault_not_a_blank_page(
    read: Reader, old: bytes, new: bytes
) -> None:
    pdf = build_pdf([PdfPage(FLATE), PdfPage(FLATE)])
    assert pdf.count(old) == 1
    assert list_codes(read, pdf.replace(old, new)) == [FaultCode.DAMAGED, None]


def test_an_empty_page_is_blank(read: Reader) -> None:
    pixels = read_only_page(read, build_pdf([PdfPage(None)])).pixels
    assert pixels is not None
    assert pixels.min() == 255


def write_again_with_pypdf(data: bytes) -> bytes:
    stream = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(data)).write(stream)
    return stream.getvalue()


def write_again_with_pdfium(data: bytes) -> bytes:
    stream = io.BytesIO()
    pypdfium2.PdfDocument(data).save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("rewrite", [bytes, write_again_with_pypdf, write_again_with_pdfium])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.8, 0.95, 0.99, 0.999])
def test_of_a_file_that_ends_too_early_whole_pages_are_read_and_the_loss_is_told(
    read: Reader, rewrite: Callable[[bytes], bytes], share: float
) -> None:
    images = [draw_grey(seed=seed) for seed in range(5)]
    data = rewrite(build_pdf([PdfPage(flate_image(image)) for image in images]))
    *pages, last = read(data[: int(len(data) * share)])
    assert last.fault is not None
    assert last.fault.code == FaultCode.TRUNCATED
    for page in pages:
        if page.fault is None:
            np.testing.assert_array_equal(page.pixels, as_array(images[page.index]))
        else:
            assert page.fault.code == FaultCode.TRUNCATED
    if share > 0.5:
        assert pages[0].fault is None


@pytest.mark.parametrize("image", [FAX, JBIG2, JPX, JPEG])
def test_the_last_scan_of_a_file_that_ends_too_early_is_not_half_read(
    read: Reader, image: PdfImage
) -> None:
    data = build_pdf([PdfPage(FLATE), PdfPage(image)])
    start = data.rindex(b"stream\n", 0, data.rindex(b"endstream")) + 7
    middle = start + len(image.data) // 2
    assert list_codes(read, data[:middle]) == [
        None,
        FaultCode.TRUNCATED,
        FaultCode.TRUNCATED,
    ]


def test_a_wrong_index_is_rebuilt(read: Reader) -> None:
    data = build_pdf([PdfPage(FLATE)]).replace(b"startxref\n", b"startxref\n1")
    check_pixels(read_only_page(read, data), GREY)


def test_zeros_behind_the_end_do_no_harm(read: Reader) -> None:
    page = read_only_page(read, build_pdf([PdfPage(FLATE)]) + bytes(70_000))
    check_pixels(page, GREY)


def test_zeros_in_the_place_of_the_end_are_noticed(read: Reader) -> None:
    data = build_pdf([PdfPage(FLATE), PdfPage(FLATE)])
    codes = list_codes(read, data[: len(data) // 2].ljust(len(data), b"\0"))
    assert codes[-1] == FaultCode.TRUNCATED


def test_matter_before_the_header_does_no_harm(read: Reader) -> None:
    page = read_only_page(read, b"mail header\r\n" * 20 + build_pdf([PdfPage(FLATE)]))
    check_pixels(page, GREY)


def encrypt(data: bytes, user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_pdf_that_needs_a_password_is_refused(read: Reader) -> None:
    data = encrypt(build_pdf([PdfPage(FLATE)]), "secret")
    assert list_codes(read, data) == [FaultCode.ENCRYPTED]


def test_a_pdf_that_opens_without_a_password_is_read(read: Reader) -> None:
    check_pixels(read_only_page(read, encrypt(build_pdf([PdfPage(FLATE)]), "")), GREY)


def test_a_pdf_of_ten_thousand_pages_is_refused_whole(read: Reader) -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    kids = pypdf.generic.ArrayObject([page.indirect_reference] * 10_000)
    writer.root_object["/Pages"][pypdf.generic.NameObject("/Kids")] = kids
    count = pypdf.generic.NumberObject(10_000)
    writer.root_object["/Pages"][pypdf.generic.NameObject("/Count")] = count
    stream = io.BytesIO()
    writer.write(stream)
    assert list_codes(read, stream.getvalue()) == [FaultCode.TOO_MANY_PAGES]


@pytest.mark.parametrize("count", [b"3", b"2000000000", b"-1"])
def test_a_page_tree_that_contains_itself_ends(read: Reader, count: bytes) -> None:
    data = build_pdf([PdfPage(FLATE)])
    looped = data.replace(b"/Count 1 /Kids [3 0 R]", b"/Count %b /Kids [2 0 R]" % count)
    assert all(list_codes(read, looped))


def test_a_pdf_without_pages_is_damaged(read: Reader) -> None:
    assert list_codes(read, build_pdf([])) == [FaultCode.DAMAGED]


def test_a_bomb_stops_its_own_page_only(tmp_path: Path) -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(400)) + packer.flush()
    pages = [PdfPage(FLATE), PdfPage(replace_data(FLATE, bomb)), PdfPage(FLATE)]
    path = write(tmp_path, "scan.pdf", build_pdf(pages))
    first, second, third = read_pages(path, Limits(memory_bytes=400 << 20))
    assert second.fault is not None
    assert second.fault.code in (FaultCode.CRASHED, FaultCode.OUT_OF_MEMORY)
    assert first.fault is None
    assert third.fault is None
