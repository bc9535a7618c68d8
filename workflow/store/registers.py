"""What is asked of extracts and answers of registers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from workflow.store.models.registers import (
    AskedAnswer,
    RegisterEdition,
    RegisterRow,
    ServicesInUse,
    UnreachedRegister,
)
from workflow.store.parts import cut_keys
from workflow.store.session import Session

_AT_ONCE = 5000


def list_editions(session: Session, register: str | None = None) -> Sequence[RegisterEdition]:
    """Every edition of a register, or of all, oldest number first."""
    query = select(RegisterEdition).order_by(RegisterEdition.register, RegisterEdition.number)
    return session.scalars(query.filter_by(register=register) if register else query).all()


def find_edition_of(session: Session, register: str, sha256: str) -> RegisterEdition | None:
    """The edition that a file was imported as."""
    return session.scalars(
        select(RegisterEdition).filter_by(register=register, sha256=sha256)
    ).one_or_none()


def find_newest_number(session: Session, register: str) -> int:
    """Number of the newest edition of a register; 0 before the first."""
    newest = select(func.max(RegisterEdition.number)).filter_by(register=register)
    return session.scalar(newest) or 0


def find_newest_editions(session: Session, on: date | None) -> dict[str, RegisterEdition]:
    """Register -> the edition that describes the newest day, up to one day if it is given."""
    query = select(RegisterEdition).order_by(RegisterEdition.as_of, RegisterEdition.number)
    if on is not None:
        query = query.where(RegisterEdition.as_of <= on)
    return {edition.register: edition for edition in session.scalars(query)}


def add_rows(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows of an extract, however many, a few thousand at a time."""
    waiting = iter(rows)
    connection = session.connection()
    while chunk := list(islice(waiting, _AT_ONCE)):
        connection.execute(insert(RegisterRow), chunk)


def list_rows(
    session: Session, edition_id: int, numbers: Collection[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Person and entry of each row of an edition about some people, in the order of the file."""
    for part in cut_keys(numbers):
        query = (
            select(RegisterRow.personal_number, RegisterRow.entry)
            .where(RegisterRow.edition_id == edition_id, RegisterRow.personal_number.in_(part))
            .order_by(RegisterRow.personal_number, RegisterRow.line)
        )
        yield from (tuple(row) for row in session.execute(query))


def has_number(session: Session, edition_id: int, number: str) -> bool:
    """Whether an edition has a row about a person."""
    rows = select(RegisterRow.line).filter_by(edition_id=edition_id, personal_number=number)
    return session.scalar(rows.limit(1)) is not None


def list_asked(
    session: Session, register: str, numbers: Collection[str], on: date | None
) -> Iterator[AskedAnswer]:
    """What the service of a register answered about some people, the newest last."""
    for part in cut_keys(numbers):
        query = select(AskedAnswer).where(
            AskedAnswer.register == register, AskedAnswer.personal_number.in_(part)
        )
        if on is not None:
            query = query.where(AskedAnswer.as_of <= on)
        yield from session.scalars(query.order_by(AskedAnswer.as_of, AskedAnswer.id))


def list_asked_since(
    session: Session, register: str, numbers: Collection[str], since: datetime
) -> set[str]:
    """The people that the service of a register was asked about since a moment."""
    found: set[str] = set()
    for part in cut_keys(numbers):
        query = select(AskedAnswer.personal_number).where(
            AskedAnswer.register == register,
            AskedAnswer.personal_number.in_(part),
            AskedAnswer.asked_at >= since,
        )
        found |= set(session.scalars(query))
    return found


def list_unreached(session: Session, version_id: int) -> Sequence[UnreachedRegister]:
    """What services gave no answer about when a version was checked, oldest first."""
    query = select(UnreachedRegister).filter_by(version_id=version_id)
    return session.scalars(query.order_by(UnreachedRegister.id)).all()


def list_services(session: Session) -> tuple[str, ...]:
    """The registers that have a service, as the worker that told it last knows them."""
    newest = select(ServicesInUse.registers).order_by(ServicesInUse.id.desc()).limit(1)
    return tuple(session.scalar(newest) or ())
