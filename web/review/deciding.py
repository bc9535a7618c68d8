"""What people do at the station; every form tells whose hold it rests on and what it showed."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.access import allow, unattended
from web.context import begin_act, find_settings, read_clock
from web.documents.deciding import tell_rechecked
from web.documents.looking import find_own_document
from web.page_parts import name_page_language
from web.review.conflicts import explain_conflict
from web.review.forms import RefusedEntry, SentEntry, decide_entry, read_entry, read_number
from web.review.open_work import OpenWork, open_work
from web.review.questions import Asked, find_asked
from web.review.screens import REVIEWERS, Question, record_look, show_question
from web.review.station import count_renew_seconds, link_doubt
from workflow.acts import Act
from workflow.cases import authorising, entries, reviewing
from workflow.cases.doubts import Doubt
from workflow.cases.reviewing import Hold
from workflow.cases.settling import Value
from workflow.cases.states import list_work
from workflow.errors import Conflict, HeldByOther, LeaseLost, NotAllowed, NotFound
from workflow.store.models.decisions import Verdict

_UNPROCESSABLE = 422


@allow(*REVIEWERS)
def take_next() -> ResponseReturnValue:
    """Hands out the next document; whoever holds one already goes on with it."""
    form, after = request.form.get("form") or None, max(0, read_number(request.form, "after"))
    with begin_act() as act:
        hold = reviewing.take_next(act, _lease_seconds(), form, after)
        if hold is None and after:  # everything behind it was seen: from the beginning
            hold = reviewing.take_next(act, _lease_seconds(), form)
    if hold is None:
        return redirect(url_for("review.start", none=""))
    return redirect(url_for("review.work", document_id=hold.document_id))


@allow(*REVIEWERS)
def take(document_id: int) -> ResponseReturnValue:
    """Takes a certain document; what was typed before it was lost stands in its field again."""
    field, sent = request.form.get("field", ""), read_entry(request.form)
    try:
        with begin_act() as act:
            document = find_own_document(act.session, document_id)
            hold = reviewing.take_document(act, document_id, _lease_seconds())
            record_look(act, document)
            if not field:
                return redirect(url_for("review.work", document_id=document_id))
            screen = show_question(
                act, open_work(act, document), hold, Question(field), sent.draft()
            )
    except HeldByOther as fault:
        return explain_conflict(fault, document_id, field, sent if field else None)
    return screen.render()


@allow(*REVIEWERS)
def enter(document_id: int, field: str) -> ResponseReturnValue:
    """Saves what a field says, and goes on to the next open question."""
    sent = read_entry(request.form)
    hold = _name_hold(document_id)
    try:
        with begin_act() as act:
            find_own_document(act.session, document_id)
            opened = open_work(act, reviewing.open_held(act, hold))
            doubt, asked = opened.find_field(field), _find_asked(opened, field)
            try:
                said = decide_entry(
                    opened.template.key,
                    asked,
                    sent,
                    opened.list_others(field),
                    act.today,
                    name_page_language(),
                )
            except RefusedEntry as refused:
                screen = show_question(act, opened, hold, Question(field), refused.draft)
            else:
                _enter(act, opened, hold, doubt, said, sent)
                return redirect(_find_next(act, opened, doubt, field))
    except (LeaseLost, Conflict) as fault:
        return explain_conflict(fault, document_id, field, sent)
    return screen.render(), _UNPROCESSABLE


@allow(*REVIEWERS)
def acknowledge(document_id: int) -> ResponseReturnValue:
    """Lets a warning stand, and goes on to the next open question."""
    code, about = request.form.get("code", ""), request.form.get("field") or None
    hold = _name_hold(document_id)
    try:
        with begin_act() as act:
            find_own_document(act.session, document_id)
            opened = open_work(act, reviewing.open_held(act, hold))
            doubt = opened.find_look(code, about)
            entries.acknowledge(act, hold, code, about)
            act.session.flush()
            return redirect(_find_next(act, opened, doubt, ""))
    except (LeaseLost, Conflict) as fault:
        return explain_conflict(fault, document_id)


@allow(*REVIEWERS)
def finish(document_id: int) -> ResponseReturnValue:
    """Ends this person's part; sent twice, the second time only shows where it went."""
    try:
        with begin_act() as act:
            find_own_document(act.session, document_id)
            reviewing.finish(act, _name_hold(document_id))
    except (LeaseLost, Conflict) as fault:
        if _waits(document_id):
            return explain_conflict(fault, document_id)
    return redirect(url_for("review.show_finished", document_id=document_id))


@allow(*REVIEWERS)
def release(document_id: int) -> ResponseReturnValue:
    """Gives the document back; the next one handed out is another."""
    with begin_act() as act:
        find_own_document(act.session, document_id)
        reviewing.release(act, _name_hold(document_id))
    return redirect(url_for("review.start", after=document_id))


@allow(*REVIEWERS)
@unattended
def renew(document_id: int) -> ResponseReturnValue:
    """Keeps the document while its page is looked at; a lost one is told at once."""
    with begin_act() as act:
        find_own_document(act.session, document_id)
        reviewing.renew(act, _name_hold(document_id), _lease_seconds())
    return {"seconds": count_renew_seconds(_lease_seconds())}


@allow(*REVIEWERS)
def authorise(document_id: int) -> ResponseReturnValue:
    """The values that were shown enter the registry; sent twice, they enter once."""
    revision = request.form.get("revision", type=int)
    if revision is None:
        raise NotAllowed("no revision")
    try:
        with begin_act() as act:
            document = find_own_document(act.session, document_id)
            record = authorising.authorise(act, document_id, revision)
            state = document.state
    except Conflict as fault:
        return explain_conflict(fault, document_id)
    if record is None:
        tell_rechecked(state)
        return redirect(url_for("documents.show_document", document_id=document_id))
    return redirect(url_for("review.show_finished", document_id=document_id))


def _enter(
    act: Act,
    opened: OpenWork,
    hold: Hold,
    doubt: Doubt,
    said: tuple[Verdict, Value],
    sent: SentEntry,
) -> None:
    offered = opened.find_suggestion(doubt)
    taken = offered.answer if offered and said == (Verdict.VALUE, offered.value) else None
    entries.enter_value(act, hold, doubt.field or "", *said, sent.seen, taken)
    act.session.flush()


def _find_next(act: Act, opened: OpenWork, doubt: Doubt, saved: str) -> str:
    """The page of the next open question; the one that offers to finish where none is."""
    now = open_work(act, opened.document)
    return link_doubt(opened.document.id, now.find_open_after(doubt), saved)


def _find_asked(opened: OpenWork, field: str) -> Asked:
    asked = find_asked(opened.template, field)
    if asked is None:
        raise NotFound(field)
    return asked


def _waits(document_id: int) -> bool:
    """Whether the document still waits for people of this role."""
    with begin_act() as act:
        document = find_own_document(act.session, document_id)
        return document.state in list_work(act.actor.role)


def _name_hold(document_id: int) -> Hold:
    """The hold that the form rests on."""
    return Hold(document_id, read_number(request.form, "token"), read_clock())


def _lease_seconds() -> float:
    return find_settings().review_lease_seconds
