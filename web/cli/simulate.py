"""`blanki simulate`: a scan of simulated paper, with what should be read from it."""

from datetime import datetime
from pathlib import Path

import click

from form_templates.errors import TemplateFault
from form_templates.fitting import LayoutFault
from form_templates.known_forms import choose_known
from ocr.simulation.document import (
    Tint,
    complete_intents,
    invent_intents,
    prepare_paper,
    simulate_on,
)
from ocr.simulation.files import save_scan, save_truth
from ocr.simulation.scanner import LEVELS
from web.cli.form_frozen import refuse_moved
from web.cli.form_options import TableRows, take_day, take_more_forms


class _Scenario(click.ParamType[tuple[str, str]]):
    """`A10=two_circled`: what happens to one field."""

    name = "FIELD=SCENARIO"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split at the sign of equality."""
        field, _, scenario = str(value).partition("=")
        if not field or not scenario:
            self.fail(f"{value!r} is not like A10=two_circled", param, ctx)
        return field, scenario


@click.command()
@click.argument("name", metavar="FORM")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="PDF or TIFF; PNG and JPEG for forms of one page.",
)
@click.option(
    "--level", type=click.Choice([str(n) for n in LEVELS]), default="1", show_default=True
)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same paper.")
@click.option("--dpi", type=click.IntRange(100, 600), default=200, show_default=True)
@click.option("--colour", is_flag=True, help="Scan in colour, not in grey.")
@click.option(
    "--scenario",
    "scenarios",
    type=_Scenario(),
    multiple=True,
    help="What happens to a field, as A10=unsigned.",
)
@click.option(
    "--truth", type=click.Path(dir_okay=False, path_type=Path), help="JSON of what should be read."
)
@click.option(
    "--complete", is_flag=True, help="Answer all that is required: a paper without faults."
)
@take_day
@click.option("--rows", type=TableRows(), multiple=True, help="Rows of a table, as members=23.")
@take_more_forms
def simulate(
    name: str,
    output: Path,
    level: str,
    seed: int,
    dpi: int,
    colour: bool,
    scenarios: tuple[tuple[str, str], ...],
    truth: Path | None,
    complete: bool,
    edition: datetime | None,
    rows: tuple[tuple[str, int], ...],
    forms: Path,
) -> None:
    """Fill a form as invented people would, scan it, and say on every page that it is simulated."""
    tint = Tint.COLOUR if colour else Tint.GREY
    try:
        template = choose_known(name, edition.date() if edition else None, forms)
        refuse_moved(template)
        paper = prepare_paper(template, dict(rows), dpi, tint=tint)
        intents = (complete_intents if complete else invent_intents)(paper, seed)
        document = simulate_on(paper, intents, int(level), seed, dict(scenarios))
        save_scan(document.scans, output)
    except (TemplateFault, LayoutFault, ValueError) as fault:
        raise click.UsageError(str(fault)) from fault
    if truth:
        save_truth(document, truth)
