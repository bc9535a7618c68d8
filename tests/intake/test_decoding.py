import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake.child import Child
from intake.decoding import Decoder
from intake.errors import FaultCode
from intake.files import read_files, read_pages, read_pages_with
from intake.limits import Limits
from intake.pages import PageImage
from intake.wire import Decoded, Failed, Opened, encode_message, parse_message
from tests.intake.samples import (
    PdfPage,
    as_array,
    build_pdf,
    draw_grey,
    encode,
    flate_image,
    make_stream,
    write,
)


def build_endless(pages: Sequence[PdfPage | None]) -> bytes:
    """A PDF whose pages marked None take minutes to draw: millions of dashes."""
    curves = b"[0.05 0.05] 0 d 0.1 w " + b"0 0 m 10 500 300 -400 500 500 c S " * 20_000
    form = make_stream("/Type /XObject /Subtype /Form /BBox [0 0 500 500]", curves)
    drawing = "/XObject <</Form 3 0 R>>"
    endless = PdfPage(None, contents="/Form Do " * 10, resources=drawing)
    return build_pdf([page or endless for page in pages], extra=[form.decode("latin-1")])


def list_codes(pages: Iterator[PageImage]) -> list[str | None]:
    return [page.fault and page.fault.code for page in pages]


def list_children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def build_scans(count: int) -> bytes:
    return build_pdf([PdfPage(flate_image(draw_grey(seed=seed))) for seed in range(count)])


def test_a_page_that_takes_too_long_stops_itself_only(tmp_path: Path) -> None:
    scan = PdfPage(flate_image(draw_grey()))
    path = write(tmp_path, "scan.pdf", build_endless([scan, None, scan]))
    pages = list(read_pages(path, Limits(page_seconds=3)))
    assert list_codes(iter(pages)) == [None, FaultCode.OUT_OF_TIME, None]
    assert pages[1].fault is not None
    assert "3 seconds" in pages[1].fault.message


def test_a_file_that_takes_too_long_as_a_whole_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.pdf", build_endless([None] * 30))
    codes = list_codes(read_pages(path, Limits(page_seconds=0.7, file_seconds=1)))
    assert codes == [FaultCode.OUT_OF_TIME] * 30


def test_a_file_after_one_that_was_given_up_is_read(tmp_path: Path) -> None:
    bad = write(tmp_path, "1.pdf", build_endless([None]))
    good = write(tmp_path, "2.png", encode(draw_grey(), "PNG"))
    codes = list_codes(read_files([bad, good], Limits(page_seconds=3)))
    assert codes == [FaultCode.OUT_OF_TIME, None]


def test_a_page_that_needs_too_much_memory_stops_itself_only(tmp_path: Path) -> None:
    large = write(tmp_path, "1.png", encode(Image.new("RGB", (9000, 9000)), "PNG"))
    small = write(tmp_path, "2.png", encode(draw_grey(), "PNG"))
    pages = list(read_files([large, small], Limits(memory_bytes=250 << 20)))
    assert list_codes(iter(pages)) == [FaultCode.OUT_OF_MEMORY, None]
    assert pages[0].fault is not None
    assert "250 MB" in pages[0].fault.message


def test_a_decoder_that_is_killed_costs_one_page(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.pdf", build_scans(60))
    before = set(list_children())
    pages = read_pages(path)
    first = next(pages)
    (child,) = set(list_children()) - before
    child.kill()
    rest = list(pages)
    assert first.fault is None
    assert [page.index for page in rest] == list(range(1, 60))
    lost = [page for page in rest if page.fault]
    assert [page.fault.code for page in lost if page.fault] == [FaultCode.CRASHED]
    for page in rest:
        if page.fault is None:
            np.testing.assert_array_equal(page.pixels, as_array(draw_grey(seed=page.index)))


def test_a_file_that_shrinks_while_it_is_read_loses_no_page_in_silence(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.pdf", build_scans(60))
    pages = read_pages(path)
    next(pages)
    os.truncate(path, 5000)
    codes = list_codes(pages)
    assert len(codes) >= 59
    assert FaultCode.READ_ERROR in codes
    assert None not in codes[codes.index(FaultCode.READ_ERROR) :]


def test_pages_that_nobody_wants_any_more_leave_no_process_behind(tmp_path: Path) -> None:
    before = set(list_children())
    pages = read_pages(write(tmp_path, "scan.pdf", build_scans(20)))
    next(pages)
    assert set(list_children()) > before
    pages.close()
    assert set(list_children()) == before


def test_a_file_left_half_read_does_not_spill_into_the_next(tmp_path: Path) -> None:
    first = write(tmp_path, "1.pdf", build_scans(20))
    second = write(tmp_path, "2.png", encode(draw_grey(seed=99), "PNG"))
    with Decoder(Limits()) as decoder:
        pages = read_pages_with(decoder, first)
        next(pages)
        pages.close()
        (page,) = read_pages_with(decoder, second)
    np.testing.assert_array_equal(page.pixels, as_array(draw_grey(seed=99)))


def test_files_of_one_decoder_share_its_process(tmp_path: Path) -> None:
    path = write(tmp_path, "1.png", encode(draw_grey(), "PNG"))
    with Decoder(Limits()) as decoder:
        before = set(list_children())
        list(read_pages_with(decoder, path))
        started = set(list_children()) - before
        list(read_pages_with(decoder, path))
        assert set(list_children()) - before == started
    assert len(started) == 1
    assert set(list_children()) == before


def test_a_decoder_refuses_to_mix_two_files(tmp_path: Path) -> None:
    path = write(tmp_path, "1.pdf", build_scans(3))
    with Decoder(Limits()) as decoder:
        first, second = read_pages_with(decoder, path), read_pages_with(decoder, path)
        next(first)
        with pytest.raises(RuntimeError, match="one file at a time"):
            next(second)
        assert list_codes(first) == [None, None]


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
def test_a_decoder_that_cannot_start_is_broken_machinery_not_bad_paper(
    tmp_path: Path, python: str
) -> None:
    path = write(tmp_path, "1.png", encode(draw_grey(), "PNG"))
    program = (
        "import sys; from intake.errors import DecoderUnavailableError\n"
        "from intake.files import read_pages\n"
        "path, sys.executable = sys.argv[1:]\n"
        "try: list(read_pages(path))\n"
        "except DecoderUnavailableError as error: print(error.code, error.retry)"
    )
    command = [sys.executable, "-c", program, str(path), python]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "decoder_unavailable True"


def test_a_child_can_be_ended_twice() -> None:
    child = Child(Limits())
    child.end()
    child.end()


@pytest.mark.parametrize("name", ["memory_bytes", "page_seconds", "page_pixels", "file_pages"])
def test_a_limit_must_be_positive(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Limits(**{name: 0})


def test_a_pixel_limit_that_a_decoder_would_overrule_is_refused() -> None:
    with pytest.raises(ValueError, match="page_pixels"):
        Limits(page_pixels=200_000_000)


@pytest.mark.parametrize(
    "message",
    [
        Opened(3),
        Decoded(20, 30, 3, 60, 199.7),
        Decoded(20, 30, 1, 20, None),
        Failed("damaged", "!"),
    ],
)
def test_messages_survive_the_wire(message: Opened | Decoded | Failed) -> None:
    assert parse_message(encode_message(message)[4:]) == message


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b'{"type": "Nothing"}',
        b'{"type": "Opened"}',
        b'{"type": "Opened", "pages": "3"}',
        b'{"type": "Failed", "code": "no such code", "message": ""}',
        b'{"type": "Failed", "code": "damaged", "message": 3}',
        b'{"type": "Decoded", "width_px": 9, "height_px": 9, "channels": 2, "stride_bytes": 18,'
        b' "dpi": null}',
        b'{"type": "Decoded", "width_px": 9, "height_px": 9, "channels": 1, "stride_bytes": 8,'
        b' "dpi": null}',
        b'{"type": "Decoded", "width_px": -9, "height_px": -9, "channels": 1, "stride_bytes": 9,'
        b' "dpi": null}',
        b'{"type": "Decoded", "width_px": 9, "height_px": 9, "channels": 1, "stride_bytes": 9,'
        b' "dpi": "many"}',
    ],
)
def test_a_child_that_talks_nonsense_is_not_believed(header: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_message(header)


@given(st.binary(max_size=200))
def test_no_bytes_on_the_wire_raise_anything_unforeseen(header: bytes) -> None:
    try:
        parse_message(header)
    except ValueError:
        return
    raise AssertionError("random bytes are no message")
