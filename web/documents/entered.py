"""What people entered in the fields of a document, as far as the viewer may know."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask_login import current_user

from form_templates.specification import Template
from web.access import current_actor
from web.documents.value_words import write_raw
from web.wording import OFFERED_BY_REGISTER, label
from workflow.acts import Actor
from workflow.cases.doubts import list_doubts
from workflow.cases.entries import list_entries
from workflow.cases.unseen import list_unseen, sees_all
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import PaperDocument
from workflow.store.models.people import RoleName
from workflow.store.people import list_users
from workflow.store.session import Session

_ENTERING = (RoleName.COORDINATOR, RoleName.OPERATOR)
"""Who enters values may be asked to be the second person, whatever else they are."""


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry in words."""

    who: str
    said: str
    at: datetime


def find_viewer() -> Actor:
    """The signed-in person, in the role under which least of others' entries is shown."""
    held = [role for role in _ENTERING if current_user.has_role(role.value)]
    actor = current_actor()
    return replace(actor, role=held[0].value) if held else actor


def list_hidden(session: Session, document: PaperDocument) -> frozenset[str]:
    """The fields whose values the signed-in person may not know, as they may enter them yet."""
    viewer = find_viewer()
    if sees_all(document, viewer):
        return frozenset()
    return list_unseen(document, list_doubts(session, document), viewer)


def list_shown_entries(
    session: Session, document: PaperDocument, template: Template | None
) -> Mapping[str, list[ShownEntry]]:
    """Field -> the entries that the signed-in person may see, oldest first."""
    if template is None:
        return {}
    names = {user.id: user.name for user in list_users(session)}
    shown: dict[str, list[ShownEntry]] = {}
    for entry in list_entries(session, document, find_viewer()):
        said = str(label("verdict", entry.verdict))
        if entry.verdict in (Verdict.VALUE, Verdict.UNSIGNED):
            said = f"{write_raw(template, entry.field, entry.value)} ({said})"
        if entry.is_registered:
            said = f"{said}, {OFFERED_BY_REGISTER}"
        who = names.get(entry.user_id, str(entry.user_id))
        shown.setdefault(entry.field, []).append(ShownEntry(who, said, entry.entered_at))
    return shown
