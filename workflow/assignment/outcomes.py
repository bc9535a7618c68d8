"""What becomes of an assignment, from its form and what the family declared; pure.

The sources print no list of outcomes: these are read from order 02-150, annex 3,
art. 10(3) and 12(9) and from the programme overview, step VII.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from form_templates.model import TemplateKey
from validation.typed_values import Json
from validation.vocabulary import Vocabulary, load_vocabulary
from workflow.errors import WorkflowFault


class Outcome(StrEnum):
    """How an assignment ends, or what it waits for."""

    ASSIGNED = "assigned"
    REFUSED_BY_FAMILY = "refused_by_family"
    IDP_ALLOWANCE_CHOSEN = "idp_allowance_chosen"
    """The family keeps the allowance of displaced persons instead."""
    SUSPENDED_NEW_CIRCUMSTANCE = "suspended_new_circumstance"
    """A state, not an end: how it ends is not stated."""
    CORRECTION_PENDING = "correction_pending"
    """An application for correction came with the form; it is dealt with first."""
    IDP_CHOICE_OPEN = "idp_choice_open"
    """What the family chose and what it declared do not fit: a person asks it."""


class Decision(StrEnum):
    """What the family says, by the meanings of the form's codes."""

    ACCEPTS = "accepts"
    DECLINES = "declines"
    KEEPS_ALLOWANCE = "keeps_displaced_allowance"
    GIVES_UP_ALLOWANCE = "gives_up_displaced_allowance"


class UndecidedForm(WorkflowFault):
    """The form says neither what the family decided nor what stopped the procedure."""

    code = "undecided_form"
    message = "The assignment form carries no decision; look at the record and the paper."


def decide_outcome(form: Mapping[str, Json], key: TemplateKey, draws_allowance: bool) -> Outcome:
    """The outcome that an authorised assignment form has.

    A refusal ends the matter whatever else was found. A new circumstance stops it before
    anything is assigned, a correction before the amount is. Who draws the allowance of
    displaced persons has to choose, and only such a family can.
    """
    said = load_vocabulary(key)
    decision = _read_decision(said, form.get("family_decision"))
    if decision is Decision.DECLINES:
        return Outcome.REFUSED_BY_FAMILY
    if _name(said, form, "new_circumstance") == "yes":
        return Outcome.SUSPENDED_NEW_CIRCUMSTANCE
    if decision is None:
        raise UndecidedForm
    if draws_allowance is (decision is Decision.ACCEPTS):
        return Outcome.IDP_CHOICE_OPEN
    if decision is Decision.KEEPS_ALLOWANCE:
        return Outcome.IDP_ALLOWANCE_CHOSEN
    if _name(said, form, "correction_attached") == "yes":
        return Outcome.CORRECTION_PENDING
    return Outcome.ASSIGNED


def draws_displaced_allowance(declaration: Mapping[str, Json], key: TemplateKey) -> bool:
    """Whether any member has the allowance of displaced persons, or their status."""
    status = load_vocabulary(key).name_meanings("B4")["displaced"]
    return any(
        (field.endswith(".C3_08") and Decimal(str(value)) > 0)
        or (field.endswith(".B4") and isinstance(value, list) and status in value)
        for field, value in declaration.items()
    )


def _read_decision(said: Vocabulary, code: Json | None) -> Decision | None:
    return Decision(said.name_code("family_decision", str(code))) if code is not None else None


def _name(said: Vocabulary, form: Mapping[str, Json], question: str) -> str | None:
    code = form.get(question)
    return said.name_code(question, code) if isinstance(code, str) else None
