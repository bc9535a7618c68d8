"""Tables on the terminal, of one look; wide enough for a file."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

_WIDTH = 160
"""Where the output is no terminal."""


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their titles."""
    table = Table(*titles)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else _WIDTH
    Console(width=width, markup=False, highlight=False).print(table)
