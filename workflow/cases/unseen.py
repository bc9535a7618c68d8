"""What nobody may see of a document who may yet be asked to enter it without being led."""

from collections.abc import Iterable

from workflow.acts import Actor
from workflow.cases.doubts import Doubt
from workflow.cases.settling import Need, Stage
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.models.people import RoleName

_BLIND = (
    DocumentState.RECEIVED,
    DocumentState.RESCAN,
    DocumentState.REVIEW,
    DocumentState.SECOND_REVIEW,
)
"""While a document is here, or may come back here, a second person must not be led."""
_OVERSEERS = (RoleName.SUPERVISOR, RoleName.ADMINISTRATOR)
"""They enter nothing, so they may see all."""
_TWO_PEOPLE = (Need.TWO, Need.UNCLEAR)


def sees_all(document: PaperDocument, viewer: Actor) -> bool:
    """Whether nothing that stands in a document can lead this person."""
    return document.state not in _BLIND or viewer.role in _OVERSEERS


def list_unseen(document: PaperDocument, doubts: Iterable[Doubt], viewer: Actor) -> frozenset[str]:
    """The fields of which a viewer may know neither the reading nor what others entered."""
    if sees_all(document, viewer):
        return frozenset()
    return frozenset(
        doubt.field for doubt in doubts if doubt.field and _is_to_be_entered(doubt, viewer)
    )


def _is_to_be_entered(doubt: Doubt, viewer: Actor) -> bool:
    """Whether a field waits for two people, or an unled one, and not for this one any more."""
    if doubt.need is Need.LOOK or doubt.done or viewer.user_id in doubt.people:
        return False
    return doubt.need in _TWO_PEOPLE or doubt.drawn or doubt.stage is Stage.SECOND
