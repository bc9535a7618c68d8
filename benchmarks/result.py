"""What a benchmark hands back: a table to read and figures to keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = str | int | float | None
Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a benchmark's question."""

    title: str
    columns: tuple[str, ...]
    """Heads of the table, units included: `pages/s`."""
    rows: tuple[tuple[Cell, ...], ...]
    """One cell a column; None where there is no figure."""
    notes: tuple[str, ...] = ()
    """What a reader must know to trust the figures: sample, seed, what was left out."""
    extra: Mapping[str, Json] = field(default_factory=dict)
    """Kept in the JSON only: raw measures, settings."""
    more: tuple["Result", ...] = ()
    """Further tables, where one does not hold the answer."""
    keep_in: str = "out"
    """Folder beside the benchmarks: `out` is nobody's, what lies in `results` is committed."""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns, but a row of {len(row)}: {row}")
