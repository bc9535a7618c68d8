"""Writes simulated scans to files as scanners do; every file says that it is simulated."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

from ocr.simulation.document import SimulatedDocument
from ocr.simulation.imprints import read_words
from ocr.simulation.intents import FieldTruth
from ocr.simulation.scanner import Scan

_JPEG_QUALITY = 92
_DATE = time.gmtime(0)
"""A fixed date, so that the same document gives the same bytes."""
_DESCRIPTION_TAG = 270
TRUTH_SCHEMA = 1


def save_scan(scans: Sequence[Scan], path: Path) -> None:
    """Writes the pages as PDF or TIFF, or one page as PNG or JPEG, by the file's suffix.

    Raises ValueError for another suffix, and for several pages in a file that holds one.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name}: choose one of {', '.join(_WRITERS)}")
    if write in (_write_png, _write_jpeg) and len(scans) != 1:
        raise ValueError(f"{path.name} holds one page, not {len(scans)}: write a PDF or TIFF")
    write(scans, path)


def _picture_of(scan: Scan) -> Image.Image:
    image = Image.fromarray(scan.picture)
    return image.convert("1", dither=Image.Dither.NONE) if scan.is_bilevel else image


def _loss_of(scan: Scan) -> dict[str, int]:
    """How hard the page is compressed: as it was by the scanner, which costs nothing more."""
    return {} if scan.is_bilevel else {"quality": scan.jpeg or _JPEG_QUALITY}


def _write_pdf(scans: Sequence[Scan], path: Path) -> None:
    """One page after the other: each may have a resolution of its own."""
    path.unlink(missing_ok=True)
    for number, scan in enumerate(scans):
        _picture_of(scan).save(
            path,
            "PDF",
            append=number > 0,
            resolution=scan.dpi,
            **_loss_of(scan),
            title=read_words()["title"],
            keywords="simulated",
            creationDate=_DATE,
            modDate=_DATE,
        )


def _write_tiff(scans: Sequence[Scan], path: Path) -> None:
    path.unlink(missing_ok=True)
    with TiffImagePlugin.AppendingTiffWriter(str(path), True) as file:
        for scan in scans:
            _picture_of(scan).save(
                file,
                "TIFF",
                compression="group4" if scan.is_bilevel else "jpeg",
                **_loss_of(scan),
                dpi=(scan.dpi, scan.dpi),
                tiffinfo={_DESCRIPTION_TAG: "SIMULATED"},
            )
            file.newFrame()


def _write_png(scans: Sequence[Scan], path: Path) -> None:
    note = PngInfo()
    note.add_itxt("Title", read_words()["title"])
    dpi = (scans[0].dpi, scans[0].dpi)
    _picture_of(scans[0]).save(path, "PNG", dpi=dpi, pnginfo=note, compress_level=3)


def _write_jpeg(scans: Sequence[Scan], path: Path) -> None:
    dpi = (round(scans[0].dpi),) * 2
    quality = scans[0].jpeg or _JPEG_QUALITY
    note = read_words()["title"].encode()
    Image.fromarray(scans[0].picture).save(path, "JPEG", quality=quality, dpi=dpi, comment=note)


_WRITERS: Mapping[str, Callable[[Sequence[Scan], Path], None]] = {
    ".pdf": _write_pdf,
    ".tif": _write_tiff,
    ".tiff": _write_tiff,
    ".png": _write_png,
    ".jpg": _write_jpeg,
    ".jpeg": _write_jpeg,
}


def describe_truth(document: SimulatedDocument) -> dict[str, Any]:
    """What should be read from a document, as plain values for JSON."""
    return {
        "schema": TRUTH_SCHEMA,
        "simulated": read_words()["title"],
        "form": document.key.form,
        "edition": document.key.edition.isoformat(),
        "seed": document.seed,
        "level": document.level,
        "style": document.style.value,
        "disposition": document.disposition,
        "scenarios": document.scenarios,
        "pages": [
            {
                "page": side.page,
                "sheet": side.sheet,
                "dpi": side.scan.dpi,
                "effects": list(side.scan.effects),
                "to_px": side.scan.to_px.round(6).tolist(),
            }
            for side in document.sides
        ],
        "fields": {key: _describe_field(document, truth) for key, truth in document.truth.items()},
    }


def _describe_field(document: SimulatedDocument, truth: FieldTruth) -> dict[str, Any]:
    judged = {
        "disposition": document.judge(truth.disposition),
        "cautious": [document.judge(word) for word in truth.cautious],
    }
    return asdict(truth) | judged


def save_truth(document: SimulatedDocument, path: Path) -> None:
    """Writes beside a scan what should be read from it."""
    text = json.dumps(describe_truth(document), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", "utf-8")
