import pytest

from form_templates.model import TemplateKey
from tests.workflow.registered import EDITIONS, POOR
from workflow.assignment.deciding import CONSEQUENCES
from workflow.assignment.outcomes import (
    Outcome,
    UndecidedForm,
    decide_outcome,
    draws_displaced_allowance,
)
from workflow.store.models.families import CaseState

FORM = TemplateKey("assignment_form", EDITIONS["assignment_form"])
DECLARATION = TemplateKey("family_declaration", EDITIONS["family_declaration"])
PLAIN = {"new_circumstance": "2", "correction_attached": "2"}
ACCEPTS, DECLINES, KEEPS, GIVES_UP = "1", "2", "3", "4"


def decide(decision, draws=False, **changes):
    return decide_outcome({**PLAIN, "family_decision": decision, **changes}, FORM, draws)


@pytest.mark.parametrize(
    ("decision", "draws", "outcome"),
    [
        (ACCEPTS, False, Outcome.ASSIGNED),
        (DECLINES, False, Outcome.REFUSED_BY_FAMILY),
        (DECLINES, True, Outcome.REFUSED_BY_FAMILY),
        (KEEPS, True, Outcome.IDP_ALLOWANCE_CHOSEN),
        (GIVES_UP, True, Outcome.ASSIGNED),
    ],
)
def test_what_the_family_chooses_is_what_it_gets(decision, draws, outcome):
    assert decide(decision, draws) is outcome


def test_who_draws_the_other_allowance_and_does_not_choose_is_asked_by_a_person():
    assert decide(ACCEPTS, draws=True) is Outcome.IDP_CHOICE_OPEN


@pytest.mark.parametrize("decision", [KEEPS, GIVES_UP])
def test_who_chooses_an_allowance_that_was_not_declared_is_asked_by_a_person(decision):
    assert decide(decision) is Outcome.IDP_CHOICE_OPEN


@pytest.mark.parametrize("decision", [ACCEPTS, KEEPS, GIVES_UP])
def test_a_new_circumstance_stops_whatever_would_be_assigned(decision):
    assert decide(decision, new_circumstance="1") is Outcome.SUSPENDED_NEW_CIRCUMSTANCE


def test_a_new_circumstance_stops_the_procedure_before_the_family_decides():
    stopped = {"new_circumstance": "1", "circumstance_kinds": ["3"]}
    assert decide_outcome(stopped, FORM, False) is Outcome.SUSPENDED_NEW_CIRCUMSTANCE


def test_a_refusal_ends_the_matter_whatever_was_found():
    assert decide(DECLINES, new_circumstance="1") is Outcome.REFUSED_BY_FAMILY


def test_a_correction_comes_before_the_assistance():
    assert decide(ACCEPTS, correction_attached="1") is Outcome.CORRECTION_PENDING
    assert decide(KEEPS, True, correction_attached="1") is Outcome.IDP_ALLOWANCE_CHOSEN


def test_a_form_without_a_decision_is_no_decision():
    with pytest.raises(UndecidedForm):
        decide_outcome(PLAIN, FORM, False)


@pytest.mark.parametrize(
    ("changes", "draws"),
    [
        ({}, False),
        ({"members[2].C3_08": "0.00"}, False),
        ({"members[2].C3_08": "45.00"}, True),
        ({"members[1].B4": ["7"]}, True),
        ({"members[1].B4": ["1", "8"]}, False),
    ],
)
def test_allowance_or_status_of_any_member_means_that_the_family_has_to_choose(changes, draws):
    assert draws_displaced_allowance({**POOR, **changes}, DECLARATION) is draws


def test_every_outcome_says_what_follows():
    assert set(CONSEQUENCES) == set(Outcome)
    final = {outcome for outcome, follows in CONSEQUENCES.items() if follows.is_final}
    assert final == {
        Outcome.ASSIGNED,
        Outcome.REFUSED_BY_FAMILY,
        Outcome.IDP_ALLOWANCE_CHOSEN,
    }
    assert CONSEQUENCES[Outcome.SUSPENDED_NEW_CIRCUMSTANCE].case_state is CaseState.SUSPENDED
