"""What follows from a check: doubts first, then what the findings ask for; pure."""

from collections.abc import Sequence

from validation.disposition import Disposition
from workflow.cases.doubts import Doubt
from workflow.cases.settling import Need, Stage
from workflow.cases.states import Action

WAITING = (
    (Stage.FIRST, Action.ASK_PERSON),
    (Stage.SECOND, Action.ASK_SECOND_PERSON),
    (Stage.SETTLE, Action.ASK_COORDINATOR),
)
"""Two people come before a coordinator, who is asked once and about everything."""
FOLLOWS = {
    Disposition.NEW_DECLARATION_REQUIRED: Action.REQUIRE_NEW_DECLARATION,
    Disposition.REJECT: Action.PROPOSE_REJECTION,
    Disposition.RETURN_TO_AGENT: Action.PROPOSE_RETURN,
    Disposition.ASK_APPLICANT: Action.ASK_APPLICANT,
    Disposition.NEEDS_REVIEW: Action.ASK_PERSON,
    Disposition.ACCEPTED: Action.MAKE_READY,
}

ENDING = frozenset(FOLLOWS.values()) - {Action.ASK_PERSON, Action.REQUIRE_NEW_DECLARATION}
"""Nothing is left for people to decide in the answers; a void declaration has none."""


def choose_action(disposition: Disposition, doubts: Sequence[Doubt]) -> Action:
    """Where a checked document goes; one without fault or doubt is ready."""
    if disposition is Disposition.RESCAN:
        return Action.ASK_RESCAN
    if disposition is Disposition.NEW_DECLARATION_REQUIRED and _is_confirmed(doubts):
        return Action.REQUIRE_NEW_DECLARATION
    for stage, action in WAITING:
        if any(doubt.stage is stage for doubt in doubts):
            return action
    return FOLLOWS[disposition]


def _is_confirmed(doubts: Sequence[Doubt]) -> bool:
    """Whether two people have read every correction that was called unclear."""
    return all(doubt.done for doubt in doubts if doubt.need is Need.UNCLEAR)
