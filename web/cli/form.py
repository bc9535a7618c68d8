"""`blanki form`: list, print and describe the forms, and what those who write them need."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from form_templates import catalog
from form_templates.describe import describe_form
from form_templates.errors import TemplateFault
from form_templates.fitting import LayoutFault
from form_templates.placed import NotOurs
from web.cli.form_check import PROBLEMS, check, freeze
from web.cli.form_diff import diff
from web.cli.form_frozen import advise_freezing, refuse_moved
from web.cli.form_new import new
from web.cli.form_options import (
    load_template,
    take_edition,
    take_output,
    take_root,
    take_rows,
    write_output,
)
from web.cli.form_preview import document, preview


@click.group()
def form() -> None:
    """List, print, describe, check and compare the forms."""


for command in (new, check, preview, freeze, diff, document):
    form.add_command(command)


@form.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@take_root
def list_forms(as_json: bool, root: Path) -> None:
    """Name every form with its editions; a broken one is told on stderr and hides no other."""
    broken = 0
    for key in catalog.list_templates(root):
        try:
            template = catalog.load(key.form, key.edition, root)
        except TemplateFault as fault:
            click.echo(str(fault), err=True)
            broken += 1
            continue
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
    sys.exit(PROBLEMS if broken else 0)


@form.command("describe")
@click.option("--json", "as_json", is_flag=True, default=True, help="As JSON (the only way).")
@take_rows
@take_edition
def describe(
    name: str,
    as_json: bool,
    edition: datetime | None,
    rows: tuple[tuple[str, int], ...],
    root: Path,
) -> None:
    """Print the geometry of a form as JSON, in mm from the top left."""
    template = load_template(name, edition, root)
    try:
        described = describe_form(template, dict(rows))
    except LayoutFault as fault:
        raise click.UsageError(str(fault)) from fault
    click.echo(json.dumps(described, ensure_ascii=False, indent=1))


@form.command("print")
@take_output
@click.option(
    "--copies", type=click.IntRange(1, 1000), help="Numbered copies, each with its own serial."
)
@click.option(
    "--values",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON object of field id -> value to print into the form.",
)
@take_rows
@take_edition
def print_form(
    name: str,
    output: Path,
    copies: int | None,
    values: Path | None,
    edition: datetime | None,
    rows: tuple[tuple[str, int], ...],
    root: Path,
) -> None:
    """Print a blank form as PDF; plain prints are the same bytes every time.

    A frozen edition whose layout has moved is not printed.
    """
    from form_templates import printing, serials

    template = load_template(name, edition, root)
    prefilled = _read_values(values) if values else None
    numbered = copies is not None or prefilled is not None
    try:
        refuse_moved(template)
        taken = serials.take(copies or 1) if numbered else (0,)
        document = printing.print_form(template, dict(rows), taken, prefilled)
    except (LayoutFault, NotOurs, ValueError) as fault:
        raise click.UsageError(str(fault)) from fault
    write_output(output, document)
    if numbered:
        advise_freezing(template)


def _read_values(path: Path) -> Mapping[str, object]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as fault:
        raise click.UsageError(f"{path}: {fault}") from fault
    if not isinstance(values, dict):
        raise click.UsageError(f"{path}: an object of field id -> value is needed")
    return values
