"""Invented people: families whose papers contradict themselves nowhere."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ocr.simulation.answers import draw_digits, draw_word

_FILE = Path(__file__).with_name("people.toml")
_YEAR_DAYS = 365.25
SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    surname: str
    first_name: str
    personal_number: str
    birth_date: date
    sex: str
    """female or male."""

    def age_on(self, day: date) -> int:
        """Completed years on a day."""
        birth = self.birth_date
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    def is_adult_on(self, day: date) -> bool:
        """Whether the person is of age on a day."""
        return self.age_on(day) >= int(_load_people()["of_age"])


@dataclass(frozen=True, slots=True)
class Family:
    """People of one household, the oldest first, and where they live."""

    members: tuple[Person, ...]
    day: date
    """Day on which their paper is filled in."""
    municipality: str
    settlement: str
    street: str


@cache
def _load_people() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def invent_person(
    rng: np.random.Generator, day: date, age: int, surname: str, taken: Sequence[str] = ()
) -> Person:
    """Somebody of that age on a day whose personal number nobody else has."""
    sex = SEXES[int(rng.integers(2))]
    names = _load_people()["first_names"][sex]
    number = draw_digits(rng, 11)
    while number in taken:
        number = draw_digits(rng, 11)
    days = int((age + rng.uniform(0.0, 0.99)) * _YEAR_DAYS)
    born = day - timedelta(days=days)
    return Person(surname, names[int(rng.integers(len(names)))], number, born, sex)


def invent_family(rng: np.random.Generator, size: int, day: date) -> Family:
    """A household of so many people on a day; the first member is always of age."""
    surname = draw_word(rng, "surnames", 15)
    ages = [int(rng.integers(24, 82))]
    ages += [_draw_age(rng, ages[0]) for _ in range(size - 1)]
    members: list[Person] = []
    for age in ages:
        own = surname if rng.random() < 0.8 else draw_word(rng, "surnames", 15)
        taken = [member.personal_number for member in members]
        members.append(invent_person(rng, day, age, own, taken))
    members.sort(key=lambda member: member.birth_date)
    return Family(
        tuple(members),
        day,
        draw_word(rng, "settlements", 15),
        draw_word(rng, "settlements", 15),
        draw_word(rng, "streets", 16),
    )


def _draw_age(rng: np.random.Generator, oldest: int) -> int:
    """A spouse, a child, a grandchild or an infant."""
    return int(rng.integers(0, max(2, oldest if rng.random() < 0.5 else oldest - 18)))
