"""Extracts of invented people, written as files of every kind."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from validation.registers import Register
from workflow.registers.columns import load_shapes
from workflow.registers.extracts import open_extract

NINO, GIORGI, NOBODY = "01001012345", "01001054321", "99999999999"
GOOD: Mapping[Register, Mapping[str, str]] = {
    Register.CIVIL: {
        "personal_number": NINO,
        "first_name": "ნინო",
        "surname": "ბერიძე",
        "birth_date": "1950-03-01",
        "sex": "female",
        "citizen": "yes",
        "died_on": "",
        "kept_by_state": "",
    },
    Register.BORDER: {"personal_number": NINO, "left_on": "2026-01-05", "returned_on": ""},
    Register.INCOME: {
        "personal_number": NINO,
        "month": "2026-01",
        "kind": "C3_01",
        "amount": "1250.50",
    },
    Register.PROPERTY: {
        "personal_number": NINO,
        "kind": "dwelling",
        "area": "72.5",
        "address": "",
        "share": "0.5",
    },
    Register.VEHICLES: {"personal_number": NINO, "kind": "D5_4", "label": "T-40 AA 123"},
}


def read_civil(path: Path) -> list[tuple[int, dict[str, str] | None]]:
    """Line and cells of each row of an extract of the civil register."""
    with open_extract(path, load_shapes()[Register.CIVIL]) as extract:
        return [(line, extract.name_cells(cells)) for line, cells in extract.rows]


def make_row(register: Register, **changes: str) -> list[str]:
    """A good row, but for the changes."""
    return list({**GOOD[register], **changes}.values())


def name_columns(register: Register) -> list[str]:
    return [column.name for column in load_shapes()[register].columns]


def write_csv(
    path: Path,
    rows: Iterable[Sequence[str]],
    encoding: str = "utf-8",
    separator: str = ",",
) -> Path:
    """Plain cells, without quotes."""
    text = "".join(separator.join(row) + "\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(path: Path, *sheets: Iterable[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
