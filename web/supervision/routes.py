"""The trail of everything that happened, for those who oversee the work."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.access import allow
from web.context import begin_act, find_settings, read_rows
from web.documents.listing import name_forms
from web.numbers import read_key
from web.page_parts import name_page_language
from web.supervision.asking import read_question
from web.supervision.chain import find_chain_state
from web.supervision.telling import Teller, tell_events
from web.supervision.words import ACTIONS
from workflow.audit.verification import Verdict, verify_trail
from workflow.store.models.people import RoleName
from workflow.store.people import list_users
from workflow.store.trail import WHOLE, list_newest_events
from workflow.store.whole_trail import list_seals

blueprint = Blueprint("supervision", __name__)

LINES = 50
"""Events of one screen."""
SEALS = 30
"""Seals that are shown, the newest of all."""
_PERSONAL = frozenset({"value", "verdict", "name", "family_code", "reason", "label", "detail"})
"""What only the trail of one document tells: this page is about who did what."""


@blueprint.get("/trail")
@allow(RoleName.SUPERVISOR)
def show_trail() -> str:
    """Events newest first, as far as they are asked for; reading them is one as well."""
    question = read_question(request.args)
    before = request.args.get("before", type=read_key)
    with begin_act() as act:
        act.record("trail:read", WHOLE, after={"subject": question.subject or "all"})
    with read_rows() as session:
        events = list_newest_events(session, question.find_wanted(), before, LINES + 1)
        people, language = list_users(session), name_page_language()
        names = {user.username: user.name for user in people}
        accounts = {f"user:{user.id}": user.name for user in people}
        teller = Teller(names, name_forms(language), language, None, _PERSONAL, accounts)
        return render_template(
            "supervision/trail.html",
            question=question,
            faults=question.list_faults(),
            events=tell_events(teller, events[:LINES]),
            next_before=events[LINES - 1].seq if len(events) > LINES else None,
            first=before is None,
            actions=ACTIONS,
            names=names,
            chain=find_chain_state(session),
            seals=list_seals(session)[: -SEALS - 1 : -1],
        )


@blueprint.post("/trail/verification")
@allow(RoleName.SUPERVISOR)
def verify() -> ResponseReturnValue:
    """Checks every event and every seal now, and says what the first fault is."""
    with read_rows() as session:
        verdict = verify_trail(session, find_settings().seals)
    fault = str(verdict.fault) if verdict.fault else None
    with begin_act() as act:
        act.record("trail:verify", WHOLE, after={"events": verdict.events, "fault": fault})
    _tell(verdict)
    return redirect(url_for("supervision.show_trail"))


def _tell(verdict: Verdict) -> None:
    if verdict.fault is None:
        whole = _("The trail is whole: %(events)s events verified.", events=verdict.events)
        flash(whole, "success")
    else:
        flash(_("The trail is broken: %(fault)s", fault=verdict.fault), "fault")
