"""`blanki training`: what networks may learn from the paper of an agency."""

from pathlib import Path

import click
import numpy as np

from web.cli.opened import open_own_store
from workflow.training.exporting import export_cells


@click.group()
def training() -> None:
    """Take out cells with what people read in them; only where BLANKI_TRAINING_CROPS=1."""


@training.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--simulated", is_flag=True, help="Of simulated paper instead, to try it out.")
def export(folder: Path, simulated: bool) -> None:
    """Write single cells in an order of chance, without names of people or serials."""
    with open_own_store() as opened, opened.begin_act() as act:
        rng = np.random.default_rng()
        exported = export_cells(act, opened.settings, folder, rng, simulated=simulated)
    paper = "simulated documents" if simulated else "documents"
    counts = ", ".join(f"{count} cells of {name}" for name, count in exported.cells.items())
    click.echo(f"{counts}, from {exported.documents} {paper}")
    click.echo(f"left out: {exported.left_out} answers whose cells nobody can tell apart")
    click.echo(f"python -m ocr.models.training.letters --crops {folder}")
