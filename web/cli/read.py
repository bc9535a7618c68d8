"""`blanki read`: scanned files to checked records, without a database."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from form_templates.catalog import ROOT
from form_templates.known_forms import load_known
from intake.files import read_files
from ocr.documents import join_pages
from ocr.pipeline import PageReader
from ocr.readings import DocumentReading, PageReading
from validation.disposition import Disposition
from validation.documents import validate_document, validate_strays
from web.cli.form_options import take_more_forms
from web.cli.read_compare import compare_with_truth, load_truth
from web.reading_json import describe_document

DONE, PARTIAL = 0, 1


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=bytes))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one object a document.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day to check dates against; else the machine's.",
)
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `simulate --truth` wrote: say what was read otherwise (not with --json).",
)
@take_more_forms
def read(
    files: tuple[bytes, ...],
    as_json: bool,
    today: datetime | None,
    compare: Path | None,
    forms: Path,
) -> None:
    """Read scans of forms: PDF, TIFF, JPEG, PNG, pages in any order and turn."""
    if compare and as_json:
        raise click.UsageError("--compare is told to people: leave out --json")
    truth = load_truth(compare) if compare else None
    day = today.date() if today else date.today()
    code = DONE
    for document in join_pages(_read_pages(files, forms), forms):
        result = check_document(document, day, forms)
        if result["disposition"] != Disposition.ACCEPTED.value:
            code = PARTIAL
        lines = [json.dumps(result, ensure_ascii=False)] if as_json else _summarise(result)
        for line in lines:
            click.echo(line)
        for line in compare_with_truth(result, truth) if truth else ():
            click.echo(line)
    sys.exit(code)


def _read_pages(files: Sequence[bytes], forms: Path) -> Iterator[PageReading]:
    """Read file after file; one decoder process and one set of blanks serve them all."""
    reader = PageReader(root=forms)
    for _, images in groupby(read_files(files), key=lambda image: image.file):
        yield from reader.read_file(images)


def check_document(document: DocumentReading, day: date, forms: Path = ROOT) -> dict[str, Any]:
    """Validate one document and describe it by the contract."""
    if document.key is None:
        return describe_document(None, document, validate_strays(document, day))
    template = load_known(document.key, forms)
    return describe_document(template, document, validate_document(template, document, day))


def _summarise(result: dict[str, Any]) -> Iterator[str]:
    """A few lines for people: what it is, where it goes, what was found."""
    name = f"{result['form']} {result['edition']}" if result["form"] else "no form"
    case = f", family {result['case']}" if result["case"] else ""
    fields = result["fields"].values()
    doubts = sum(1 for field in fields if field["review"])
    yield f"{name}{case}: {result['disposition']}"
    yield f"  {len(result['pages'])} pages, {len(fields)} fields, {doubts} to look at"
    for finding in result["findings"]:
        place = f"{finding['field']}: " if finding["field"] else ""
        yield f"  {finding['severity']}: {place}{finding['message']} [{finding['law']}]"
