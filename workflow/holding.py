"""One program at a time on one data folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workflow.errors import WorkflowFault


class FolderHeld(WorkflowFault):
    """Another program runs on the same data."""

    code = "already_running"
    message = "Blanki runs on this data already. Stop it first, or set BLANKI_DATA to another."


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep a data folder for oneself; raises FolderHeld. The hold ends with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "running").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderHeld(str(folder)) from error
        yield
