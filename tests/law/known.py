"""What is known beside the paper of a law case, from the case's table `known`.

    stage            intake | visit | cross_check | scoring; visit where nothing is said
    unit             code of the unit that took the paper in
    unit_of_address  code of the unit that the address belongs to
    family           the family of the paper: code, unit, applied_on, declared_on,
                     receives_assistance, members, applied_for
    elsewhere        personal number -> the families it stands in: family_code, form, since
    bans             kind, start, family_code; members, where the registry names them
    registers        register -> personal number -> what it answers, an entry a line; []
                     where the register knows nothing of the person
    as_of            register -> day that its answers describe; AS_OF where nothing is said
    gaps             register -> skipped, people: what its extract may lack

What a family, a membership or an entry leaves out is something plain.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from validation.known import Ban, BanKind, Known, KnownFamily, Membership, Stage
from validation.registers import (
    BorderEntry,
    CivilEntry,
    Entry,
    ExtractGap,
    IncomeEntry,
    PropertyEntry,
    Register,
    RegisterAnswer,
    VehicleEntry,
)

AS_OF = date(2015, 11, 25)
FAMILY: dict[str, Any] = {
    "family_code": "1234567890",
    "unit": "1001",
    "applied_on": None,
    "declared_on": None,
    "receives_assistance": False,
    "members": (),
    "applied_for": (),
}
ENTRIES: dict[Register, tuple[type[Entry], dict[str, Any]]] = {
    Register.CIVIL: (
        CivilEntry,
        {
            "first_name": "abc",
            "surname": "abc",
            "birth_date": None,
            "sex": None,
            "citizen": None,
            "died_on": None,
            "kept_by_state": None,
        },
    ),
    Register.BORDER: (BorderEntry, {"returned_on": None}),
    Register.INCOME: (IncomeEntry, {}),
    Register.PROPERTY: (PropertyEntry, {"address": "", "share": Decimal(1)}),
    Register.VEHICLES: (VehicleEntry, {"label": "car"}),
}
"""Register -> what its entries are, and what stands in them where a case says nothing."""


def build_known(table: Mapping[str, Any]) -> Known:
    """What a case knows beside its paper."""
    family = table.get("family")
    return Known(
        stage=Stage(table.get("stage", Stage.VISIT)),
        unit=table.get("unit"),
        unit_of_address=table.get("unit_of_address"),
        family=None if family is None else KnownFamily(**_take_plain(FAMILY, family)),
        elsewhere={
            number: tuple(Membership(**membership) for membership in memberships)
            for number, memberships in table.get("elsewhere", {}).items()
        },
        bans=tuple(_build_ban(ban) for ban in table.get("bans", ())),
        registers={
            Register(name): {
                number: _build_answer(
                    Register(name), number, entries, table.get("as_of", {}).get(name, AS_OF)
                )
                for number, entries in answers.items()
            }
            for name, answers in table.get("registers", {}).items()
        },
        gaps={
            Register(name): ExtractGap(f"{name}.csv", gap["skipped"], tuple(gap["people"]))
            for name, gap in table.get("gaps", {}).items()
        },
    )


def _build_ban(table: Mapping[str, Any]) -> Ban:
    people = tuple(table.get("members", ()))
    return Ban(BanKind(table["kind"]), table["start"], table["family_code"], people)


def _build_answer(
    register: Register, number: str, entries: list[Any], as_of: date
) -> RegisterAnswer:
    kind, plain = ENTRIES[register]
    built = tuple(kind(**_take_plain(plain, entry)) for entry in entries)
    return RegisterAnswer(register, number, built, as_of, f"{register}.csv")


def _take_plain(plain: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said over what is plain; lists as the program keeps them, numbers exact."""
    taken = {**plain, **said}
    for name, value in taken.items():
        if isinstance(value, list):
            taken[name] = tuple(value)
        elif name in ("area", "share", "amount"):
            taken[name] = Decimal(value)
    return taken
