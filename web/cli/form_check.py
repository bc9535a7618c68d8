"""`blanki form check` and `freeze`: what is wrong with an edition, and its layout kept."""

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click

from form_templates import catalog
from form_templates.errors import TemplateFault
from form_templates.model import TemplateKey
from web.cli.form_options import load_template, take_edition, take_root

PROBLEMS = 1


@click.command("check")
@click.argument("places", metavar="[FOLDER|FORM]...", nargs=-1)
def check(places: tuple[str, ...]) -> None:
    """Say everything that is wrong with editions, a problem a line: file:line: key: message.

    A FOLDER holds one edition, the editions of one form, or many forms; without any,
    all shipped editions are checked. Nothing is printed or changed.
    """
    folders = list(dict.fromkeys(f for place in places or ("",) for f in _find_folders(place)))
    problems = sum(_tell_problems(folder) for folder in folders)
    editions = f"{len(folders)} edition{'s' * (len(folders) != 1)}"
    click.echo(f"{editions}, {problems or 'no'} problem{'s' * (problems != 1)}", err=True)
    sys.exit(PROBLEMS if problems else 0)


def _find_folders(place: str) -> Sequence[Path]:
    """The editions in a folder, or of a form; anything else is a mistake of usage."""
    from form_templates.editing.inspection import find_editions

    choices = [Path(place), catalog.ROOT / place] if place else [catalog.ROOT]
    for folder in choices:
        try:
            return [_shorten(edition) for edition in find_editions(folder)]
        except TemplateFault:
            continue
    raise click.UsageError(f"{place}: neither a form nor a folder that holds an edition")


def _shorten(folder: Path) -> Path:
    """The folder as seen from where the command was given, where it lies below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _tell_problems(folder: Path) -> int:
    from form_templates.editing.inspection import inspect_edition

    roots = {catalog.ROOT, folder.resolve().parent.parent}
    return _tell(inspect_edition(folder, sorted(roots)))


def _tell(faults: Iterable[TemplateFault]) -> int:
    """Print every fault; how many there were."""
    told = [str(fault) for fault in faults]
    for line in told:
        click.echo(line)
    return len(told)


@click.command("new")
@click.argument("name", metavar="FORM")
@click.argument("edition", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
@take_root
def new(name: str, edition: datetime, root: Path) -> None:
    """Start an edition: a copy of the newest of FORM, or of a small form that is sound already."""
    from form_templates.editing.drafting import start_edition

    try:
        folder = start_edition(TemplateKey(name, edition.date()), root)
    except TemplateFault as fault:
        raise click.UsageError(str(fault)) from fault
    for file in sorted(folder.iterdir()):
        click.echo(_shorten(file))


@click.command("freeze")
@take_edition
def freeze(name: str, edition: datetime | None, root: Path) -> None:
    """Write down where the fields of an edition stand, once paper of it is printed.

    From then on `blanki form check` reports a layout that moved. An edition with
    problems is not frozen.
    """
    from form_templates.editing.freezing import freeze_geometry

    folder = load_template(name, edition, root).folder
    if folder is None or _tell_problems(_shorten(folder)):
        sys.exit(PROBLEMS)
    file = freeze_geometry(load_template(name, edition, root), folder)
    click.echo(_shorten(file))
