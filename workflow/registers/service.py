"""Asks the service of a register over HTTP; whatever is not exactly as agreed is refused."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from validation.registers import Answers, Register, RegisterAnswer
from workflow.registers.cells import Limits
from workflow.registers.columns import PERSONAL_NUMBER, load_shapes
from workflow.registers.exchange import post
from workflow.registers.faults import ServiceGarbled, WrongDay
from workflow.registers.rows import RowRefused, read_entry, set_limits, write_cell
from workflow.settings import RegisterAddress

SCHEMA = 1
_AT_ONCE = 100
"""People that one request asks about."""


@dataclass(frozen=True, slots=True)
class RegisterService:
    """A register that is asked over HTTP."""

    address: RegisterAddress
    today: date
    """No answer describes a later day."""

    def ask(self, register: Register, numbers: Collection[str]) -> Answers:
        """An answer about everybody; raises a ServiceFault.

        Only the register of the address answers; of another one it knows nothing.
        """
        if register is not self.address.register:
            return {}
        ordered = sorted(set(numbers))
        answers: dict[str, RegisterAnswer] = {}
        for start in range(0, len(ordered), _AT_ONCE):
            answers |= self._ask_some(ordered[start : start + _AT_ONCE])
        return answers

    def _ask_some(self, numbers: list[str]) -> Answers:
        asked = {
            "schema": SCHEMA,
            "register": self.address.register.value,
            "personal_numbers": numbers,
        }
        told = _parse(post(self.address, json.dumps(asked).encode()))
        return dict(self._read_answers(told, numbers))

    def _read_answers(
        self, told: Mapping[str, Any], numbers: list[str]
    ) -> Iterator[tuple[str, RegisterAnswer]]:
        as_of, answers = _read_head(told, self.today)
        limits = _set_limits(as_of)
        if set(answers) != set(numbers):
            raise ServiceGarbled("it does not answer about exactly those who were asked about")
        for number in numbers:
            yield number, self._read_answer(number, answers[number], limits)

    def _read_answer(self, number: str, told: object, limits: Limits) -> RegisterAnswer:
        register, shape = self.address.register, load_shapes()[self.address.register]
        names = {column.name for column in shape.columns} - {PERSONAL_NUMBER}
        if not isinstance(told, list) or not all(isinstance(entry, dict) for entry in told):
            raise ServiceGarbled("the answer about a person is a list of objects")
        if any(set(entry) != names for entry in told):
            raise ServiceGarbled(f"an entry has exactly these keys: {', '.join(sorted(names))}")
        if shape.is_one_row_a_person and len(told) > 1:
            raise ServiceGarbled("several entries about one person")
        try:
            entries = [read_entry(shape, number, _write_cells(entry), limits) for entry in told]
        except RowRefused as refusal:
            columns = ", ".join(column for column, _ in refusal.faults)
            raise ServiceGarbled(f"{columns}: not as agreed") from refusal
        return RegisterAnswer(register, number, tuple(entries), limits.as_of, self._name())

    def _name(self) -> str:
        return f"service at {urlsplit(self.address.url).hostname}"


def _read_head(told: Mapping[str, Any], today: date) -> tuple[date, Mapping[str, Any]]:
    """The day that an answer describes, and what it says of each person."""
    match told:
        case {"schema": 1, "as_of": str(day), "answers": dict(answers)}:
            try:
                as_of = date.fromisoformat(day)
            except ValueError as error:
                raise ServiceGarbled("as_of is no date") from error
        case _:
            raise ServiceGarbled("schema 1 has as_of and answers")
    if as_of > today:
        raise ServiceGarbled(f"as_of {as_of} is still to come")
    return as_of, answers


def _set_limits(as_of: date) -> Limits:
    """What the entries of a day are held against; a day before our law garbles the answer."""
    try:
        return set_limits(as_of)
    except WrongDay as fault:
        raise ServiceGarbled(f"as_of {as_of} is too long ago") from fault


def _write_cells(entry: Mapping[str, Any]) -> dict[str, str]:
    if any(isinstance(value, dict | list) for value in entry.values()):
        raise ServiceGarbled("a part of an entry is a text, a number, true, false or null")
    return {name: write_cell(value) for name, value in entry.items()}


def _parse(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise ServiceGarbled("no JSON") from error
    if not isinstance(told, dict):
        raise ServiceGarbled("no JSON object")
    return told
