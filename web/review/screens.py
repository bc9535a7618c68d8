"""The screens of the station, made ready inside a transaction and written after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import render_template

from web.context import find_settings
from web.documents.listing import name_forms
from web.documents.looking import LOOK
from web.documents.outlook import OUTLOOK
from web.page_parts import name_page_language
from web.review.drafts import Draft
from web.review.field_view import view_field
from web.review.field_words import ShownRegistered
from web.review.look_view import view_look
from web.review.open_work import OpenWork
from web.review.station import build_station
from workflow.acts import Act
from workflow.cases.doubts import Doubt
from workflow.cases.reviewing import Hold, may_take, record_viewing, renew
from workflow.cases.settling import Need
from workflow.jobs.leases import find_holder
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.models.people import RoleName
from workflow.store.people import find_user
from workflow.store.session import Session
from workflow.store.trail import was_recorded_since
from workflow.store.work import find_lease

REVIEWERS = (RoleName.OPERATOR, RoleName.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Question:
    """Which question of a document is meant; the next open one where none is named."""

    field: str = ""
    warning: str = ""
    about: str = ""
    """The field that the warning is about."""
    saved: str = ""
    """The field that was saved just before."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page that only needs to be written."""

    template: str
    parts: Mapping[str, object] = field(default_factory=dict)

    def render(self) -> str:
        """The page."""
        return render_template(self.template, **self.parts)


def find_hold(act: Act, document: PaperDocument) -> Hold | None:
    """The person's own hold, renewed; looking at a page never takes a document."""
    lease = find_lease(act.session, f"document:{document.id}")
    if lease is None or lease.holder != act.actor.name or lease.expires_at <= act.now:
        return None
    hold = Hold(document.id, lease.token, lease.expires_at)
    return renew(act, hold, find_settings().review_lease_seconds)


def record_look(act: Act, document: PaperDocument) -> None:
    """Tells the trail of the look at the document, once for all its questions."""
    since, subject = act.now - LOOK, f"document:{document.id}"
    if not was_recorded_since(act.session, "document:read", subject, act.actor.name, since):
        record_viewing(act, document)


def show_question(
    act: Act, opened: OpenWork, hold: Hold, wanted: Question, refused: Draft | None = None
) -> Screen:
    """One question, or the offer to finish where all is decided."""
    language = name_page_language()
    doubt = _find_doubt(opened, wanted)
    station = build_station(opened, hold, doubt, language, wanted.saved)
    if doubt is None:
        return Screen("review/decided.html", {"station": station})
    if doubt.need is Need.LOOK:
        warning = view_look(opened, doubt, language)
        return Screen("review/warning.html", {"station": station, "warning": warning})
    shown = view_field(opened, doubt, language, refused)
    if shown.registered is not None:
        _record_look_in_register(act, shown.registered)
    return Screen("review/field.html", {"station": station, "field": shown})


def _record_look_in_register(act: Act, shown: ShownRegistered) -> None:
    """Tells the trail that a register's word about a person was shown, once for all questions."""
    subject, since = f"person:{shown.personal_number}", act.now - LOOK
    if not was_recorded_since(act.session, "register:read", subject, act.actor.name, since):
        act.record("register:read", subject, after={"registers": [shown.register]})


def _find_doubt(opened: OpenWork, wanted: Question) -> Doubt | None:
    if wanted.field:
        return opened.find_field(wanted.field)
    if wanted.warning:
        return opened.find_look(wanted.warning, wanted.about or None)
    return opened.find_open_after(None)


def show_elsewhere(act: Act, document: PaperDocument) -> Screen:
    """The document is not on this person's desk: where it is, and what can be done."""
    return Screen(
        "review/elsewhere.html",
        {
            "document": document,
            "title": name_form(document),
            "outlook": OUTLOOK[DocumentState(document.state)],
            "holder": find_holder_name(act.session, document.id, act.now),
            "waits": may_take(act.session, act.actor, document),
        },
    )


def name_form(document: PaperDocument) -> str:
    """The title of a document's form."""
    return name_forms(name_page_language()).get(document.form or "", "")


def find_holder_name(session: Session, document_id: int, now: datetime) -> str:
    """The name of whoever has a document on the desk; empty where nobody has."""
    holder = find_holder(session, f"document:{document_id}", now)
    user = find_user(session, holder) if holder else None
    return user.name if user else holder or ""
