"""What the registers of other bodies answer about a person, as the rules see it.

Order 02-150, annex 3, art. 3(1.3) rejects data that conflict with other databases; the
programme overview, step V, names those that every declaration is held against: the civil
register, border crossings, income, immovable and movable property.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Register(StrEnum):
    """A register of another body."""

    CIVIL = "civil"
    BORDER = "border"
    INCOME = "income"
    PROPERTY = "property"
    VEHICLES = "vehicles"


@dataclass(frozen=True, slots=True)
class CivilEntry:
    """A person as the civil register has them."""

    first_name: str
    surname: str
    birth_date: date | None
    sex: str | None
    """`female` or `male`."""
    citizen: bool | None
    """Of Georgia."""
    died_on: date | None
    kept_by_state: str | None
    """`prison`, `compulsory_treatment`, `military_service`, `state_care`, or
    `declared_missing`: lost or dead by the word of a court. None where none of it is known."""


@dataclass(frozen=True, slots=True)
class BorderEntry:
    """One stay abroad."""

    left_on: date
    returned_on: date | None
    """None while the person is abroad."""


@dataclass(frozen=True, slots=True)
class IncomeEntry:
    """What was paid to a person for a month."""

    month: date
    """Its first day."""
    kind: str
    """The column of C3 that it belongs to: `C3_01`."""
    amount: Decimal
    """GEL, net."""


@dataclass(frozen=True, slots=True)
class PropertyEntry:
    """Immovable property in a person's name."""

    kind: str
    """`dwelling`, `land`, `other`."""
    area: Decimal
    """m2 of a building, hectares of land."""
    address: str
    share: Decimal
    """Of the whole, over 0 and at most 1."""


@dataclass(frozen=True, slots=True)
class VehicleEntry:
    """A vehicle in a person's name."""

    kind: str
    """The line of D5 that it belongs to: `D5_1`."""
    label: str
    """Make, model and plate as the register has them."""


Entry = CivilEntry | BorderEntry | IncomeEntry | PropertyEntry | VehicleEntry


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What one register said of one person."""

    register: Register
    personal_number: str
    entries: tuple[Entry, ...]
    """None: the register knows nothing of the person."""
    as_of: date
    """Day that the answer describes: that of the extract, or of the asking."""
    source: str
    """Which extract or service gave it: `civil-2026-11-01.csv, edition 3`."""


Answers = Mapping[str, RegisterAnswer]
"""Personal number -> answer; a person who is absent was not asked about."""


@dataclass(frozen=True, slots=True)
class ExtractGap:
    """An extract that was taken in without its bad rows: one of them may be about anybody."""

    source: str
    skipped: int
    """Bad rows that were left out."""
    people: tuple[str, ...]
    """Personal numbers on a paper about whom it may lack something, or all, in order."""
