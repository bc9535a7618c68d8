"""What the words of `blanki form` have in common: which edition is meant, and where to write."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from form_templates import catalog
from form_templates.errors import TemplateFault
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


def take_edition(command: _Command) -> _Command:
    """The argument and options that say which edition of a form is meant."""
    return click.argument("name", metavar="FORM")(take_day(take_root(command)))


def take_day(command: _Command) -> _Command:
    """The option that names an edition by its date."""
    return click.option(
        "--edition",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="Date of the edition; else the newest.",
    )(command)


def take_root(command: _Command) -> _Command:
    """The option that says where the forms are."""
    return click.option(
        "--forms",
        "root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=catalog.ROOT,
        help="Folder of the forms, instead of those that are shipped.",
    )(command)


def take_more_forms(command: _Command) -> _Command:
    """The option that names a folder whose forms are known beside those that are shipped."""
    return click.option(
        "--forms",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=catalog.ROOT,
        show_default="those that ship",
        help="Folder of further forms, as form_templates/ has them; they are known as well.",
    )(command)


def take_rows(command: _Command) -> _Command:
    """The option that says how long the tables of a form are."""
    return click.option(
        "--rows", type=TableRows(), multiple=True, help="Rows of a table, as members=23."
    )(command)


def take_output(command: _Command) -> _Command:
    """The option that says where a PDF goes."""
    return click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
        help="The PDF to write; - for standard output.",
    )(command)


def load_template(
    name: str, edition: datetime | date | None, root: Path = catalog.ROOT
) -> Template:
    """The edition asked for; an unknown one is a mistake of usage."""
    day = edition.date() if isinstance(edition, datetime) else edition
    try:
        return catalog.load(name, day, root)
    except TemplateFault as fault:
        raise click.UsageError(str(fault)) from fault


def shorten_path(path: Path) -> Path:
    """The path as seen from where the command was given, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def write_output(output: Path, document: bytes) -> None:
    """Write a PDF to a file or to standard output."""
    if str(output) == "-":
        sys.stdout.buffer.write(document)
        return
    try:
        output.write_bytes(document)
    except OSError as fault:
        raise click.FileError(str(output), str(fault.strerror)) from fault
