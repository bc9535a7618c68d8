"""What a request wants corrected: a box that the declaration has, or a check instead.

Order 02-150, annex 3, art. 12(4) to (11). The boxes are those of the declaration's form.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from form_templates import catalog
from validation.disposition import Severity
from validation.rules.paper import MEMBERS, Paper
from validation.rules.parts import Row
from validation.rules.registry import Breach, rule

_REQUEST = ("correction_request",)
_DECLARATION = "family_declaration"
_BOX = re.compile(r"([A-E])(\d+)(?:_(\d+))?")


@dataclass(frozen=True, slots=True)
class _Box:
    """A box of the declaration."""

    by_member: bool
    """Whether it is asked of each member."""
    columns: frozenset[int]
    """None where it holds one answer."""


@rule(
    "corrected_box_exists",
    law="order-02-150/annex-3/art-12(4)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-12.1", "R001-12.4"),
)
def corrected_box_exists(paper: Paper) -> Iterator[Breach]:
    """What affects the score stands in a box, and a column, that the declaration has."""
    for row in paper.table("values").rows:
        name, box = _name_box(row), _find_box(row)
        column = row.number("column")
        if name is not None and box is None:
            yield Breach(row.field("box"), {"box": name})
        elif box is not None and box.columns and column is not None and column not in box.columns:
            yield Breach(row.field("column"), {"box": f"{name}, {column}"})


@rule(
    "corrected_place_is_named",
    law="order-02-150/annex-3/art-12(5)",
    forms=_REQUEST,
    assumed=True,
    meets=("R001-12.5",),
)
def corrected_place_is_named(paper: Paper) -> Iterator[Breach]:
    """Whose answer is to be corrected is said where a box asks each member, and its column."""
    for row in paper.table("values").rows:
        box = _find_box(row)
        if box is not None and box.columns and row.is_empty("column"):
            yield Breach(row.field("column"), {"other": row.field("box")})
        if box is not None and box.by_member and row.is_empty("member_number"):
            yield Breach(row.field("member_number"), {"other": row.field("box")})


@rule(
    "check_takes_application",
    law="order-02-150/annex-3/art-12(11)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    meets=("R001-12.11",),
)
def check_takes_application(paper: Paper) -> Iterator[Breach]:
    """A family that insists on a repeated check files an application instead."""
    if paper.meaning("recalculation") == "repeated_check":
        yield Breach(paper.field("recalculation"))


@rule(
    "corrected_person_is_known",
    law="order-02-150/annex-3/art-12(8)",
    forms=_REQUEST,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R001-12.2", "R001-12.8"),
)
def corrected_person_is_known(paper: Paper) -> Iterator[Breach]:
    """Who is corrected or gone stands in the registered family; who has come does not yet."""
    members = paper.known.family.members if paper.known.family else ()
    if not members:
        return
    for row in paper.table("requisites").rows:
        number = row.text("registered_personal_number")
        if number is not None and number not in members:
            law = "order-02-150/annex-3/art-12(2)"
            yield Breach(row.field("registered_personal_number"), law=law)
    for row in paper.table("changes").rows:
        number, change = row.text("personal_number"), row.meaning("change")
        if number is not None and change is not None and (number in members) != (change == "lost"):
            yield Breach(row.field("personal_number"), {"other": row.field("change")})


def _find_box(row: Row) -> _Box | None:
    """The box of the declaration that a row names; None where unread or where there is none."""
    return _list_boxes().get(_name_box(row) or "")


def _name_box(row: Row) -> str | None:
    """Block and number as the declaration prints them: `C3`."""
    block, number = row.meaning("block"), row.number("box")
    return None if block is None or number is None else f"{block}{int(number)}"


@cache
def _list_boxes() -> Mapping[str, _Box]:
    """The boxes of the newest declaration by their names, blocks A to E."""
    grouped: dict[str, set[tuple[bool, int | None]]] = {}
    for section in catalog.load(_DECLARATION).sections:
        for id_ in (section.id, *(question.id for question in section.questions)):
            named = _BOX.fullmatch(id_)
            if named is not None:
                column = int(named[3]) if named[3] else None
                place = (section.group == MEMBERS, column)
                grouped.setdefault(f"{named[1]}{named[2]}", set()).add(place)
    boxes = {
        name: _Box(
            any(by_member for by_member, _ in places),
            frozenset(column for _, column in places if column is not None),
        )
        for name, places in grouped.items()
    }
    return MappingProxyType(boxes)
