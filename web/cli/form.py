"""`blanki form`: list, print and describe the forms."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from form_templates import catalog
from form_templates.describe import describe_form
from form_templates.errors import TemplateFault
from form_templates.flow import LayoutFault
from form_templates.specification import Template

_Command = TypeVar("_Command", bound=Callable[..., Any])


class TableRows(click.ParamType[tuple[str, int]]):
    """`members=23`: how many rows of a table to print."""

    name = "TABLE=ROWS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Split at the sign of equality."""
        table, _, count = str(value).partition("=")
        if not table or not count.isdecimal():
            self.fail(f"{value!r} is not like members=23", param, ctx)
        return table, int(count)


def _edition_options(command: _Command) -> _Command:
    """The options that say which edition of a form is meant, and how long its tables."""
    command = click.option(
        "--rows", type=TableRows(), multiple=True, help="Rows of a table, as members=23."
    )(command)
    return click.option(
        "--edition", type=click.DateTime(["%Y-%m-%d"]), help="Date of the edition; else the newest."
    )(command)


def load_template(name: str, edition: datetime | date | None) -> Template:
    """The edition asked for; an unknown one is a mistake of usage."""
    day = edition.date() if isinstance(edition, datetime) else edition
    try:
        return catalog.load(name, day)
    except TemplateFault as fault:
        raise click.UsageError(str(fault)) from fault


@click.group()
def form() -> None:
    """List, print and describe the forms."""


@form.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_forms(as_json: bool) -> None:
    """Name every form with its editions."""
    for key in catalog.list_templates():
        template = catalog.load(key.form, key.edition)
        entry = {
            "form": key.form,
            "edition": key.edition.isoformat(),
            "title": template.label("title"),
            "title_en": template.label("title", "en"),
        }
        if as_json:
            click.echo(json.dumps(entry, ensure_ascii=False))
        else:
            click.echo(f"{entry['form']:<22}{entry['edition']}  {entry['title_en']}")


@form.command("describe")
@click.argument("name", metavar="FORM")
@click.option("--json", "as_json", is_flag=True, default=True, help="As JSON (the only way).")
@_edition_options
def describe(
    name: str, as_json: bool, edition: datetime | None, rows: tuple[tuple[str, int], ...]
) -> None:
    """Print the geometry of a form as JSON, in mm from the top left."""
    template = load_template(name, edition)
    try:
        described = describe_form(template, dict(rows))
    except LayoutFault as fault:
        raise click.UsageError(str(fault)) from fault
    click.echo(json.dumps(described, ensure_ascii=False, indent=1))


@form.command("print")
@click.argument("name", metavar="FORM")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="The PDF to write; - for standard output.",
)
@click.option(
    "--copies", type=click.IntRange(1, 1000), help="Numbered copies, each with its own serial."
)
@click.option(
    "--values",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON object of field id -> value to print into the form.",
)
@_edition_options
def print_form(
    name: str,
    output: Path,
    copies: int | None,
    values: Path | None,
    edition: datetime | None,
    rows: tuple[tuple[str, int], ...],
) -> None:
    """Print a blank form as PDF; plain prints are the same bytes every time."""
    from form_templates import printing, serials

    template = load_template(name, edition)
    prefilled = _read_values(values) if values else None
    numbered = copies is not None or prefilled is not None
    taken = serials.take(copies or 1) if numbered else (0,)
    try:
        document = printing.print_form(template, dict(rows), taken, prefilled)
    except (LayoutFault, ValueError) as fault:
        raise click.UsageError(str(fault)) from fault
    if str(output) == "-":
        sys.stdout.buffer.write(document)
        return
    try:
        output.write_bytes(document)
    except OSError as fault:
        raise click.FileError(str(output), str(fault.strerror)) from fault


def _read_values(path: Path) -> Mapping[str, object]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as fault:
        raise click.UsageError(f"{path}: {fault}") from fault
    if not isinstance(values, dict):
        raise click.UsageError(f"{path}: an object of field id -> value is needed")
    return values
