"""Files that are no scan, or no whole one."""

import struct
import zlib
from pathlib import Path

import pypdf

from ocr.simulation.document import SimulatedDocument
from ocr.simulation.files import save_scan


def make_bad_file(kind: str, scan: Path, paper: SimulatedDocument, folder: Path) -> Path:
    """Write the file in a folder, from a sound scan; a missing one is not written."""
    whole = scan.read_bytes()
    bad = folder / "bad.pdf"
    if kind == "empty":
        bad.write_bytes(b"")
    elif kind == "no scan at all":
        bad.write_text("Dear Sir or Madam")
    elif kind == "truncated pdf":
        bad.write_bytes(whole[: len(whole) // 3])
    elif kind in ("truncated jpg", "truncated tif"):
        bad = folder / f"bad.{kind[-3:]}"
        save_scan(paper.scans[:1], bad)
        bad.write_bytes(bad.read_bytes()[:-20000])
    elif kind == "encrypted":
        writer = pypdf.PdfWriter(clone_from=scan)
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(bad)
    elif kind == "huge header":
        bad = folder / "bad.png"
        header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(
            ">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0
        )
        bad.write_bytes(header + struct.pack(">I", zlib.crc32(header[12:])))
    elif kind == "bomb":
        bad = folder / "bad.png"
        _bomb(bad)
    elif kind == "folder":
        bad.mkdir()
    return bad


def _bomb(path: Path) -> None:
    """A PNG of 30,000 x 30,000 white pixels in a few hundred kB."""
    side = 30_000

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * side
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )
