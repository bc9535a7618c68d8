"""What follows from each outcome of reading; a table in data, applied here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from validation.disposition import Disposition, Severity, Track, decide_consequence
from validation.errors import BrokenData
from validation.findings import Finding, Parameter
from validation.toml_data import DATA, read_toml

_KEYS = frozenset({"severity", "consequence", "law", "assumed"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table: how grave, under which article, and what follows."""

    code: str
    severity: Severity
    law: Mapping[Track, str]
    consequence: Disposition | None
    """Only where it is not what the severity says."""
    assumed: bool


@cache
def load_outcomes(file: Path = DATA / "outcomes.toml") -> Mapping[str, Outcome]:
    """Every row by its code; a fault names the row that says something else."""
    return {code: _build_outcome(file, code, row) for code, row in read_toml(file).items()}


def report_outcome(
    code: str,
    track: Track,
    field: str | None = None,
    law: str = "",
    parameters: Mapping[str, Parameter] | None = None,
) -> Finding:
    """The finding that a row of the table makes in a document of a track."""
    row = load_outcomes()[code]
    return Finding(
        code=code,
        field=field,
        severity=row.severity,
        law=row.law.get(track, law),
        consequence=row.consequence or decide_consequence(row.severity, track),
        parameters=parameters or {},
        assumed=row.assumed,
    )


def _build_outcome(file: Path, code: str, row: Mapping[str, Any]) -> Outcome:
    try:
        if set(row) - _KEYS:
            raise ValueError(f"no such key: {sorted(set(row) - _KEYS)}")
        wanted = row.get("consequence")
        return Outcome(
            code=code,
            severity=Severity(row["severity"]),
            law={Track(track): article for track, article in row.get("law", {}).items()},
            consequence=Disposition(wanted) if wanted else None,
            assumed=row.get("assumed", False) is True,
        )
    except (KeyError, ValueError) as fault:
        raise BrokenData(file, code, str(fault)) from fault
