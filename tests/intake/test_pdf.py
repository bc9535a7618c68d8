import io

import numpy as np
import pytest
from PIL import Image

from intake.errors import FaultCode
from tests.intake.pdf_pages import BILEVEL, COLOUR, FLATE, GREY, check_pixels, read_only_page
from tests.intake.samples import (
    SIZE,
    PdfImage,
    PdfPage,
    Reader,
    build_pdf,
    draw_bilevel,
    draw_colour,
    draw_grey,
    fax_image,
    flate_image,
    jbig2_image,
    jpeg_image,
    make_stream,
)

FONT = "/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"


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


@pytest.mark.parametrize("box", ["14400 14400", "14400 842", "600 14400"])
def test_a_scan_in_the_corner_of_an_absurd_page_box_is_never_drawn_too_small_to_see(
    read: Reader, box: str
) -> None:
    scan = jpeg_image(draw_grey((1600, 2300)))
    pdf = build_pdf([PdfPage(scan, dpi=200, entries=f"/MediaBox [0 0 {box}]")])
    page = read_only_page(read, pdf)
    assert page.pixels is None
    assert page.fault is not None
    assert page.fault.code == FaultCode.TOO_MANY_PIXELS


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
