"""The way of a document as a table: state, action and role give the next state."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from validation.toml_data import read_toml
from workflow.errors import NotAllowed
from workflow.store.models.paper import DocumentState

TABLE = Path(__file__).with_name("states.toml")
_OF = "of_"
"""Begins the keys that name a form's own article."""


class Action(StrEnum):
    """What is done to a document; `states.toml` says where it leads."""

    LEAVE_UNIDENTIFIED = "leave_unidentified"
    ASK_RESCAN = "ask_rescan"
    ASK_PERSON = "ask_person"
    ASK_SECOND_PERSON = "ask_second_person"
    ASK_COORDINATOR = "ask_coordinator"
    PROPOSE_RETURN = "propose_return"
    PROPOSE_REJECTION = "propose_rejection"
    ASK_APPLICANT = "ask_applicant"
    REQUIRE_NEW_DECLARATION = "require_new_declaration"
    ASK_REGISTERS = "ask_registers"
    MAKE_READY = "make_ready"
    ACCEPT = "accept"
    AUTHORISE = "authorise"
    REOPEN = "reopen"
    CONFIRM_RETURN = "confirm_return"
    CONFIRM_REJECTION = "confirm_rejection"
    REFUTE = "refute"
    KEEP_IMAGE = "keep_image"
    DISCARD = "discard"
    RECEIVE_SCAN = "receive_scan"
    SHOW_LATE_SCAN = "show_late_scan"
    UPHOLD_RECORD = "uphold_record"
    UPHOLD_REJECTION = "uphold_rejection"
    UPHOLD_NEW_DECLARATION = "uphold_new_declaration"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table."""

    action: Action
    origins: frozenset[DocumentState]
    target: DocumentState
    roles: frozenset[str]
    law: str | None
    laws: Mapping[str, str]
    """Form -> the article that stands in for `law` there."""
    due: str | None
    """Name of the deadline that begins with the new state."""

    def find_law(self, form: str | None) -> str | None:
        """The article behind the step for a document of this form."""
        return self.laws.get(form or "", self.law)


@dataclass(frozen=True, slots=True)
class StateTable:
    """All rows, and who works where."""

    transitions: tuple[Transition, ...]
    work: Mapping[DocumentState, frozenset[str]]
    """State that waits for people at the screen -> their roles."""
    final: frozenset[DocumentState]


@cache
def load_table(file: Path = TABLE) -> StateTable:
    """The table as its file states it."""
    data = read_toml(file)
    return StateTable(
        transitions=tuple(_build_transition(row) for row in data["transition"]),
        work={DocumentState(state): frozenset(roles) for state, roles in data["work"].items()},
        final=frozenset(DocumentState(state) for state in data["final"]["states"]),
    )


def _build_transition(row: Mapping[str, Any]) -> Transition:
    return Transition(
        action=Action(row["action"]),
        origins=frozenset(DocumentState(state) for state in row["from"]),
        target=DocumentState(row["to"]),
        roles=frozenset(row["by"]),
        law=row.get("law"),
        laws={key.removeprefix(_OF): row[key] for key in row if key.startswith(_OF)},
        due=row.get("due"),
    )


def find_transition(state: str, action: Action, role: str) -> Transition:
    """The row that leads on from a state; NotAllowed where the table has none."""
    for row in load_table().transitions:
        if row.action is action and state in row.origins and role in row.roles:
            return row
    raise NotAllowed(f"{action} by {role} in {state}")


def find_target(action: Action) -> DocumentState:
    """The state that an action leads to; it is the same from wherever it begins."""
    return next(row.target for row in load_table().transitions if row.action is action)


def list_actions(state: str, role: str) -> tuple[Action, ...]:
    """What a role may do to a document in a state, in the order of the table."""
    return tuple(
        row.action for row in load_table().transitions if state in row.origins and role in row.roles
    )


def list_work(role: str) -> tuple[DocumentState, ...]:
    """The states whose documents a role works on at the screen."""
    return tuple(state for state, roles in load_table().work.items() if role in roles)
