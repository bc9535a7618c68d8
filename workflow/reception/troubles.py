"""What keeps files in the watched folder, for people to see: rewritten at every change."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from workflow.contents import replace_file
from workflow.errors import DiskFull
from workflow.settings import Settings

_FILE = "inbox-troubles.json"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One file, or the whole folder, that cannot be taken in now."""

    name: str
    """As in the folder; empty for the folder itself."""
    code: str
    detail: str = ""


def write_troubles(settings: Settings, troubles: Iterable[Trouble]) -> None:
    """Show these troubles from now on, and no others.

    A disk too full for this note is no reason to stop: the next sweep writes it.
    """
    content = json.dumps([asdict(trouble) for trouble in troubles], ensure_ascii=False)
    with suppress(DiskFull):
        replace_file(_find_file(settings), content.encode())


def read_troubles(settings: Settings) -> tuple[Trouble, ...]:
    """The troubles of the last sweep; none where the folder was never watched."""
    try:
        content = _find_file(settings).read_bytes()
    except FileNotFoundError:
        return ()
    return tuple(Trouble(**entry) for entry in json.loads(content or b"[]"))


def _find_file(settings: Settings) -> Path:
    return settings.data / _FILE
