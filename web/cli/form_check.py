"""`blanki form check` and `freeze`: what is wrong with an edition, and its layout kept."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from form_templates import catalog
from form_templates.errors import TemplateFault
from form_templates.loading import read_template
from form_templates.model import TemplateKey
from validation.vocabulary_check import inspect_vocabulary
from web.cli.form_options import load_template, shorten_path, take_edition

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
            return [shorten_path(edition) for edition in find_editions(folder)]
        except TemplateFault:
            continue
    raise click.UsageError(f"{place}: neither a form nor a folder that holds an edition")


def _tell_problems(folder: Path) -> int:
    from form_templates.editing.inspection import inspect_edition
    from form_templates.editing.placeholders import find_placeholders

    roots = {catalog.ROOT, folder.resolve().parent.parent}
    faults = (*inspect_edition(folder, sorted(roots)), *find_placeholders(folder))
    return _tell((*faults, *_inspect_codes(folder)))


def _inspect_codes(folder: Path) -> Sequence[TemplateFault]:
    """What is wrong with the meanings of its codes, once the edition itself can be read."""
    place = folder.resolve()
    try:
        key = TemplateKey(place.parent.name, date.fromisoformat(place.name))
        faults = inspect_vocabulary(read_template(place, key), place)
    except (TemplateFault, ValueError):
        return ()
    for fault in faults:
        fault.file = shorten_path(fault.file)
    return faults


def _tell(faults: Iterable[TemplateFault]) -> int:
    """Print every fault; how many there were."""
    told = [str(fault) for fault in faults]
    for line in told:
        click.echo(line)
    return len(told)


@click.command("freeze")
@take_edition
def freeze(name: str, edition: datetime | None, root: Path) -> None:
    """Write down where the fields of an edition stand, once paper of it is printed.

    From then on `blanki form check` reports a layout that moved. An edition with
    problems is not frozen.
    """
    from form_templates.editing.freezing import freeze_geometry

    folder = load_template(name, edition, root).folder
    if folder is None or _tell_problems(shorten_path(folder)):
        sys.exit(PROBLEMS)
    file = freeze_geometry(load_template(name, edition, root), folder)
    click.echo(shorten_path(file))
