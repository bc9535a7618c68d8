"""What people do to answers, each with what should be read and what follows by law."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from form_templates.model import (
    CELL_KINDS,
    MARK_KINDS,
    PRESENCE_KINDS,
    CorrectionRule,
    FaultsGoTo,
    FieldSpec,
    Kind,
)
from form_templates.specification import Template
from ocr.readings import FieldState, MarkState, Reason

_FILE = Path(__file__).with_name("scenarios.toml")
_KINDS = {
    "marks": MARK_KINDS,
    "cells": CELL_KINDS,
    "presence": PRESENCE_KINDS,
    "text": frozenset({Kind.TEXT}),
}

_OUTLINE_KINDS = frozenset({Kind.CHECK, Kind.BUBBLE})
_OUTLINE_VERBS = frozenset({"circle", "scribble", "sign", "sign_beside", "note_beside", "spoil"})
"""What people do to boxes and rings; an X or a tick is no correction there, but an answer."""

PLAIN = "plain"
SEVERITY = (
    "accepted",
    "needs_review",
    "ask_applicant",
    "return_to_agent",
    "reject",
    "new_declaration_required",
    "rescan",
)
"""Dispositions from the mildest; a document has its worst one."""
_FAULTY = {
    FaultsGoTo.AGENT: "return_to_agent",
    FaultsGoTo.REJECTION: "reject",
    FaultsGoTo.APPLICANT: "ask_applicant",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the pen does: a verb and whom it hits."""

    verb: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way of answering a field."""

    name: str
    row: str
    """The row of the correction table; empty where the table has none."""
    kinds: str
    """marks, cells, text or presence."""
    acts: tuple[Act, ...]
    state: FieldState
    reason: Reason
    disposition: str
    marks: Mapping[str, MarkState]
    """Role -> state of its marks."""
    value: str
    """Role that holds the value; empty for none."""
    before: str
    """Roles that held the value before a correction, joined by +."""
    cautious: tuple[str, ...]
    """Dispositions that a careful reader may give instead."""
    cardinality: str | None
    required: bool | None
    codes: int
    signers: int
    cells: int
    amount: bool
    """Only for numbers in which a comma matters."""

    def __post_init__(self) -> None:
        for word in (self.disposition, *self.cautious):
            if word not in SEVERITY:
                raise ValueError(f"{self.name}: no disposition {word}")

    def fits(self, field: FieldSpec) -> bool:
        """Whether this can be done to the field."""
        if field.kind not in _KINDS[self.kinds]:
            return False
        if field.kind in _OUTLINE_KINDS and not _OUTLINE_VERBS.issuperset(self.verbs()):
            return False
        if self.cardinality not in (None, field.cardinality.value):
            return False
        if self.amount and not field.is_amount:
            return False
        if self.required not in (None, field.required):
            return False
        if len(field.options) < self.codes or len(field.cells) < self.cells:
            return False
        if len(field.correction_signatures or ()) < self.signers:
            return False
        return bool(field.correction_cells) or not self.has_verb("rewrite")

    def has_verb(self, verb: str) -> bool:
        """Whether the pen does this at all."""
        return verb in self.verbs()

    def verbs(self) -> frozenset[str]:
        """What the pen does."""
        return frozenset(act.verb for act in self.acts)


@cache
def list_scenarios() -> tuple[Scenario, ...]:
    """All scenarios in the order of their file."""
    with _FILE.open("rb") as file:
        return tuple(_build(entry) for entry in tomllib.load(file)["scenario"])


def _build(entry: dict[str, Any]) -> Scenario:
    acts = [act.split() for act in entry["acts"]]
    return Scenario(
        name=entry["name"],
        row=entry["row"],
        kinds=entry["kinds"],
        acts=tuple(Act(verb, tuple(targets)) for verb, *targets in acts),
        state=FieldState(entry["state"]),
        reason=Reason(entry["reason"]),
        disposition=entry["disposition"],
        marks={role: MarkState(state) for role, state in entry.get("marks", {}).items()},
        value=entry.get("value", ""),
        before=entry.get("before", ""),
        cautious=tuple(entry.get("cautious", ())),
        cardinality=entry.get("cardinality"),
        required=entry.get("required"),
        codes=entry.get("codes", 1 if entry["kinds"] == "marks" else 0),
        signers=entry.get("signers", 0),
        cells=entry.get("cells", 0),
        amount=entry.get("amount", False),
    )


def fitting_scenarios(field: FieldSpec) -> tuple[Scenario, ...]:
    """What can be done to a field, in the order of the file."""
    return tuple(scenario for scenario in list_scenarios() if scenario.fits(field))


def find_scenario(name: str, field: FieldSpec) -> Scenario:
    """The scenario of that name for a field; raises ValueError where it does not fit."""
    for scenario in fitting_scenarios(field):
        if scenario.name == name:
            return scenario
    raise ValueError(f"{field.id}: no scenario {name} fits this field")


def worst_disposition(words: "set[str]") -> str:
    """What becomes of a declaration with these dispositions of its fields."""
    return max(words, key=SEVERITY.index, default=SEVERITY[0])


def map_dispositions(template: Template) -> dict[str, str]:
    """What the dispositions of a declaration are on this form, where they are others."""
    faulty = _FAULTY[template.faults_go_to]
    of_agent = template.faults_go_to is FaultsGoTo.AGENT
    if of_agent and template.correction_rule is CorrectionRule.DECLARATION:
        return {}
    return {"return_to_agent": faulty, "new_declaration_required": faulty}
