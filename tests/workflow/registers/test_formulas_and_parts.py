"""What a spreadsheet holds beside plain cells: formulas, shared texts, parts too large."""

import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.workflow.registers.extracts import (
    GOOD,
    NINO,
    make_row,
    name_columns,
    read_civil,
    write_xlsx,
)
from validation.registers import Register
from workflow.registers.columns import load_shapes
from workflow.registers.faults import WrongFormat
from workflow.registers.rows import RowRefused, read_row, set_limits

CIVIL = load_shapes()[Register.CIVIL]
HEADING = name_columns(Register.CIVIL)
ROW = make_row(Register.CIVIL)
NAMED = dict(GOOD[Register.CIVIL])


_SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_STRINGS = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>shared</t></si></sst>"
)


def write_parts(path: Path, cell: str, *rows: str) -> Path:
    """A spreadsheet whose first name is such a cell, followed by further rows.

    It keeps one text apart from its cells, as spreadsheet programs do.
    """
    write_xlsx(path, [HEADING, [NINO, "there", *ROW[2:]]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    begin = sheet.index('<c r="B2"')
    end = sheet.index("</c>", begin) + len("</c>")
    sheet = sheet[:begin] + cell + sheet[end:]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        "</sheetData>", "".join(rows) + "</sheetData>"
    ).encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", _SHARED)
    parts["xl/sharedStrings.xml"] = _STRINGS
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_a_formula_without_its_result_is_a_bad_cell_and_not_an_empty_one(
    tmp_path: Path, value: str
) -> None:
    path = write_parts(tmp_path / "a.xlsx", f'<c r="B2"><f>A1&amp;"x"</f>{value}</c>')
    ((line, named),) = read_civil(path)
    assert line == 2 and named is not None
    with pytest.raises(RowRefused, match="first_name: a formula without its result"):
        read_row(CIVIL, named, set_limits(date(2026, 3, 1)))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2" t="str"><f>A1</f><v>abc</v></c>', "abc"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B2" t="str"><f>""</f></c>', "#NO_RESULT!"),
        ('<c r="B2"><v/></c>', ""),
        ('<c r="B2" t="s"><v>0</v></c>', "shared"),
    ],
)
def test_a_cell_says_what_lies_in_the_file(tmp_path: Path, cell: str, text: str) -> None:
    ((_, named),) = read_civil(write_parts(tmp_path / "a.xlsx", cell))
    assert named is not None
    assert named["first_name"] == text


def test_a_row_with_nothing_but_a_formula_is_not_blank(tmp_path: Path) -> None:
    row = '<row r="5"><c r="B5"><f>B2</f></c></row>'
    lines = [
        line for line, _ in read_civil(write_parts(tmp_path / "a.xlsx", '<c r="B2"></c>', row))
    ]
    assert lines == [2, 5]


def test_rows_out_of_order_are_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", '<c r="B2"></c>', '<row r="2"></row>')
    with pytest.raises(WrongFormat, match="row 2 stands behind row 2"):
        read_civil(path)


def claim_size(path: Path, part: str, size: int) -> None:
    """Let the list of a file's parts say how large one is unpacked."""
    whole = bytearray(path.read_bytes())
    at = whole.rindex(part.encode()) - 46
    assert whole[at : at + 4] == b"PK\x01\x02"
    whole[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(bytes(whole))


@pytest.mark.parametrize(
    ("part", "size", "said"),
    [
        ("xl/sharedStrings.xml", (256 << 20) + 1, "sharedStrings.xml unpacks to more than 256 MiB"),
        ("xl/styles.xml", (256 << 20) + 1, "styles.xml unpacks to more than 256 MiB"),
        ("xl/worksheets/sheet1.xml", (4 << 30) - 1, "more than 4 GiB"),
    ],
)
def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, part: str, size: int, said: str
) -> None:
    path = write_parts(tmp_path / "a.xlsx", '<c r="B2"></c>')
    claim_size(path, part, size)
    with pytest.raises(WrongFormat, match=said):
        read_civil(path)


def test_a_sheet_may_be_larger_than_other_parts(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADING, ROW])
    claim_size(path, "xl/worksheets/sheet1.xml", 300 << 20)
    assert read_civil(path) == [(2, NAMED)]
