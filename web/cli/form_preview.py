"""`blanki form preview` and `document`: a form as its reader sees it, and as others read of it."""

from datetime import datetime
from pathlib import Path

import click

from form_templates.errors import TemplateFault
from form_templates.fitting import LayoutFault
from web.cli.form_frozen import is_frozen
from web.cli.form_options import load_template, take_edition, take_output, take_root, write_output


@click.command("preview")
@take_output
@take_edition
def preview(name: str, output: Path, edition: datetime | None, root: Path) -> None:
    """Print a form with every place that is read drawn over it, named and coloured by its use.

    Hints on where pages begin go to stderr, while the layout may still change.
    """
    from form_templates.editing.page_breaks import find_split_sections
    from form_templates.editing.preview import preview_form

    template = load_template(name, edition, root)
    try:
        document = preview_form(template)
        split = () if is_frozen(template) else tuple(find_split_sections(template))
    except (LayoutFault, TemplateFault) as fault:
        raise click.UsageError(str(fault)) from fault
    write_output(output, document)
    for page, section in split:
        said = f"page {page} begins in the middle of section {section}"
        click.echo(f"{said}: new_page = true would begin it on a page of its own", err=True)


@click.command("document")
@click.argument("name", metavar="[FORM]", required=False)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to.",
)
@take_root
def document(name: str | None, output: Path, root: Path) -> None:
    """Write a page of documentation for each edition, with its pictures, and their index.

    With a FORM, the pages of its editions only, and no index.
    """
    from form_templates.editing.documentation import document_forms

    if name:
        load_template(name, None, root)
    for file in document_forms(root, output, name):
        click.echo(file)
