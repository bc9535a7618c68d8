"""Reads the rows of an XLSX extract as cells, row by row."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from intake.files import make_printable
from workflow.registers.cells import NO_RESULT
from workflow.registers.csv_files import Row
from workflow.registers.faults import WrongFormat

SIGNATURE = b"PK\x03\x04"
_MOST_ROWS = 1_048_576
"""Of a sheet in this format."""
_MOST_BYTES = 4 << 30
"""Unpacked: a larger file is no extract but a bomb."""
_MOST_BYTES_HELD = 256 << 20
"""Of one part that is no sheet: the library holds it in memory as a whole."""
_SHEETS = "xl/worksheets/"
"""Where the parts lie that are read row by row."""


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Tells a formula without its result from an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell; NO_RESULT where a formula was never worked out."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            is_empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            cell["value"] = "" if is_empty_text else NO_RESULT
        return cell


def read_xlsx(stream: BinaryIO, count_known: Callable[[list[str]], int]) -> Iterator[Row]:
    """Every row that is not blank of the one sheet with headings; raises WrongFormat."""
    try:
        _check_size(stream)
        with closing(load_workbook(stream, read_only=True, data_only=True)) as book:
            sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
            yield from _read_sheet(_choose_sheet(sheets, count_known))
    except (WrongFormat, MemoryError):
        raise
    except Exception as error:  # of a damaged file the library raises whatever its parser meets
        raise WrongFormat(f"{type(error).__name__}: {error}") from error


def _check_size(stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream) as packed:
        parts = packed.infolist()
    if sum(part.file_size for part in parts) > _MOST_BYTES:
        raise WrongFormat("it unpacks to more than 4 GiB; use CSV")
    for part in parts:
        if part.file_size > _MOST_BYTES_HELD and not part.filename.startswith(_SHEETS):
            name = make_printable(part.filename)
            raise WrongFormat(f"{name} unpacks to more than 256 MiB; use CSV")
    stream.seek(0)


def _choose_sheet(
    sheets: list[ReadOnlyWorksheet], count_known: Callable[[list[str]], int]
) -> ReadOnlyWorksheet:
    """The sheet with headings of ours; rows on two sheets would make two extracts."""
    if not sheets:
        raise WrongFormat("no sheet")
    known = [sheet for sheet in sheets if count_known(_read_headings(sheet))]
    if len(known) > 1:
        titles = ", ".join(sheet.title for sheet in known)
        raise WrongFormat(f"several sheets hold rows: {titles}. Put all rows into one, or into CSV")
    return known[0] if known else sheets[0]


def _read_headings(sheet: ReadOnlyWorksheet) -> list[str]:
    return next(_read_sheet(sheet), (0, []))[1]


def _read_sheet(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    width = last = 0
    for line, row in _parse_rows(sheet):
        if line > _MOST_ROWS:
            raise WrongFormat(f"more than {_MOST_ROWS:,} rows")
        if line <= last:
            raise WrongFormat(f"row {line} stands behind row {last}")
        last = line
        cells = _lay_cells(row)
        if any(cells):
            width = width or len(cells)  # empty cells at the end of a row are not in the file
            yield line, cells + [""] * (width - len(cells))


def _parse_rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The rows that are in the file, as the library's own sheet reads them."""
    book = sheet.parent
    with sheet._get_source() as source:
        yield from _Parser(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        ).parse()


def _lay_cells(row: list[dict[str, Any]]) -> list[str]:
    """The cells of a row at their places; one that is not in the file is empty."""
    cells = [""] * max((cell["column"] for cell in row), default=0)
    for cell in row:
        cells[cell["column"] - 1] = _write(cell["value"])
    return cells


def _write(value: object) -> str:
    """What a cell holds, as it would stand in CSV."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return str(value).lower()
        case float():
            return _write_number(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case _:
            return str(value)


def _write_number(value: float) -> str:
    """To the fifteen digits that a spreadsheet keeps."""
    number = Decimal(f"{value:.15g}")
    return f"{number.to_integral_value() if number == number.to_integral_value() else number:f}"
