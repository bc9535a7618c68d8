"""`blanki quality`: how well files were scanned, while the paper is still at the scanner."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from intake.files import read_files
from ocr.feeding import FeedFault, FeedTrouble, find_feed_troubles
from ocr.inspection import PageInspector
from ocr.readings import PageReading, Quality
from validation.scans import ScanAdvice, advise_scan, describe_feed
from validation.wording import LANGUAGES
from web.cli.form_options import take_more_forms

_SCHEMA = 1
_DONE, _PARTIAL = 0, 1


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=bytes))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one object a page.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@take_more_forms
def quality(files: tuple[bytes, ...], as_json: bool, language: str, forms: Path) -> None:
    """Say how well pages were scanned, which to scan again and why; no field is read."""
    inspector, code = PageInspector(root=forms), _DONE
    for _, images in groupby(read_files(files), key=lambda image: image.file):
        pages = []
        for page in inspector.read_file(images):
            advice = advise_scan(page, language)
            told = [_describe_page(page, advice)] if as_json else _tell_page(page, advice)
            code = max(code, _write(told, advice.again))
            pages.append(page)
        for trouble in find_feed_troubles(pages, forms):
            text = describe_feed(trouble, language)
            told = [_describe_trouble(trouble, text)] if as_json else [f"  {text}"]
            code = max(code, _write(told, trouble.fault is FeedFault.DOUBLE_FEED))
    sys.exit(code)


def _write(lines: Iterable[str], again: bool) -> int:
    """Print what is known as soon as it is, and give the exit code that it calls for."""
    for line in lines:
        click.echo(line)
    return _PARTIAL if again else _DONE


def _tell_page(page: PageReading, advice: ScanAdvice) -> Iterator[str]:
    """Two or three lines for people: which page it is, its figures, what to do."""
    yield f"{page.file}, scan {page.index + 1}: {_name_page(page)}{_tell_figures(page.quality)}"
    yield f"  {advice.text}"
    yield from (f"  {way}" for way in advice.ways)


def _name_page(page: PageReading) -> str:
    if page.key is None:
        return page.status.value
    sheet = f", sheet {page.sheet}" if page.sheet != 1 else ""
    copy = f", copy {page.serial}" if page.serial else ""
    return f"{page.key.form} {page.key.edition}, page {page.page}{sheet}{copy}"


def _tell_figures(quality: Quality | None) -> str:
    if quality is None:
        return ""
    return (
        f" ({quality.dpi or 0:.0f} dpi, {quality.skew_degrees:+.1f} degrees,"
        f" edges {quality.sharpness:.2f} mm, contrast {quality.contrast:.2f},"
        f" {quality.corners_found} corners, pale print {_percent(quality.captions)},"
        f" hairlines {_percent(quality.hairlines)}, grain {quality.grain:.3f})"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * max(share, 0):.0f} %"


def _describe_page(page: PageReading, advice: ScanAdvice) -> str:
    return _as_line(
        file=page.file,
        index=page.index,
        status=page.status.value,
        reason=page.reason,
        form=page.key.form if page.key else None,
        edition=page.key.edition.isoformat() if page.key else None,
        page=page.page,
        sheet=page.sheet,
        serial=page.serial,
        quality=asdict(page.quality) if page.quality else None,
        scan_again=advice.again,
        message=advice.text,
        ways=advice.ways,
    )


def _describe_trouble(trouble: FeedTrouble, text: str) -> str:
    return _as_line(
        file=trouble.file,
        feed=trouble.fault.value,
        after=trouble.after,
        at=trouble.at,
        pages=trouble.pages,
        message=text,
    )


def _as_line(**told: Any) -> str:
    return json.dumps({"schema": _SCHEMA, **told}, ensure_ascii=False)
