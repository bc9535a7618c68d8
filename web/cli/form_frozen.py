"""What is said when an edition is printed: whether it is frozen, and still as it was then."""

import sys

import click

from form_templates.specification import Template

PROBLEMS = 1


def refuse_moved(template: Template) -> None:
    """End the command, saying why, where paper in offices would be read as another answer.

    That is where fields have moved or answers mean something else since the edition was
    frozen. Raises LayoutFault where it cannot be laid out at all, and TemplateFault where
    what was frozen cannot be read.
    """
    from form_templates.editing.freezing import find_moved

    moved = find_moved(template, template.folder) if template.folder else ()
    for fault in moved:
        click.echo(str(fault), err=True)
    if moved:
        sys.exit(PROBLEMS)


def is_frozen(template: Template) -> bool:
    """Whether paper of it is out, so that its layout and its meaning have to stay."""
    from form_templates.editing.freezing import GEOMETRY_FILE

    return template.folder is not None and (template.folder / GEOMETRY_FILE).exists()


def advise_freezing(template: Template) -> None:
    """Remind whoever prints paper to hand out that the edition must stay as it is."""
    if not is_frozen(template):
        said = f"{template.key} is not frozen: give `blanki form freeze {template.key.form}`"
        click.echo(f"{said} before this paper is handed out.", err=True)
