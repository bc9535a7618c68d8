import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from intake.errors import FaultCode
from intake.files import make_printable, read_files, read_pages
from intake.limits import Limits
from tests.intake.samples import as_array, draw_grey, encode, write

SCAN = encode(draw_grey(), "PNG")


def read_code(path: str | bytes | Path, limits: Limits | None = None) -> str | None:
    (page,) = read_pages(path, limits)
    assert (page.pixels is None) == (page.fault is not None)
    assert page.index == 0
    return page.fault and page.fault.code


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert read_code(tmp_path / "gone.pdf") == FaultCode.MISSING


def test_a_file_that_vanishes_before_its_turn_is_a_fault(tmp_path: Path) -> None:
    first, second = write(tmp_path, "1.png", SCAN), write(tmp_path, "2.png", SCAN)
    pages = read_files([first, second])
    assert next(pages).fault is None
    second.unlink()
    fault = next(pages).fault
    assert fault is not None
    assert fault.code == FaultCode.MISSING


def test_a_file_that_vanishes_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    images = [draw_grey(seed=seed) for seed in range(3)]
    path = tmp_path / "scan.tif"
    images[0].save(path, save_all=True, append_images=images[1:])
    pages = read_pages(path)
    next(pages)
    path.unlink()
    assert [page.fault for page in pages] == [None, None]


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "scan.png/inside"])
def test_a_name_that_no_file_can_have_is_a_fault(tmp_path: Path, name: str) -> None:
    write(tmp_path, "scan.png", SCAN)
    assert read_code(f"{tmp_path}/{name}") in (FaultCode.MISSING, FaultCode.READ_ERROR)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert read_code(tmp_path) == FaultCode.NOT_A_FILE


def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "scan.pdf")
    assert read_code(tmp_path / "scan.pdf") == FaultCode.NOT_A_FILE


def test_a_socket_is_no_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        assert read_code(tmp_path / "s") == FaultCode.NOT_A_FILE


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_no_file(device: str) -> None:
    assert read_code(device) == FaultCode.NOT_A_FILE


def test_a_link_to_a_file_is_followed_and_one_to_itself_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "scan.png", SCAN)
    (tmp_path / "good").symlink_to("scan.png")
    (tmp_path / "loop").symlink_to("loop")
    assert read_code(tmp_path / "good") is None
    assert read_code(tmp_path / "loop") == FaultCode.READ_ERROR


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "scan.png", SCAN).chmod(0)
    assert read_code(tmp_path / "scan.png") == FaultCode.NO_PERMISSION


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    assert read_code(write(tmp_path, "scan.pdf", b"")) == FaultCode.EMPTY_FILE


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.touch()
    os.truncate(path, (512 << 20) + 1)
    assert read_code(path) == FaultCode.FILE_TOO_LARGE


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"GIF89a" + bytes(99), "GIF"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "HEIC"),
        (b"PK\x03\x04" + bytes(99), "office document"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"<html>", "no image"),
        (b"\0", "no image"),
    ],
)
def test_a_foreign_format_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    (page,) = read_pages(write(tmp_path, "scan.pdf", data))
    assert page.fault is not None
    assert page.fault.code == FaultCode.NOT_SUPPORTED
    assert what in page.fault.message
    assert "PDF, TIFF, JPEG or PNG" in page.fault.message


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (b"scan.png", "scan.png"),
        ("განაცხადი 1.png".encode(), "განაცხადი 1.png"),
        (b"scan\xff\xfe.png", "scan\\udcff\\udcfe.png"),
        (b"a\nb\x1b[31m.png", "a\\nb\\x1b[31m.png"),
        ("gnp\u202e.exe".encode(), "gnp\\u202e.exe"),
    ],
)
def test_any_name_is_read_and_printable(tmp_path: Path, name: bytes, printed: str) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "wb") as file:  # noqa: PTH123 - a Path is no place for bytes
        file.write(SCAN)
    (page,) = read_pages(path)
    assert page.fault is None
    assert page.file == f"{tmp_path}/{printed}"
    page.file.encode("utf-8")
    assert json.loads(json.dumps(page.file)) == page.file


def test_a_name_of_lone_surrogates_is_printable() -> None:
    make_printable("\ud800").encode("utf-8")


def test_the_reading_program_loads_no_decoder(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.png", SCAN)
    program = (
        "import sys; from intake.files import read_pages\n"
        "(page,) = read_pages(sys.argv[1]); assert page.fault is None\n"
        "print(*{'PIL', 'pypdf', 'pypdfium2'} & {name.partition('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-c", program, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_programs_that_lie_in_the_folder_of_the_scans_are_not_run(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.png", SCAN)
    (tmp_path / "intake").mkdir()
    for trap in ("PIL.py", "json.py", "intake/__init__.py", "intake/decoder.py"):
        write(tmp_path, trap, b"raise SystemExit('trapped')")
    program = (
        "import sys; from intake.files import read_pages\n"
        "print([page.fault for page in read_pages(sys.argv[1])])"
    )
    command = [sys.executable, "-P", "-c", program, str(path)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[None]"


def test_pixels_may_be_written_to(tmp_path: Path) -> None:
    (page,) = read_pages(write(tmp_path, "scan.png", SCAN))
    assert page.pixels is not None
    page.pixels[0, 0] = 7
    assert not np.array_equal(page.pixels, as_array(draw_grey()))
