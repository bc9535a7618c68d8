"""Reads one row as a person's number and an entry, whoever sent it: a file or a service."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from validation.parameters import value_on
from validation.registers import BorderEntry, CivilEntry, Entry
from workflow.registers.cells import CellRefused, CellValue, Limits, read_cell
from workflow.registers.columns import PERSONAL_NUMBER, Shape
from workflow.registers.entries import ENTRY_OF
from workflow.registers.faults import WrongDay


class RowRefused(ValueError):
    """A row does not say what its register asks for: (column, reason) of each fault."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(": ".join(filter(None, fault)) for fault in faults))
        self.faults = faults


def set_limits(as_of: date) -> Limits:
    """What the rows of a day are held against; raises WrongDay where the law knows none."""
    digits = value_on("identity/personal_number", as_of)
    if digits is None or digits.number is None:
        raise WrongDay(f"{as_of}: nothing says how long a personal number was")
    return Limits(as_of, int(digits.number))


def read_row(shape: Shape, cells: Mapping[str, str], limits: Limits) -> tuple[str, Entry]:
    """The person a row is about, and what it says; raises RowRefused with all that is wrong."""
    values: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for column in shape.columns:
        try:
            values[column.name] = read_cell(column, cells[column.name], limits)
        except CellRefused as refusal:
            faults.append((column.name, str(refusal)))
    if faults:
        raise RowRefused(faults)
    number = values.pop(PERSONAL_NUMBER)
    entry = ENTRY_OF[shape.register](**values)
    faults = list(_find_contradictions(entry))
    if faults:
        raise RowRefused(faults)
    return number, entry


def read_entry(shape: Shape, number: str, cells: Mapping[str, str], limits: Limits) -> Entry:
    """What a row without a number says of a known person; raises RowRefused."""
    return read_row(shape, {**cells, PERSONAL_NUMBER: number}, limits)[1]


def write_cell(value: CellValue | int) -> str:
    """A value of JSON or of a spreadsheet as the characters of a cell."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _find_contradictions(entry: Entry) -> Iterator[tuple[str, str]]:
    """Days of one row that cannot both be right."""
    match entry:
        case BorderEntry(left, returned) if returned is not None and returned < left:
            yield "returned_on", f"{returned} is before the day of leaving, {left}"
        case CivilEntry(birth_date=born, died_on=died) if born and died and died < born:
            yield "died_on", f"{died} is before the birth date, {born}"
