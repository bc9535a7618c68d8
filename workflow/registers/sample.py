"""Writes extracts of invented people, to try an import with; every row says so."""

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import IO

from faker import Faker

from validation.registers import Register
from workflow.registers.columns import PERSONAL_NUMBER, load_shapes
from workflow.registers.rows import set_limits

MARK = "simulated"
"""A column beside those of the register; an import passes it over."""
_PERSON_DAYS = 365 * 90

_Cells = dict[str, str]


class _Inventor:
    """Invents entries; the same seed and day give the same ones."""

    def __init__(self, seed: int, today: date) -> None:
        self._chance, self._today = random.Random(seed), today
        self._faker = Faker("ka_GE")
        self._faker.seed_instance(seed)

    def invent_number(self, digits: int) -> str:
        """A number of the right length; it may well be somebody's."""
        return f"{self._chance.randrange(10**digits):0{digits}d}"

    def invent_civil(self) -> _Cells:
        """A person."""
        return {
            "first_name": self._faker.first_name(),
            "surname": self._faker.last_name(),
            "birth_date": self._go_back(_PERSON_DAYS).isoformat(),
            "sex": self._chance.choice(("female", "male")),
            "citizen": "yes",
            "died_on": "",
            "kept_by_state": "",
        }

    def invent_border(self) -> _Cells:
        """A stay abroad that is over."""
        returned = self._go_back(1000)
        left = returned - timedelta(days=self._chance.randrange(1, 200))
        return {"left_on": left.isoformat(), "returned_on": returned.isoformat()}

    def invent_income(self) -> _Cells:
        """A month's pay."""
        kind, amount = self._choose_code(Register.INCOME), self._chance.randrange(100, 2000)
        return {"month": f"{self._go_back(300):%Y-%m}", "kind": kind, "amount": f"{amount}.00"}

    def invent_property(self) -> _Cells:
        """Land or a building."""
        return {
            "kind": self._choose_code(Register.PROPERTY),
            "area": f"{self._chance.randrange(1, 200)}.5",
            "address": self._faker.address().replace("\n", ", "),
            "share": self._chance.choice(("1", "0.5", "0.25")),
        }

    def invent_vehicles(self) -> _Cells:
        """A vehicle."""
        return {"kind": self._choose_code(Register.VEHICLES), "label": self._faker.license_plate()}

    def _choose_code(self, register: Register) -> str:
        (column,) = (each for each in load_shapes()[register].columns if each.name == "kind")
        return self._chance.choice(column.codes)

    def _go_back(self, days: int) -> date:
        return self._today - timedelta(days=self._chance.randrange(days))


_INVENT: Mapping[Register, Callable[[_Inventor], _Cells]] = {
    Register.CIVIL: _Inventor.invent_civil,
    Register.BORDER: _Inventor.invent_border,
    Register.INCOME: _Inventor.invent_income,
    Register.PROPERTY: _Inventor.invent_property,
    Register.VEHICLES: _Inventor.invent_vehicles,
}


def write_sample(register: Register, file: IO[str], people: int, seed: int, today: date) -> None:
    """Write an extract in CSV: one row a person, nobody twice."""
    names = [column.name for column in load_shapes()[register].columns]
    writer = csv.DictWriter(file, [*names, MARK])
    writer.writeheader()
    inventor = _Inventor(seed, today)
    for number in _invent_numbers(inventor, people, set_limits(today).digits):
        cells = {PERSONAL_NUMBER: number, MARK: "yes"}
        writer.writerow(cells | _INVENT[register](inventor))


def _invent_numbers(inventor: _Inventor, people: int, digits: int) -> Iterator[str]:
    seen: set[str] = set()
    while len(seen) < people:
        number = inventor.invent_number(digits)
        if number not in seen:
            seen.add(number)
            yield number
