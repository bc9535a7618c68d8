"""An extract becomes an edition whole, or nothing changes."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.acting import Clock
from tests.workflow.registers.conftest import TODAY, Bring
from tests.workflow.registers.extracts import (
    GIORGI,
    NINO,
    make_row,
    name_columns,
    write_csv,
    write_xlsx,
)
from validation.registers import CivilEntry, Register
from workflow.acts import SYSTEM
from workflow.contents import ContentStore
from workflow.errors import DiskFull
from workflow.registers import importing
from workflow.registers.asking import find_answers
from workflow.registers.faults import (
    BadRows,
    ExtractChanged,
    NoRows,
    WrongColumns,
    WrongDay,
)
from workflow.registers.importing import OnBadRows
from workflow.settings import Settings
from workflow.store.models.registers import RegisterEdition, RegisterRow
from workflow.store.models.tables import METADATA
from workflow.store.models.trail import AuditEvent
from workflow.store.registers import list_editions
from workflow.store.session import Store

CIVIL = Register.CIVIL
HEADING = name_columns(CIVIL)
GUARDED = (
    "register_edition",
    "register_row",
    "register_answer",
    "register_unreached",
    "register_services",
)


def make_file(folder: Path, *rows: list[str], name: str = "civil-2026-03-02.csv") -> Path:
    return write_csv(folder / name, [HEADING, *rows])


def list_kept(settings: Settings) -> list[Path]:
    return [path for path in settings.extracts.rglob("*") if path.is_file()]


def count_all(store: Store) -> tuple[int, int, int]:
    with store.read() as session:
        return (
            session.query(RegisterEdition).count(),
            session.query(RegisterRow).count(),
            session.query(AuditEvent).count(),
        )


def test_an_extract_becomes_an_edition_with_its_event_and_its_bytes(
    store: Store, settings: Settings, bring: Bring, clock: Clock, tmp_path: Path
) -> None:
    path = make_file(tmp_path, make_row(CIVIL), make_row(CIVIL, personal_number=GIORGI))
    imported = bring(path, as_of=date(2026, 3, 1))
    edition = imported.edition
    assert (edition.register, edition.number, edition.as_of) == ("civil", 1, date(2026, 3, 1))
    assert (edition.rows, edition.skipped, edition.file_name) == (2, 0, path.name)
    assert (edition.imported_at, edition.imported_by) == (clock(), "system")
    kept = ContentStore(settings.extracts).path(edition.sha256)
    assert kept.read_bytes() == path.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    with store.read() as session:
        (event,) = session.query(AuditEvent)
        assert (event.action, event.subject) == ("register:import", f"register:{edition.id}")
        assert event.after == {
            "register": "civil",
            "edition": 1,
            "as_of": "2026-03-01",
            "name": path.name,
            "sha256": edition.sha256,
            "rows": 2,
            "skipped": 0,
        }


@pytest.mark.parametrize("register", Register)
def test_each_register_is_imported_from_either_kind_of_file(
    store: Store, bring: Bring, tmp_path: Path, register: Register
) -> None:
    rows = [name_columns(register), make_row(register)]
    bring(write_csv(tmp_path / "a.csv", rows), register, date(2026, 2, 1))
    with store.read() as session:
        from_csv = find_answers(session, [NINO])[register][NINO]
    bring(write_xlsx(tmp_path / "a.xlsx", rows), register, date(2026, 3, 1))
    with store.read() as session:
        from_xlsx = find_answers(session, [NINO])[register][NINO]
    assert from_csv.entries == from_xlsx.entries != ()
    assert (from_csv.source, from_xlsx.source) == ("a.csv, edition 1", "a.xlsx, edition 2")


def test_editions_of_each_register_are_counted_apart(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    border = [name_columns(Register.BORDER), make_row(Register.BORDER)]
    bring(make_file(tmp_path, make_row(CIVIL)))
    bring(make_file(tmp_path, make_row(CIVIL, first_name="ნანა")))
    bring(write_csv(tmp_path / "b.csv", border), Register.BORDER)
    with store.read() as session:
        told = [(each.register, each.number) for each in list_editions(session)]
        assert [each.number for each in list_editions(session, "border")] == [1]
    assert told == [("border", 1), ("civil", 1), ("civil", 2)]


def test_bad_rows_refuse_the_whole_extract_and_are_named_with_their_lines(
    store: Store, settings: Settings, bring: Bring, tmp_path: Path
) -> None:
    rows = [make_row(CIVIL), make_row(CIVIL, personal_number="1", sex="x"), ["x", "y"]]
    with pytest.raises(BadRows) as refused:
        bring(make_file(tmp_path, *rows))
    told = [str(fault) for fault in refused.value.faults]
    assert refused.value.bad == 2
    assert told[0].startswith("line 3: personal_number: “1” is not 11 digits")
    assert told[1].startswith("line 3: sex: unknown code “x”")
    assert told[2] == "line 4: 2 cells under 8 headings"
    assert count_all(store) == (0, 0, 0)
    assert list_kept(settings) == []


def test_bad_rows_may_be_left_out_and_are_listed(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    rows = [make_row(CIVIL), make_row(CIVIL, personal_number="1")]
    imported = bring(make_file(tmp_path, *rows), on_bad_rows=OnBadRows.SKIP)
    assert (imported.edition.rows, imported.edition.skipped) == (1, 1)
    assert [fault.line for fault in imported.faults] == [3]
    assert count_all(store) == (1, 1, 1)


def test_the_civil_register_has_a_person_once(store: Store, bring: Bring, tmp_path: Path) -> None:
    rows = [
        make_row(CIVIL),
        make_row(CIVIL, personal_number=GIORGI),
        make_row(CIVIL, first_name="ნანა"),
        make_row(CIVIL),
    ]
    path = make_file(tmp_path, *rows)
    with pytest.raises(BadRows) as refused:
        bring(path)
    assert [(f.line, f.reason) for f in refused.value.faults] == [
        (4, "the person stands in line 2 already"),
        (5, "the person stands in line 2 already"),
    ]
    bring(path, on_bad_rows=OnBadRows.SKIP)
    with store.read() as session:
        answers = find_answers(session, [NINO, GIORGI])[CIVIL]
    (entry,) = answers[NINO].entries
    assert isinstance(entry, CivilEntry) and entry.first_name == "ნინო"
    assert len(answers[GIORGI].entries) == 1


def test_other_registers_may_have_a_person_often(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    income = Register.INCOME
    rows = [make_row(income), make_row(income, month="2026-02"), make_row(income)]
    bring(write_csv(tmp_path / "a.csv", [name_columns(income), *rows]), income)
    with store.read() as session:
        entries = find_answers(session, [NINO])[income][NINO].entries
    assert [entry.month.month for entry in entries] == [1, 2, 1]  # type: ignore[union-attr]


def test_an_extract_that_names_nobody_is_refused(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    with pytest.raises(NoRows):
        bring(make_file(tmp_path))
    with pytest.raises(NoRows, match="1 bad rows and no good one"):
        bring(make_file(tmp_path, ["x"]), on_bad_rows=OnBadRows.SKIP)
    assert count_all(store) == (0, 0, 0)


def test_a_refusal_leaves_the_edition_before_as_it_was(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring(make_file(tmp_path, make_row(CIVIL)))
    counted = count_all(store)
    with pytest.raises(WrongColumns):
        bring(write_csv(tmp_path / "b.csv", [HEADING[1:], make_row(CIVIL)[1:]]))
    assert count_all(store) == counted
    with store.read() as session:
        assert find_answers(session, [NINO])[CIVIL][NINO].entries


def test_a_day_still_to_come_is_refused(store: Store, bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(WrongDay, match="2026-03-03"):
        bring(make_file(tmp_path, make_row(CIVIL)), as_of=date(2026, 3, 3))
    assert count_all(store) == (0, 0, 0)


def test_more_rows_than_are_written_at_once_are_all_there(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    numbers = [f"{number:011d}" for number in range(12_000)]
    bring(make_file(tmp_path, *(make_row(CIVIL, personal_number=each) for each in numbers)))
    with store.read() as session:
        answers = find_answers(session, numbers)[CIVIL]
        assert session.query(RegisterRow).count() == 12_000
    assert all(len(answers[each].entries) == 1 for each in numbers)


def test_only_the_first_thousand_bad_rows_are_named(bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(BadRows) as refused:
        bring(make_file(tmp_path, *([["x", "y"]] * 1500)))
    assert (refused.value.bad, len(refused.value.faults)) == (1500, 1000)


def test_a_file_that_changes_while_it_is_read_is_refused(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    path = make_file(tmp_path, make_row(CIVIL))
    with pytest.raises(ExtractChanged):
        importing._keep_file(settings, path, "0" * 64)
    assert count_all(store) == (0, 0, 0)
    assert list_kept(settings) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_imports_nothing(
    store: Store, clock: Clock, small_disk: Path, tmp_path: Path
) -> None:
    rows = (make_row(CIVIL, personal_number=f"{number:011d}") for number in range(20_000))
    settings = Settings(small_disk, "", None)
    wanted = importing.ExtractToImport(CIVIL, make_file(tmp_path, *rows), TODAY)
    with pytest.raises(DiskFull):
        importing.import_extract(store, settings, SYSTEM, clock, wanted)
    assert count_all(store) == (0, 0, 0)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_what_registers_told_is_only_ever_added(
    store: Store, database_url: str, table: str, statement: str
) -> None:
    column = next(iter(METADATA.tables[table].columns)).name
    if database_url.startswith("sqlite"):
        add_bare_row(database_url, table)
    with pytest.raises(DBAPIError, match="only ever added"), store.write() as session:
        session.execute(text(statement.format(table, column)))


def add_bare_row(url: str, table: str) -> None:
    """SQLite asks its triggers only about rows that there are."""
    names = [f'"{column.name}"' for column in METADATA.tables[table].columns]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('1' for _ in names)})"
        )
