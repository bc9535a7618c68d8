"""What the signed-in person may do to a document where it stands."""

from collections.abc import Mapping

from flask import current_app
from flask_login import current_user

from web.access import find_actor, find_allowed_roles
from workflow.cases.reviewing import may_take
from workflow.cases.states import Action, list_actions, load_table
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.session import Session

_ACTIONS: Mapping[str, Action] = {
    "confirm_return": Action.CONFIRM_RETURN,
    "confirm_rejection": Action.CONFIRM_REJECTION,
    "refute": Action.REFUTE,
    "keep_image": Action.KEEP_IMAGE,
    "discard": Action.DISCARD,
    "authorise": Action.AUTHORISE,
    "reopen": Action.REOPEN,
}
"""What the page offers -> the action of the table of states."""
_VIEWS: Mapping[str, str] = {
    "confirm_return": "documents.confirm",
    "confirm_rejection": "documents.confirm",
    "authorise": "review.authorise",
}
"""Offers whose view has another name, or stands where all values are seen."""


def list_offers(session: Session, document: PaperDocument, holder: str | None) -> frozenset[str]:
    """What the table of states and the person's roles allow; nobody takes what another holds."""
    state = document.state
    offers = {offer for offer, action in _ACTIONS.items() if _is_open(state, offer, action)}
    reviewer = find_actor(find_allowed_roles(current_app, "review.take"))
    if reviewer is not None and may_take(session, reviewer, document):
        offers.add("take" if holder in (None, reviewer.name) else "wait")
    if _takes_scans(state) and _list_own_roles("documents.scan_again"):
        offers.add("scan_again")
    return frozenset(offers)


def find_law_behind(state: str, form: str | None) -> str | None:
    """The article by which a document of a form comes into a state."""
    rows = (row for row in load_table().transitions if row.target == state)
    return next((law for row in rows if (law := row.find_law(form))), None)


def _is_open(state: str, offer: str, action: Action) -> bool:
    roles = _list_own_roles(_VIEWS.get(offer, f"documents.{offer}"))
    return any(action in list_actions(state, role) for role in roles)


def _takes_scans(state: str) -> bool:
    """Whether a further scan is taken as a new version, not as a late one."""
    return Action.RECEIVE_SCAN in list_actions(DocumentState(state), "system")


def _list_own_roles(view: str) -> set[str]:
    """The person's roles that open a view."""
    allowed = find_allowed_roles(current_app, view)
    return {role.value for role in allowed} & {role.name for role in current_user.roles}
