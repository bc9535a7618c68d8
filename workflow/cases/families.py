"""Opens the cases of families and takes them on."""

from collections.abc import Iterator
from itertools import count

from workflow.acts import Act
from workflow.errors import Conflict
from workflow.store.families import count_cases_opened, find_case_by_code
from workflow.store.knowing import find_unit_code_of
from workflow.store.models.families import CaseState, FamilyCase
from workflow.store.session import Session
from workflow.store.work import insert_once

_LAW = "order-02-150/annex-3/art-2(2)"
_MOVING = "order-02-150/annex-3/art-13(1.4)"
_NUMBER_DIGITS = 9
_TRIES = 20
"""So many may open a case in the same moment."""


def open_case(
    act: Act,
    unit_id: int,
    family_code: str | None = None,
    document_id: int | None = None,
    simulated: bool = False,
) -> FamilyCase:
    """Enter a family in the registry, under a new code where none is given.

    Raises Conflict where the code is taken. Only a first registration is given a new
    code (order 02-150, annex 3, art. 2(2)).
    """
    for code in [family_code] if family_code else _propose_codes(act.session):
        case = FamilyCase(
            family_code=code,
            unit_id=unit_id,
            state=CaseState.REGISTERED,
            state_since=act.now,
            opened_at=act.now,
            simulated=simulated,
        )
        if insert_once(act.session, case):
            told = {"family_code": code, "document": document_id}
            act.record("case:open", f"case:{case.id}", after=told, law=_LAW)
            return case
    raise Conflict(f"family code {family_code} is taken")


def change_case_state(act: Act, case: FamilyCase, state: CaseState, law: str | None = None) -> None:
    """Take a case to a state; one that it has already changes nothing."""
    if case.state == state:
        return
    before, case.state, case.state_since = case.state, state, act.now
    told = {"state": state.value}
    act.record("case:state", f"case:{case.id}", before={"state": before}, after=told, law=law)


def move_case(act: Act, case: FamilyCase, unit_id: int, document_id: int) -> None:
    """Give a family into the keeping of another unit; from then on only that one sees it.

    A family belongs to the unit of its place of residence, and asks to be assessed anew
    where it has moved to (order 02-150, annex 3, arts. 2(1), 13(1.4)).
    """
    if case.unit_id == unit_id:
        return
    before = find_unit_code_of(act.session, case.unit_id)
    case.unit_id = unit_id
    told = {"unit": find_unit_code_of(act.session, unit_id), "document": document_id}
    act.record("case:move", f"case:{case.id}", before={"unit": before}, after=told, law=_MOVING)


def _propose_codes(session: Session) -> Iterator[str]:
    """Free codes, counted on from the newest case.

    The last digit checks the others (Luhn; our choice, the law prints no pattern): one
    digit misread on paper makes a code that no family has, never another family's.
    """
    newest = count_cases_opened(session)
    for number in count(newest + 1):
        if number > newest + _TRIES:
            return
        code = _add_check_digit(f"{number:0{_NUMBER_DIGITS}d}")
        if find_case_by_code(session, code) is None:
            yield code


def _add_check_digit(digits: str) -> str:
    doubled = [int(d) * (2 - place % 2) for place, d in enumerate(reversed(digits))]
    total = sum(value // 10 + value % 10 for value in doubled)
    return f"{digits}{-total % 10}"
