"""The office of the demonstration: its people, and what they do in their transactions."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from workflow.acts import SYSTEM, Act, Actor
from workflow.settings import Settings
from workflow.store.models.people import RoleName
from workflow.store.people import create_user, ensure_units, find_unit, find_user
from workflow.store.session import Session, Store

_FILE = Path(__file__).with_name("staff.toml")

OPERATOR, SECOND_OPERATOR = "operator", "operator2"
ARCHIVIST, COORDINATOR = "archivist", "coordinator"


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who signs in; nobody real."""

    username: str
    name: str
    roles: tuple[RoleName, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A unit with its people, on a store."""

    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    staff: Mapping[str, Actor]
    """User name -> the person in the role of the account."""
    unit_id: int

    @contextmanager
    def act(self, username: str) -> Iterator[Act]:
        """A transaction of one of the people."""
        with self.store.write() as session:
            yield Act(session, self.staff[username], self.clock())


@cache
def list_employees() -> tuple[Employee, ...]:
    """The people of the demonstration."""
    return tuple(
        Employee(entry["username"], entry["name"], tuple(RoleName(r) for r in entry["roles"]))
        for entry in _read_staff()["person"]
    )


def employ_people(store: Store, now: datetime, hash_password: Callable[[], str]) -> None:
    """Add the unit and its people where they are missing."""
    with store.write() as session:
        ensure_units(session)
        unit = find_unit(session, _read_staff()["unit"])
        for person in list_employees():
            if find_user(session, person.username) is None:
                act = Act(session, SYSTEM, now)
                create_user(act, person.username, person.name, hash_password(), person.roles, unit)


def open_office(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Office:
    """The office, once its people are employed."""
    with store.read() as session:
        unit = find_unit(session, _read_staff()["unit"])
        staff = {person.username: _find_actor(session, person) for person in list_employees()}
        return Office(store, settings, clock, staff, unit.id)


def _find_actor(session: Session, person: Employee) -> Actor:
    user = find_user(session, person.username)
    assert user is not None, f"{person.username} is employed first"
    return Actor(user.username, person.roles[0].value, user.id, user.unit_id)


@cache
def _read_staff() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
