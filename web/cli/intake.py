"""`blanki intake`: takes scanned files into the store, as the watched folder and the desk do."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from intake.errors import PageFault
from intake.files import make_printable, open_file
from intake.limits import Limits
from web.cli.opened import Opened, name_operator, open_own_store
from workflow.acts import TBILISI
from workflow.reception.receiving import receive_files
from workflow.store.batches import find_batch, find_home_unit
from workflow.store.models.paper import File, FileState, Source
from workflow.store.models.work import StepState
from workflow.store.people import find_unit
from workflow.store.work import list_steps

DONE, PARTIAL = 0, 1
_LOOK_SECONDS = 0.5


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--unit", help="Code of the unit whose paper it is; else the one of this machine.")
@click.option("--label", help="What people call the batch; else day and hour.")
@click.option("--scanner", help="What the scanner is called: thresholds may be its own.")
@click.option("--wait", is_flag=True, help="Stay until the files are read.")
def intake(
    files: tuple[Path, ...], unit: str | None, label: str | None, scanner: str | None, wait: bool
) -> None:
    """Take scans into the store: PDF, TIFF, JPEG, PNG; prints the number of their batch.

    A file that cannot be opened is named on stderr and does not stop the others.
    """
    readable = [path for path in files if _is_readable(path)]
    whole = len(readable) == len(files)
    if readable:
        with open_own_store() as opened:
            batch_id = _receive(opened, readable, unit, label, scanner)
            click.echo(batch_id)
            whole = (not wait or _wait_until_read(opened, batch_id)) and whole
    sys.exit(DONE if whole else PARTIAL)


def _is_readable(path: Path) -> bool:
    """Whether a file can be opened; says on stderr why not."""
    opened = open_file(path, Limits())
    if isinstance(opened, PageFault):
        click.echo(f"{make_printable(path)}: {opened.message} [{opened.code}]", err=True)
        return False
    os.close(opened)
    return True


def _receive(
    opened: Opened,
    files: Sequence[Path],
    unit: str | None,
    label: str | None,
    scanner: str | None,
) -> int:
    """Enter the files as one batch; its id."""
    with opened.read_rows() as session:
        unit_id = (find_unit(session, unit) if unit else find_home_unit(session)).id
    return receive_files(
        opened.store,
        opened.settings,
        name_operator(),
        _read_clock,
        label or f"{_read_clock().astimezone(TBILISI):%Y-%m-%d %H:%M}",
        Source.COMMAND,
        unit_id,
        _open_one_by_one(files),
        scanner=scanner,
    )


def _open_one_by_one(files: Sequence[Path]) -> Iterator[tuple[str, BinaryIO]]:
    """Each file under its name; any number of them may come."""
    for path in files:
        with path.open("rb") as stream:
            yield path.name, stream


def _read_clock() -> datetime:
    return datetime.now(UTC)


def _wait_until_read(opened: Opened, batch_id: int) -> bool:
    """Show how far the files are until none waits; whether all could be read."""
    console = Console(stderr=True)
    with Progress(console=console) as progress:
        task = progress.add_task(f"Batch {batch_id}", total=None)
        while True:
            files, failed = _look(opened, batch_id)
            waiting = [file for file in files if file.state == FileState.WAITING]
            progress.update(task, total=len(files), completed=len(files) - len(waiting))
            if len(waiting) <= len(failed):
                break
            time.sleep(_LOOK_SECONDS)
    for file in files:
        reason = file.fault_code or failed.get(f"file:{file.id}", "")
        console.print(f"{file.name}: {file.state} {reason}".rstrip(), markup=False)
    return not failed and all(file.state != FileState.FAULTY for file in files)


def _look(opened: Opened, batch_id: int) -> tuple[Sequence[File], dict[str, str]]:
    """The files of a batch, and why the reading of some was given up."""
    with opened.read_rows() as session:
        files = find_batch(session, batch_id).files
        steps = list_steps(session, [f"file:{file.id}" for file in files])
    failed = [step for step in steps if step.state == StepState.FAILED]
    return files, {step.subject: step.error_code or "" for step in failed}
