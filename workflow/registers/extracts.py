"""Opens an extract: which kind of file it is, where its columns are, row after row."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from intake.files import make_printable
from workflow.registers.columns import Column, Shape
from workflow.registers.csv_files import Row, read_csv
from workflow.registers.faults import NoRows, WrongColumns, WrongFormat
from workflow.registers.xlsx_files import SIGNATURE, read_xlsx


@dataclass(frozen=True, slots=True)
class Extract:
    """An open extract whose headings are in order."""

    places: Mapping[str, int]
    """Column -> place in a row, from 0."""
    width: int
    """Cells of the heading."""
    unused: tuple[str, ...]
    """Headings that are none of ours; they are passed over."""
    rows: Iterator[Row]
    """What follows the headings."""

    def name_cells(self, cells: Sequence[str]) -> dict[str, str] | None:
        """The cells of a row by their columns; None where they are not as many as headings."""
        if len(cells) < self.width or any(cell.strip() for cell in cells[self.width :]):
            return None
        return {name: cells[place] for name, place in self.places.items()}


@contextmanager
def open_extract(path: Path, shape: Shape) -> Iterator[Extract]:
    """An extract of a register; raises an ExtractFault where it is none."""
    with _open_file(path) as stream:
        rows = _read_rows(stream, shape)
        heading = next(rows, None)
        if heading is None:
            raise NoRows("not even headings")
        yield _find_places(shape, heading[1], rows)


def _open_file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise WrongFormat(f"{make_printable(path)}: {error.strerror}") from error


def _read_rows(stream: BinaryIO, shape: Shape) -> Iterator[Row]:
    signature = stream.read(len(SIGNATURE))
    stream.seek(0)

    def count_known(cells: list[str]) -> int:
        return sum(shape.find_column(cell) is not None for cell in cells)

    if signature == SIGNATURE:
        return read_xlsx(stream, count_known)
    return read_csv(stream, count_known)


def _find_places(shape: Shape, headings: list[str], rows: Iterator[Row]) -> Extract:
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    places: dict[str, int] = {}
    unused = []
    for place, heading in enumerate(headings):
        column = shape.find_column(heading)
        if column is None:
            unused.append(make_printable(heading.strip()))
        elif column.name in places:
            raise WrongColumns(f"{column.name} stands twice")
        else:
            places[column.name] = place
    missing = [_name(column) for column in shape.columns if column.name not in places]
    if missing:
        found = ", ".join(make_printable(heading.strip()[:40]) for heading in headings[:20])
        raise WrongColumns(f"missing: {', '.join(missing)}; the file has: {found}")
    return Extract(places, len(headings), tuple(filter(None, unused)), rows)


def _name(column: Column) -> str:
    return f"{column.name} (“{column.headings[0]}”)"
