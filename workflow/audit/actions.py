"""The actions that the trail knows, and what each must tell."""

from collections.abc import Mapping
from typing import Any

from workflow.errors import WorkflowFault

ACTIONS: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
"""Action -> keys of `before`, keys of `after`."""


class UnknownAction(WorkflowFault):
    """An event that nobody declared, or one that tells other things than declared."""

    code = "unknown_action"
    message = "Declare the action and its keys in workflow/audit/actions.py."


def _declare(action: str, before: str = "", after: str = "") -> None:
    ACTIONS[action] = (frozenset(before.split()), frozenset(after.split()))


_declare("batch:receive", after="label source")
_declare("file:receive", after="name sha256 size state")
_declare("file:read", after="pages state")
_declare("file:choose", before="state", after="state")
_declare("document:create", after="form edition serial batch")
_declare("document:version", after="number pages")
_declare("document:check", after="version run disposition findings law_day law_edition")
_declare("document:state", before="state", after="state reason")
_declare("document:read", after="page")
_declare(
    "declaration:field:enter",
    before="value",
    after="field verdict value entry version registered",
)
_declare("finding:acknowledge", after="version code field")
_declare("registry:authorise", after="record version case content")
_declare("case:open", after="family_code document")
_declare("case:state", before="state", after="state")
_declare("case:move", before="unit", after="unit document")
_declare("case:read")
_declare("print:issue", after="form edition serial sha256 purpose lost")
_declare("print:read")
_declare("rating:make", after="rating pack pack_checksum official score limit eligible")
_declare("assignment:open", after="assignment rating print visit_due")
_declare("assignment:decide", after="assignment outcome document official")
_declare("step:fail", after="step attempts code detail")
_declare("step:retry", after="step")
_declare("user:sign_in")
_declare("user:sign_out")
_declare("user:sign_in_failed", after="username")
_declare("user:create", after="username roles")
_declare("user:change", before="active roles", after="active roles")
_declare("user:password")
_declare("user:password_failed")
_declare("thresholds:learn", after="target thresholds simulated")
_declare("thresholds:enforce", before="set", after="set")
_declare("training:export", after="documents digits letters")
_declare("register:import", after="register edition as_of name sha256 rows skipped")
_declare("register:ask", after="register people")
_declare("register:read", after="registers")
_declare("register:services", before="registers", after="registers")
_declare("trail:read", after="subject")
_declare("trail:verify", after="events fault")


def check_action(
    action: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> None:
    """Raises UnknownAction where an event does not tell exactly what its action declares."""
    if action not in ACTIONS:
        raise UnknownAction(action)
    for declared, told in zip(ACTIONS[action], (before, after), strict=True):
        if declared != frozenset(told or ()):
            raise UnknownAction(f"{action}: {sorted(declared)} expected, {sorted(told or ())} told")
