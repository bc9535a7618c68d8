"""`blanki form new`: an edition begun, with what its codes mean to the rules."""

import shutil
from datetime import date, datetime
from pathlib import Path

import click

from form_templates.errors import TemplateFault
from form_templates.model import TemplateKey
from validation.vocabulary import find_codes, place_codes
from web.cli.form_options import shorten_path, take_root


@click.command("new")
@click.argument("name", metavar="FORM")
@click.argument("edition", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]))
@take_root
def new(name: str, edition: datetime, root: Path) -> None:
    """Start an edition: a copy of the newest of FORM, or a small form to be written over.

    Where rules speak of the form, the meanings of its codes are copied along. The files
    are named on stdout, what they are a copy of on stderr.
    """
    from form_templates.editing.drafting import find_near_form, find_source, start_edition

    key, source = TemplateKey(name, edition.date()), find_source(name, root)
    near = find_near_form(name, root)
    try:
        folder = start_edition(key, root)
    except TemplateFault as fault:
        raise click.UsageError(str(fault)) from fault
    click.echo(_say_origin(source, folder), err=True)
    if near:
        click.echo(f"There is a form {near}: was an edition of that meant?", err=True)
    codes = copy_codes(source, key, folder)
    for file in dict.fromkeys((*sorted(folder.iterdir()), *codes)):
        click.echo(shorten_path(file))


def _say_origin(source: Path, folder: Path) -> str:
    """What was made, as `A copy of application/2010-05-21, number 13`."""
    from form_templates.editing.inspection import read_numbers

    copied = source.parent.name == folder.parent.name
    made = f"A copy of {source.parent.name}/{source.name}" if copied else "A new form"
    number = read_numbers([folder.parent.parent]).get(folder)
    return f"{made}, number {number}" if number else made


def copy_codes(source: Path, key: TemplateKey, folder: Path) -> tuple[Path, ...]:
    """Give an edition the meanings of the codes it was copied with; the file that was made.

    None for a form that no rule speaks of, and where the meanings are written already.
    """
    target = place_codes(key, folder)
    try:
        older = find_codes(TemplateKey(key.form, date.fromisoformat(source.name)), source)
    except ValueError:  # the small form, or an edition that nobody dated
        return ()
    if target.exists() or not older.exists():
        return ()
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(older, target)
    return (target,)
