import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pytest
from PIL import Image

from intake.errors import FaultCode
from intake.files import read_pages
from intake.limits import Limits
from intake.pages import PageImage
from tests.intake.samples import (
    DPI,
    SIZE,
    PdfImage,
    PdfPage,
    Reader,
    as_array,
    build_pdf,
    draw_bilevel,
    draw_colour,
    draw_grey,
    encode,
    fax_image,
    flate_image,
    jbig2_image,
    jpeg_image,
    make_stream,
    write,
)

GREY, COLOUR, BILEVEL = as_array(draw_grey()), as_array(draw_colour()), as_array(draw_bilevel())
JPEG, FLATE = jpeg_image(draw_grey()), flate_image(draw_grey())
FAX, JBIG2 = fax_image(draw_bilevel()), jbig2_image(draw_bilevel())
FONT = "/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"


def read_only_page(read: Reader, data: bytes) -> PageImage:
    (page,) = read(data)
    return page


def list_codes(read: Reader, data: bytes) -> list[str | None]:
    return [page.fault and page.fault.code for page in read(data)]


def check_pixels(page: PageImage, expected: np.ndarray, dpi: float = DPI) -> None:
    assert page.fault is None
    np.testing.assert_array_equal(page.pixels, expected)
    assert page.dpi == pytest.approx(dpi, rel=0.001)


def decode_jpeg(image: PdfImage) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(image.data)))


@pytest.mark.parametrize("dpi", [72, 100, 150, 199.7, 200, 300])
@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (jpeg_image(draw_grey()), decode_jpeg(jpeg_image(draw_grey()))),
        (jpeg_image(draw_colour()), decode_jpeg(jpeg_image(draw_colour()))),
        (FLATE, GREY),
        (flate_image(draw_colour()), COLOUR),
        (flate_image(draw_bilevel()), BILEVEL),
        (fax_image(draw_bilevel()), BILEVEL),
        (jbig2_image(draw_bilevel()), BILEVEL),
    ],
    ids=["jpeg-grey", "jpeg-rgb", "flate-grey", "flate-rgb", "flate-bilevel", "fax", "jbig2"],
)
def test_a_scanned_page_keeps_every_pixel(
    read: Reader, image: PdfImage, expected: np.ndarray, dpi: float
) -> None:
    page = read_only_page(read, build_pdf([PdfPage(image, dpi=dpi)]))
    check_pixels(page, expected, dpi)


@pytest.mark.parametrize(("turn", "quarters"), [(90, -1), (180, 2), (270, 1)])
@pytest.mark.parametrize("dpi", [100, 299.3])
def test_a_turned_page_keeps_every_pixel(
    read: Reader, turn: int, quarters: int, dpi: float
) -> None:
    pdf = build_pdf([PdfPage(FLATE, dpi=dpi, entries=f"/Rotate {turn}")])
    check_pixels(read_only_page(read, pdf), np.rot90(GREY, quarters), dpi)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (flate_image(draw_grey(), "/Decode [1 0]"), 255 - GREY),
        (flate_image(draw_bilevel(), "/Decode [1 0]"), 255 - BILEVEL),
        (PdfImage(*SIZE, "/ImageMask true /BitsPerComponent 1", draw_bilevel().tobytes()), BILEVEL),
    ],
    ids=["negative", "bilevel negative", "stencil"],
)
def test_an_image_looks_as_in_a_viewer(read: Reader, image: PdfImage, expected: np.ndarray) -> None:
    check_pixels(read_only_page(read, build_pdf([PdfPage(image)])), expected)


def test_a_palette_of_greys_stays_grey(read: Reader) -> None:
    image = draw_grey().quantize(16)
    colours = bytes(image.getpalette()[:48]).hex()
    space = f"/ColorSpace [/Indexed /DeviceRGB 15 <{colours}>] /BitsPerComponent 8"
    page = read_only_page(read, build_pdf([PdfPage(PdfImage(*SIZE, space, image.tobytes()))]))
    check_pixels(page, np.asarray(image.convert("L")))


def test_what_a_soft_mask_hides_is_white(read: Reader) -> None:
    mask = Image.new("L", SIZE, 255)
    mask.paste(0, (0, 0, 200, SIZE[1]))
    hidden = flate_image(mask)
    entries = f"/Type /XObject /Subtype /Image /Width {SIZE[0]} /Height {SIZE[1]} {hidden.entries}"
    stream = make_stream(entries, hidden.data).decode("latin-1")
    pdf = build_pdf([PdfPage(flate_image(draw_grey(), "/SMask 3 0 R"))], extra=[stream])
    expected = GREY.copy()
    expected[:, :200] = 255
    check_pixels(read_only_page(read, pdf), expected)


def test_text_to_search_for_does_not_show(read: Reader) -> None:
    hidden = "BT /F 40 Tf 3 Tr 20 20 Td (hidden) Tj ET"
    page = PdfPage(FLATE, contents=hidden, resources=FONT)
    check_pixels(read_only_page(read, build_pdf([page])), GREY)


@pytest.mark.parametrize(
    "page",
    [
        PdfPage(FLATE, contents="BT /F 40 Tf 20 20 Td (X) Tj ET", resources=FONT),
        PdfPage(FLATE, contents="3 w 20 20 m 80 80 l S"),
        PdfPage(
            FLATE,
            entries="/Annots [<</Type /Annot /Subtype /Square /Rect [20 20 80 80] /F 4 /C [0]>>]",
        ),
    ],
    ids=["text", "line", "annotation"],
)
def test_what_is_drawn_over_a_scan_shows(read: Reader, page: PdfPage) -> None:
    pixels = read_only_page(read, build_pdf([page])).pixels
    assert pixels is not None
    assert pixels.shape == GREY.shape
    changed = np.argwhere(pixels != GREY)
    assert len(changed) > 50
    assert changed[:, 0].min() > SIZE[1] / 2  # the lower left quarter
    assert changed[:, 1].max() < SIZE[0] / 2


def build_form(look: bytes) -> bytes:
    """A scan with a text field over it."""
    head = "/Type /XObject /Subtype /Form /BBox [0 0 60 60]"
    place = "/Rect [20 20 80 80] /F 4 /AP <</N 3 0 R>>"
    field = f"<</Type /Annot /Subtype /Widget /FT /Tx /T (name) {place}>>"
    page = PdfPage(FLATE, entries="/Annots [4 0 R]")
    extra = [make_stream(head, look).decode("latin-1"), field]
    return build_pdf([page], extra=extra, catalog="/AcroForm <</Fields [4 0 R]>>")


def test_what_is_filled_in_on_the_screen_shows(read: Reader) -> None:
    pixels = read_only_page(read, build_form(b"0 0 60 60 re f")).pixels
    assert pixels is not None
    assert pixels[SIZE[1] - 100 : SIZE[1] - 40, 40:100].max() == 0


def test_an_empty_field_leaves_the_page_as_it_is(read: Reader) -> None:
    check_pixels(read_only_page(read, build_form(b"")), GREY)


def test_only_the_cropped_part_of_a_page_shows(read: Reader) -> None:
    pdf = build_pdf([PdfPage(FLATE, entries="/CropBox [36 36 180 252]")])
    pixels = read_only_page(read, pdf).pixels
    assert pixels is not None
    assert pixels.shape == (300, 200)


def test_a_page_of_strips_is_put_together(read: Reader) -> None:
    top, bottom = draw_grey().crop((0, 0, 413, 300)), draw_grey().crop((0, 300, 413, 585))
    lower = flate_image(bottom)
    entries = f"/Type /XObject /Subtype /Image /Width 413 /Height 285 {lower.entries}"
    stream = make_stream(entries, lower.data).decode("latin-1")
    width, heights = 413 * 0.72, (300 * 0.72, 285 * 0.72)
    head = f"/MediaBox [0 -{heights[1]:.4f} {width:.4f} {heights[0]:.4f}]"
    draw = f"q {width:.4f} 0 0 {heights[1]:.4f} 0 -{heights[1]:.4f} cm /Low Do Q"
    both = "/XObject <</Low 3 0 R /Scan 6 0 R>>"
    page = PdfPage(flate_image(top), contents=draw, entries=head, resources=both)
    data = build_pdf([page], extra=[stream]).replace(b"/XObject <</Scan 6 0 R>> ", b"", 1)
    page_image = read_only_page(read, data)
    assert page_image.pixels is not None
    assert page_image.pixels.shape == GREY.shape
    assert np.abs(page_image.pixels.astype(int) - GREY).mean() < 3


@pytest.mark.parametrize("stored_dpi", [400, 600, 1200])
def test_a_scan_of_needless_resolution_is_drawn_at_300_dpi(read: Reader, stored_dpi: int) -> None:
    pdf = build_pdf([PdfPage(fax_image(draw_bilevel((1200, 1600))), dpi=stored_dpi)])
    page = read_only_page(read, pdf)
    assert page.pixels is not None
    assert page.dpi == 300
    assert page.pixels.shape == (round(1600 * 300 / stored_dpi), round(1200 * 300 / stored_dpi))
    assert len(np.unique(page.pixels)) > 2  # greys, not dropped lines


def test_a_page_that_is_drawn_comes_in_grey_at_200_dpi(read: Reader) -> None:
    a4 = "/MediaBox [0 0 595.2756 841.8898]"
    box = PdfPage(None, contents="0 g 141.7323 558.4252 283.4646 141.7323 re f", entries=a4)
    page = read_only_page(read, build_pdf([box]))
    assert page.pixels is not None
    assert page.pixels.shape == (2339, 1654)
    assert page.dpi == 200
    dark = np.argwhere(page.pixels < 128)  # 50 mm from the left and the top, 100 mm by 50 mm
    np.testing.assert_allclose(dark.min(axis=0), [393.7, 393.7], atol=1.01)
    np.testing.assert_allclose(dark.max(axis=0) + 1, [787.4, 1181.1], atol=1.01)


def test_a_page_box_of_absurd_size_is_drawn_small(read: Reader) -> None:
    pdf = build_pdf([PdfPage(None, entries="/MediaBox [0 0 14400 14400]")])
    page = read_only_page(read, pdf)
    assert page.pixels is not None
    assert page.pixels.shape == (2339, 2339)


def test_print_over_a_coarse_picture_is_drawn_finely(read: Reader) -> None:
    text = "BT /F 12 Tf 20 20 Td (X) Tj ET"
    pdf = build_pdf([PdfPage(FLATE, dpi=40, contents=text, resources=FONT)])
    page = read_only_page(read, pdf)
    assert page.pixels is not None
    assert page.pixels.shape == (5 * SIZE[1], 5 * SIZE[0])
    assert page.dpi == 200


def test_a_photograph_on_a_page_metres_wide_keeps_its_pixels(read: Reader) -> None:
    photo = draw_grey((1800, 2400))
    mark = "BT /F 12 Tf 20 20 Td (made by an app) Tj ET"
    pdf = build_pdf([PdfPage(jpeg_image(photo), dpi=72, contents=mark, resources=FONT)])
    page = read_only_page(read, pdf)
    assert page.pixels is not None
    assert page.pixels.shape == (2400, 1800)


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
