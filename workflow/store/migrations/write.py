"""Writes the migration that brings the tables of the newest one to those of the models.

    python -m workflow.store.migrations.write "Say what changes"

What it writes is looked through, and completed by hand: rows to move, tables to guard.
"""

import sys
from typing import Any, Literal

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from workflow.store.migrate import configure
from workflow.store.models.base import Instant, Json, Key


def write_migration(message: str) -> None:
    """Add a file to `versions`, numbered after the newest."""
    with create_engine("sqlite://").connect() as connection:
        config = configure(connection)
        command.upgrade(config, "head")
        newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
        command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04}")


def render_type(kind: str, item: Any, _: object) -> str | Literal[False]:
    """A name that script.py.mako gives our own types; False leaves others to Alembic."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "INSTANT"
    return {repr(Key): "KEY", repr(Json): "JSON"}.get(repr(item), False)


if __name__ == "__main__":
    write_migration(sys.argv[1])
