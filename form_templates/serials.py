"""Numbers for paper copies: no two prints of one machine share a serial."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from form_templates.marks import MOST_SERIALS


def _default_folder() -> Path:
    """Where the program keeps what outlives it; copies printed by hand and by the office share it.

    $BLANKI_DATA, else $XDG_DATA_HOME/blanki, else ~/.local/share/blanki.
    """
    if named := os.environ.get("BLANKI_DATA"):
        return Path(named).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "blanki"


def skip_to(serial: int, folder: Path | None = None) -> None:
    """See that the next serial taken is at least this one: lower ones were given out already."""
    with _open_counter(folder) as file:
        if _read(file) < serial:
            _write(file, serial)


def take(count: int, folder: Path | None = None) -> tuple[int, ...]:
    """Take the next `count` serials and remember them; after the last comes 1 again.

    Safe between processes. Several machines that print for one archive need
    separate ranges: write the first number of a machine's range into `serial`.
    """
    with _open_counter(folder) as file:
        start = _read(file)
        taken = tuple((start - 1 + i) % MOST_SERIALS + 1 for i in range(count))
        _write(file, taken[-1] % MOST_SERIALS + 1)
    return taken


@contextmanager
def _open_counter(folder: Path | None) -> Iterator[Path]:
    """The file with the next serial; nobody else reads or writes it meanwhile.

    The lock lies beside it: every change puts another file in its place.
    """
    folder = folder or _default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serial.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "serial"


def _read(file: Path) -> int:
    return int(file.read_text("ascii").strip() or 1) if file.exists() else 1


def _write(file: Path, serial: int) -> None:
    """Written aside first: a full disk must not set the count back, or numbers come twice."""
    aside = file.with_suffix(".new")
    with aside.open("w", encoding="ascii") as new:
        new.write(str(serial))
        new.flush()
        os.fsync(new.fileno())
    aside.replace(file)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """A machine that loses its power must not find the old count again."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
