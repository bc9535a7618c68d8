"""The data files of this package, read with decimals kept exact."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from validation.errors import BrokenData

DATA = Path(__file__).parent
"""Where the package keeps its data."""


def read_toml(file: Path) -> dict[str, Any]:
    """The contents of one data file, or a fault that names it."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BrokenData(file, detail=str(fault)) from fault
