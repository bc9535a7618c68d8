"""What kinds of files are understood, and which are refused."""

import codecs
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.guards.sources import PROJECT
from tests.workflow.registers.extracts import (
    GOOD,
    NINO,
    make_row,
    name_columns,
    read_civil,
    write_csv,
    write_xlsx,
)
from validation.registers import Register
from workflow.registers.columns import load_shapes
from workflow.registers.extracts import open_extract
from workflow.registers.faults import ExtractFault, NoRows, WrongColumns, WrongEncoding, WrongFormat
from workflow.registers.rows import read_row, set_limits

CIVIL = load_shapes()[Register.CIVIL]
HEADING = name_columns(Register.CIVIL)
ROW = make_row(Register.CIVIL)
NAMED = dict(GOOD[Register.CIVIL])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_extract_may_come_in_each_encoding_that_names_itself(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADING, ROW], encoding, separator)
    assert read_civil(path) == [(2, NAMED)]


def test_big_endian_utf16_is_known_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = ",".join(HEADING) + "\n" + ",".join(ROW)
    path.write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    assert read_civil(path) == [(2, NAMED)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_refused(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADING, ROW], encoding)
    with pytest.raises(WrongEncoding, match="UTF-16 without its mark"):
        read_civil(path)


def test_another_encoding_is_refused_with_the_line_of_the_first_wrong_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = "\n".join([",".join(HEADING), ",".join(ROW)]).encode()
    path.write_bytes(good + b"\n" + f"{NINO},Léa,".encode("cp1252"))
    with pytest.raises(WrongEncoding, match=r"line 3: byte \d+ is 0xe9"):
        read_civil(path)


def test_broken_utf16_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADING, ROW], "utf-16")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(WrongEncoding):
        read_civil(path)


def test_georgian_headings_in_any_order_are_understood(tmp_path: Path) -> None:
    headings = [column.headings[0] for column in CIVIL.columns]
    path = write_csv(tmp_path / "a.csv", [headings[::-1], ROW[::-1]])
    assert read_civil(path) == [(2, NAMED)]


def test_missing_columns_are_all_named_in_both_languages(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADING[:-2], ROW[:-2]])
    with pytest.raises(WrongColumns, match=r"died_on \(“გარდ.*kept_by_state .*the file has: perso"):
        read_civil(path)


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [[*HEADING, "სახელი"], [*ROW, "x"]])
    with pytest.raises(WrongColumns, match="first_name stands twice"):
        read_civil(path)


def test_columns_of_others_are_passed_over_and_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["note", *HEADING], ["x", *ROW]])
    with open_extract(path, CIVIL) as extract:
        assert extract.unused == ("note",)
    assert read_civil(path) == [(2, NAMED)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(NoRows):
        read_civil(path)


def test_a_row_of_another_width_has_no_named_cells(tmp_path: Path) -> None:
    rows = [HEADING, ROW[:-1], [*ROW, "x"], [*ROW, "", " "]]
    assert read_civil(write_csv(tmp_path / "a.csv", rows)) == [(2, None), (3, None), (4, NAMED)]


def test_a_line_is_counted_as_an_editor_counts_it(tmp_path: Path) -> None:
    quoted = [ROW[0], '"ნი\nნო"', *ROW[2:]]
    rows = [HEADING, quoted, [], [""] * len(ROW), ROW]
    lines = [line for line, _ in read_civil(write_csv(tmp_path / "a.csv", rows))]
    assert lines == [2, 6]


@pytest.mark.parametrize("last", ['"open', '"a"b'])
def test_quotes_that_do_not_match_are_refused(tmp_path: Path, last: str) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADING, ROW, [*ROW[:-1], last]])
    with pytest.raises(WrongFormat, match="line 3"):
        read_civil(path)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(",".join(HEADING).encode() + b"\n" + b"x" * (1 << 20))
    with pytest.raises(WrongFormat, match="line 2 does not end"):
        read_civil(path)


def test_a_file_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(WrongFormat, match="No such file"):
        read_civil(tmp_path / "a.csv")


def test_a_spreadsheet_is_read_by_the_kinds_of_its_cells(tmp_path: Path) -> None:
    row = [NINO, "ნინო", "ბერიძე", datetime(1950, 3, 1), "female", True, None, None]
    path = write_xlsx(tmp_path / "a.bin", [HEADING, [], row])
    assert read_civil(path) == [(3, NAMED | {"citizen": "true"})]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1001012345, "1001012345"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
        (1e21, "1000000000000000000000"),
        (False, "false"),
        (date(2026, 1, 5), "2026-01-05"),
        (datetime(2026, 1, 5, 13, 45), "2026-01-05 13:45:00"),
        ("#N/A", "#N/A"),
    ],
)
def test_a_cell_of_a_spreadsheet_says_what_people_see(
    tmp_path: Path, cell: object, text: str
) -> None:
    rows: list[Sequence[object]] = [HEADING, [NINO, cell, *ROW[2:]]]
    ((_, named),) = read_civil(write_xlsx(tmp_path / "a.xlsx", rows))
    assert named is not None
    assert named["first_name"] == text


def test_the_sheet_with_the_headings_counts(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["About this extract"]], [HEADING, ROW])
    assert read_civil(path) == [(2, NAMED)]


def test_rows_on_two_sheets_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADING, ROW], [HEADING, ROW])
    with pytest.raises(WrongFormat, match="several sheets hold rows"):
        read_civil(path)


def test_a_spreadsheet_without_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongColumns, match="missing: personal_number"):
        read_civil(write_xlsx(tmp_path / "a.xlsx", [ROW]))


def spoil(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "other":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("a.txt", "no spreadsheet")
    else:
        at = whole.index(b"xl/worksheets/sheet1.xml") + 40
        path.write_bytes(whole[:at] + bytes(40) + whole[at + 40 :])


@pytest.mark.parametrize("how", ["cut", "other", "bytes"])
def test_a_broken_spreadsheet_is_refused(tmp_path: Path, how: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADING, *[ROW] * 50])
    spoil(path, how)
    with pytest.raises(ExtractFault):
        read_civil(path)


@pytest.mark.parametrize("register", Register)
def test_the_examples_of_the_documentation_are_extracts(tmp_path: Path, register: Register) -> None:
    told = (PROJECT / "docs" / "registers.md").read_text(encoding="utf-8")
    example = told.split(f"**`{register}`**")[1].split("```")[1].strip()
    path = tmp_path / "example.csv"
    path.write_text(example, encoding="utf-8")
    shape, limits = load_shapes()[register], set_limits(date(2026, 11, 1))
    with open_extract(path, shape) as extract:
        rows = [
            read_row(shape, extract.name_cells(cells) or {}, limits) for _, cells in extract.rows
        ]
    assert len(rows) == len(example.splitlines()) - 1 > 0
