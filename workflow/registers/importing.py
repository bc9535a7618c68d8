"""Imports an extract of a register as its next edition: whole, or not at all."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from intake.files import make_printable
from validation.registers import Register
from workflow.acts import Act, Actor, find_legal_day
from workflow.contents import ContentStore
from workflow.registers.columns import PERSONAL_NUMBER, Shape, load_shapes
from workflow.registers.extracts import Extract, open_extract
from workflow.registers.faults import (
    BadRows,
    ExtractChanged,
    NoRows,
    OtherDay,
    RowFault,
    WrongDay,
    WrongFormat,
)
from workflow.registers.rows import RowRefused, read_row, set_limits
from workflow.registers.spool import Spool
from workflow.settings import Settings
from workflow.store.models.registers import RegisterEdition
from workflow.store.registers import add_rows, find_edition_of, find_newest_number
from workflow.store.session import Store
from workflow.store.work import take_turn

MOST_LISTED = 1000
"""Bad rows that are named; of the rest only the number is told."""


class OnBadRows(StrEnum):
    """What happens where some rows are bad."""

    REFUSE = "refuse"
    """Nothing is imported."""
    SKIP = "skip"
    """The good rows are imported, the bad ones named."""


@dataclass(frozen=True, slots=True)
class ExtractToImport:
    """A file and what whoever brings it says of it."""

    register: Register
    path: Path
    as_of: date
    """Day that it describes."""
    on_bad_rows: OnBadRows = OnBadRows.REFUSE


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an extract."""

    edition: RegisterEdition
    is_repeat: bool
    """The same file was imported before; nothing was done."""
    unused: tuple[str, ...] = ()
    """Headings that are none of ours."""
    faults: tuple[RowFault, ...] = ()
    """The bad rows that were left out; the first of them."""


@dataclass(slots=True)
class _Faults:
    """The bad rows so far."""

    listed: list[RowFault] = field(default_factory=list)
    bad: int = 0

    def add(self, line: int, faults: list[tuple[str, str]]) -> None:
        self.bad += 1
        if len(self.listed) < MOST_LISTED:
            self.listed += [RowFault(line, column, reason) for column, reason in faults]


class _SameFile(io.FileIO):
    """A file that must still be what it was: whoever copies it learns of a change in time.

    Raises ExtractChanged at its end, before the copy counts as whole.
    """

    def __init__(self, path: Path, sha256: str) -> None:
        super().__init__(path)
        self._path, self._sha256, self._digest = path, sha256, hashlib.sha256()

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        chunk = super().read(size) or b""
        self._digest.update(chunk)
        if not chunk and self._digest.hexdigest() != self._sha256:
            raise ExtractChanged(make_printable(self._path))
        return chunk


def import_extract(
    store: Store,
    settings: Settings,
    actor: Actor,
    clock: Callable[[], datetime],
    wanted: ExtractToImport,
) -> Imported:
    """Import an extract as the next edition of its register, in one transaction.

    All rows are read and checked before the first is written, so the database is held
    for the writing alone. Raises an ExtractFault where the file is refused: then
    nothing was changed. The same file again for the same day changes nothing either.
    """
    today = find_legal_day(clock())
    if wanted.as_of > today:
        raise WrongDay(f"{wanted.as_of} comes after today, {today}")
    sha256 = _hash_file(wanted.path)
    with store.read() as session:
        before = find_edition_of(session, wanted.register, sha256)
    if before is not None:
        return _repeat(before, wanted)
    with Spool(settings.extracts) as spool:
        unused, faults = _check_rows(wanted, spool)
        _keep_file(settings, wanted.path, sha256)
        with store.write() as session:
            act = Act(session, actor, clock())
            return _enter_edition(act, wanted, sha256, spool, unused, faults)


def _check_rows(wanted: ExtractToImport, spool: Spool) -> tuple[tuple[str, ...], _Faults]:
    """Look at every row; the good ones are in the spool afterwards."""
    shape, faults = load_shapes()[wanted.register], _Faults()
    with open_extract(wanted.path, shape) as extract:
        _spool_rows(extract, shape, wanted.as_of, spool, faults)
        unused = extract.unused
    if shape.is_one_row_a_person:
        for line, first in sorted(spool.find_repeats().items()):
            spool.drop(line)
            faults.add(line, [(PERSONAL_NUMBER, f"the person stands in line {first} already")])
    if faults.bad and wanted.on_bad_rows is OnBadRows.REFUSE:
        raise BadRows(faults.listed, faults.bad)
    if not len(spool):
        raise NoRows(f"{faults.bad} bad rows and no good one")
    return unused, faults


def _spool_rows(extract: Extract, shape: Shape, as_of: date, spool: Spool, faults: _Faults) -> None:
    limits = set_limits(as_of)
    for line, cells in extract.rows:
        named = extract.name_cells(cells)
        if named is None:
            faults.add(line, [("", f"{len(cells)} cells under {extract.width} headings")])
            continue
        try:
            spool.add(line, *read_row(shape, named, limits))
        except RowRefused as refusal:
            faults.add(line, refusal.faults)


def _hash_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise WrongFormat(f"{make_printable(path)}: {error.strerror}") from error


def _keep_file(settings: Settings, path: Path, sha256: str) -> None:
    """Keep the file's bytes before a row points to them; none of a file that changed."""
    with _SameFile(path, sha256) as stream:
        ContentStore(settings.extracts).put_stream(stream)


def _repeat(before: RegisterEdition, wanted: ExtractToImport) -> Imported:
    """The edition that a file is already; raises OtherDay where it was for another day."""
    if before.as_of != wanted.as_of:
        raise OtherDay(
            f"edition {before.number} describes {before.as_of}, this one would {wanted.as_of}"
        )
    return Imported(before, is_repeat=True)


def _enter_edition(
    act: Act,
    wanted: ExtractToImport,
    sha256: str,
    spool: Spool,
    unused: tuple[str, ...],
    faults: _Faults,
) -> Imported:
    """The edition, its rows and its event; of two that bring the same, one is the repeat."""
    take_turn(act.session, f"register:{wanted.register}", act.now)
    before = find_edition_of(act.session, wanted.register, sha256)
    if before is not None:
        return _repeat(before, wanted)
    edition = RegisterEdition(
        register=wanted.register.value,
        number=find_newest_number(act.session, wanted.register) + 1,
        as_of=wanted.as_of,
        file_name=make_printable(wanted.path.name),
        sha256=sha256,
        rows=len(spool),
        skipped=faults.bad,
        imported_at=act.now,
        imported_by=act.actor.name,
    )
    act.session.add(edition)
    act.session.flush()
    add_rows(act.session, _list_rows(edition.id, spool))
    _record_import(act, edition)
    return Imported(edition, False, unused, tuple(faults.listed))


def _list_rows(edition_id: int, spool: Spool) -> Iterator[dict[str, Any]]:
    for line, number, entry in spool.read_rows():
        yield {
            "edition_id": edition_id,
            "personal_number": number,
            "line": line,
            "entry": entry,
        }


def _record_import(act: Act, edition: RegisterEdition) -> None:
    told = {
        "register": edition.register,
        "edition": edition.number,
        "as_of": edition.as_of.isoformat(),
        "name": edition.file_name,
        "sha256": edition.sha256,
        "rows": edition.rows,
        "skipped": edition.skipped,
    }
    act.record("register:import", f"register:{edition.id}", after=told)
