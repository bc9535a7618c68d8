"""`blanki form diff`: what changed from one edition of a form to another."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from form_templates import catalog
from form_templates.editing.difference import compare_editions
from form_templates.errors import TemplateFault
from form_templates.known_forms import load_known
from form_templates.model import TemplateKey
from form_templates.specification import Template

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("diff")
@click.argument("form", metavar="FORM")
@click.argument("old", metavar="OLD", type=_DAY)
@click.argument("new", metavar="NEW", type=_DAY)
@click.option(
    "--forms",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=catalog.ROOT,
    help="Folder of further forms: a draft is compared with an edition that is shipped.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a difference.")
def diff(form: str, old: datetime, new: datetime, root: Path, as_json: bool) -> None:
    """Say what the edition NEW of FORM does otherwise than OLD, and what follows from it.

    Editions are named by their dates, as 2027-01-01. What follows is told for the reading
    of paper and for rules and records.
    """
    older, newer = (_load(TemplateKey(form, day.date()), root) for day in (old, new))
    if as_json:
        for difference in compare_editions(older, newer):
            click.echo(json.dumps(asdict(difference), ensure_ascii=False))
        return
    for line in _tell(older, newer):
        click.echo(line)


def _load(key: TemplateKey, root: Path) -> Template:
    try:
        return load_known(key, root)
    except TemplateFault as fault:
        raise click.UsageError(str(fault)) from fault


def _tell(old: Template, new: Template) -> Iterator[str]:
    """The differences as lines, those of one thing under its name."""
    from web.forms.telling import tell_differences

    told = tell_differences(old, new, "en")
    yield f"{new.key.form}: {old.key.edition} -> {new.key.edition}"
    if not told:
        yield "no difference"
    for thing in told:
        yield ""
        yield " ".join(filter(None, (thing.subject.value, thing.id))) + f": {thing.name}"
        for change in thing.changes:
            sides = f": {change.before or '-'} -> {change.after or '-'}"
            yield f"  {change.change}{sides if change.before or change.after else ''}"
            if change.questions:
                yield f"    {', '.join(change.questions)}"
            if change.reading:
                yield f"    for reading: {change.reading}"
            if change.rules:
                yield f"    for rules: {change.rules}"
