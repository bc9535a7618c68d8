import pytest

from workflow.cases.outcomes import FOLLOWS, WAITING
from workflow.cases.states import (
    Action,
    find_target,
    find_transition,
    list_actions,
    list_work,
    load_table,
)
from workflow.errors import NotAllowed
from workflow.store.models.paper import DocumentState
from workflow.store.models.people import RoleName

TABLE = load_table()
CHECKED = [
    (DocumentState.RECEIVED, "system"),
    (DocumentState.REVIEW, "archivist"),  # whose image is kept
    *((state, role) for state, roles in TABLE.work.items() for role in sorted(roles)),
]
"""Where a document stands when it is checked, and who causes that."""
ROLES = {role.value for role in RoleName} | {"system"}


def test_each_state_can_be_reached() -> None:
    reached = {row.target for row in TABLE.transitions}
    assert reached == set(DocumentState)


@pytest.mark.parametrize("state", [s for s in DocumentState if s not in TABLE.final])
def test_each_state_that_is_not_final_has_a_way_out_that_is_no_dead_end(
    state: DocumentState,
) -> None:
    seen: set[DocumentState] = set()
    front = {state}
    while front:
        seen |= front
        front = {r.target for r in TABLE.transitions for s in front if s in r.origins} - seen
    assert seen & TABLE.final


@pytest.mark.parametrize("state", [s for s in DocumentState if s not in TABLE.final])
def test_a_person_or_a_scan_can_move_each_state_that_waits(state: DocumentState) -> None:
    if state is not DocumentState.RECEIVED:
        assert any(list_actions(state, role) for role in ROLES)


@pytest.mark.parametrize("state", sorted(TABLE.final))
def test_what_is_decided_only_a_further_scan_brings_back(state: DocumentState) -> None:
    for role in RoleName:
        assert list_actions(state, role) == ()


def test_an_action_leads_to_one_state_from_wherever_it_begins() -> None:
    for action in Action:
        assert {r.target for r in TABLE.transitions if r.action is action} == {find_target(action)}


def test_the_table_names_roles_that_there_are() -> None:
    assert {role for row in TABLE.transitions for role in row.roles} <= ROLES
    assert {role for roles in TABLE.work.values() for role in roles} <= ROLES


def test_whoever_works_on_a_state_can_take_it_on() -> None:
    for state, roles in TABLE.work.items():
        for role in roles:
            assert Action.PROPOSE_RETURN in list_actions(state, role)
            assert state in list_work(role)


@pytest.mark.parametrize(
    "action", [*FOLLOWS.values(), *(action for _, action in WAITING), Action.ASK_REGISTERS]
)
@pytest.mark.parametrize(("state", "role"), CHECKED)
def test_whatever_a_check_finds_there_is_a_way_for_whoever_caused_it(
    state: DocumentState, role: str, action: Action
) -> None:
    assert find_target(action) == state or action in list_actions(state, role)


def test_the_program_confirms_nothing_by_itself() -> None:
    by_system = {row.target for row in TABLE.transitions if "system" in row.roles}
    assert not by_system & {DocumentState.RETURNED, DocumentState.REJECTED, DocumentState.DISCARDED}


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(NotAllowed):
        find_transition(DocumentState.REJECTED, Action.AUTHORISE, "operator")
    with pytest.raises(NotAllowed):
        find_transition(DocumentState.READY, Action.AUTHORISE, "archivist")
