"""Damaged files never raise, hang, or give pixels of another shape than they should."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.decoding import Decoder
from intake.files import read_pages_with
from intake.limits import Limits
from tests.intake.samples import (
    PdfPage,
    build_pdf,
    draw_bilevel,
    draw_colour,
    draw_grey,
    encode,
    fax_image,
    flate_image,
    jbig2_image,
    jpeg_image,
)

SMALL = (60, 90)
GREY, COLOUR, BILEVEL = draw_grey(SMALL), draw_colour(SMALL), draw_bilevel(SMALL)
FAX = {"compression": "group4", "save_all": True}
HEADS = [b"%PDF-1.7\n", b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
SAMPLES = {
    "jpeg": encode(COLOUR, "JPEG"),
    "progressive": encode(GREY, "JPEG", progressive=True),
    "png": encode(GREY, "PNG"),
    "tiff": encode(GREY, "TIFF", save_all=True, append_images=[COLOUR.copy(), BILEVEL.copy()]),
    "fax": encode(BILEVEL, "TIFF", append_images=[BILEVEL.copy()], **FAX),
    "pdf": build_pdf(
        [
            PdfPage(flate_image(GREY)),
            PdfPage(jpeg_image(COLOUR)),
            PdfPage(fax_image(BILEVEL)),
            PdfPage(jbig2_image(BILEVEL)),
        ]
    ),
}
MOST_PAGES = 8


def spoil(data: bytes, cut: float, flips: list[tuple[float, int]]) -> bytes:
    """Changes some bytes and cuts the rest off."""
    spoilt = bytearray(data)
    for place, value in flips:
        spoilt[int(place * len(data))] ^= value
    return bytes(spoilt[: max(1, int(cut * len(data)))])


def check_reading(decoder: Decoder, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    pages = list(read_pages_with(decoder, path))
    assert 1 <= len(pages) <= MOST_PAGES + 1
    for number, page in enumerate(pages):
        assert page.index == number
        assert (page.pixels is None) == (page.fault is not None)
        if page.pixels is not None:
            assert page.pixels.dtype == np.uint8
            assert page.pixels.ndim in (2, 3)
        if page.fault is not None:
            assert page.fault.message


@pytest.fixture(scope="module")
def short_decoder() -> Decoder:
    """A decoder of little patience."""
    with Decoder(Limits(page_seconds=5, file_pages=MOST_PAGES, page_pixels=4_000_000)) as decoder:
        yield decoder


shares = st.floats(0, 1, exclude_max=True)
flips = st.lists(st.tuples(shares, st.integers(1, 255)), max_size=4)


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=1500, derandomize=False, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.one_of(st.just(1.0), shares), flips=flips)
def test_spoilt_files_are_read_or_refused(
    short_decoder: Decoder,
    tmp_path: Path,
    kind: str,
    cut: float,
    flips: list[tuple[float, int]],
) -> None:
    check_reading(short_decoder, tmp_path / "scan", spoil(SAMPLES[kind], cut, flips))


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=1500, derandomize=False, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=shares)
def test_what_is_read_of_a_cut_file_is_what_stood_there(
    short_decoder: Decoder, tmp_path: Path, kind: str, cut: float
) -> None:
    path = tmp_path / "scan"
    path.write_bytes(SAMPLES[kind])
    whole = list(read_pages_with(short_decoder, path))
    path.write_bytes(spoil(SAMPLES[kind], cut, []))
    pages = list(read_pages_with(short_decoder, path))
    assert pages[-1].fault is not None or len(pages) == len(whole)
    for page in pages:
        if page.fault is None:
            np.testing.assert_array_equal(page.pixels, whole[page.index].pixels)


@settings(max_examples=1500, derandomize=False, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(HEADS),
    rest=st.binary(max_size=300),
)
def test_nonsense_behind_a_right_beginning_is_refused(
    short_decoder: Decoder, tmp_path: Path, head: bytes, rest: bytes
) -> None:
    check_reading(short_decoder, tmp_path / "scan", head + rest)
