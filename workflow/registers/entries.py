"""Entries and answers of registers as JSON, and back exactly as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from validation.registers import (
    BorderEntry,
    CivilEntry,
    Entry,
    IncomeEntry,
    PropertyEntry,
    Register,
    RegisterAnswer,
    VehicleEntry,
)

ENTRY_OF: Mapping[Register, type[Entry]] = {
    Register.CIVIL: CivilEntry,
    Register.BORDER: BorderEntry,
    Register.INCOME: IncomeEntry,
    Register.PROPERTY: PropertyEntry,
    Register.VEHICLES: VehicleEntry,
}


def describe_entry(entry: Entry) -> dict[str, Any]:
    """An entry as JSON: ISO dates, decimals as text."""
    return {part.name: _write(getattr(entry, part.name)) for part in fields(entry)}


def restore_entry(register: Register, told: Mapping[str, Any]) -> Entry:
    """The entry that a description was made of."""
    parts = _list_parts(register)
    return ENTRY_OF[register](**{name: _read(told[name], kinds) for name, kinds in parts})


def describe_answer(answer: RegisterAnswer) -> dict[str, Any]:
    """An answer as JSON, to be kept with what rests on it."""
    return {
        "register": answer.register.value,
        "personal_number": answer.personal_number,
        "entries": [describe_entry(entry) for entry in answer.entries],
        "as_of": answer.as_of.isoformat(),
        "source": answer.source,
    }


def restore_answer(told: Mapping[str, Any]) -> RegisterAnswer:
    """The answer that a description was made of."""
    register = Register(told["register"])
    return RegisterAnswer(
        register=register,
        personal_number=told["personal_number"],
        entries=restore_entries(register, told["entries"]),
        as_of=date.fromisoformat(told["as_of"]),
        source=told["source"],
    )


def restore_entries(register: Register, told: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """All entries of one person."""
    return tuple(restore_entry(register, entry) for entry in told)


def _write(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(told: Any, kinds: tuple[type, ...]) -> Any:
    if told is None:
        return None
    if date in kinds:
        return date.fromisoformat(told)
    return Decimal(told) if Decimal in kinds else told


@cache
def _list_parts(register: Register) -> tuple[tuple[str, tuple[type, ...]], ...]:
    """Every part of an entry with the types that it may have."""
    hints = get_type_hints(ENTRY_OF[register])
    return tuple((name, get_args(kind) or (kind,)) for name, kind in hints.items())
