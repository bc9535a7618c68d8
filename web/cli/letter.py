"""`blanki letter`: list, describe and print the papers that nobody fills in."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from workflow.letters.faults import LetterValueFault, UnknownLetter
from workflow.letters.loading import list_letters, load_letter
from workflow.letters.model import Letter, ValueSpec


@click.group()
def letter() -> None:
    """List, describe and print lists, notices, certificates and extracts."""


@letter.command("list")
def list_all() -> None:
    """Name every letter."""
    for name in list_letters():
        click.echo(f"{name:<22}{load_letter(name).title}")


@letter.command("describe")
@click.argument("name", metavar="NAME")
def describe(name: str) -> None:
    """Print the values of a letter as JSON: what each is and whether it may be missing."""
    found = _load(name)
    described = {
        "letter": found.name,
        "title": found.title,
        "title_ka": found.wording.title,
        "law": found.law,
        "assumed": found.assumed,
        "values": [_describe(spec) for spec in found.values],
    }
    click.echo(json.dumps(described, ensure_ascii=False, indent=1))


@letter.command("print")
@click.argument("name", metavar="NAME")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="The PDF to write; - for standard output.",
)
@click.option(
    "--values",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON object of value id -> value; `describe` names them.",
)
@click.option("--sample", is_flag=True, help="With invented values; every page says so.")
def print_one(name: str, output: Path, values: Path | None, sample: bool) -> None:
    """Print a letter as PDF/A; the same values give the same bytes."""
    from workflow.letters.printing import print_letter, print_sample

    if (values is None) is not sample:
        raise click.UsageError("give either --values or --sample")
    found = _load(name)
    try:
        document = print_letter(found, _read_values(values)) if values else print_sample(found)
    except LetterValueFault as fault:
        raise click.UsageError(f"{fault.code}: {fault}") from fault
    _write(output, document)


def _load(name: str) -> Letter:
    try:
        return load_letter(name)
    except UnknownLetter as fault:
        raise click.UsageError(str(fault)) from fault


def _describe(spec: ValueSpec) -> dict[str, object]:
    told: dict[str, object] = {"id": spec.id, "kind": spec.kind, "required": spec.required}
    if spec.choices:
        told["choices"] = spec.choices
    if spec.columns:
        told |= {"may_be_empty": spec.may_be_empty, "columns": [_describe(c) for c in spec.columns]}
    return told


def _read_values(path: Path) -> Mapping[str, object]:
    """The values of a file; amounts are strings there, so nothing is rounded."""
    try:
        given = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as fault:
        raise click.BadParameter(f"{path}: {fault}", param_hint="--values") from fault
    if not isinstance(given, dict):
        raise click.BadParameter(f"{path}: wanted: an object", param_hint="--values")
    return given


def _write(output: Path, document: bytes) -> None:
    """To the file, or to standard output for a dash."""
    try:
        if str(output) == "-":
            sys.stdout.buffer.write(document)
        else:
            output.write_bytes(document)
    except OSError as fault:
        raise click.FileError(str(output), str(fault.strerror)) from fault
