"""Opens the assignment procedure of an eligible family (order 02-150, annex 3, art. 10(1))."""

from form_templates.model import TemplateKey
from validation.deadlines import due_where_counting
from workflow.acts import Act, find_legal_day
from workflow.audit.events import lock_head
from workflow.jobs.work import Commit, Work
from workflow.printing.issuing import PreparedPrint, issue_print, prepare_print
from workflow.printing.prefill import ASSIGNMENT, ASSIGNMENT_FORM, prefill_assignment
from workflow.rating.pack_files import open_pack
from workflow.store.families import find_case
from workflow.store.models.families import Assignment, CaseState, Rating
from workflow.store.ratings import find_assignment, find_rating, find_record, is_newest_record
from workflow.store.session import Session

_LANGUAGE = "ka"
"""The forms' own."""
_PRINTING = "order-02-150/annex-3/art-10(1)"


def open_assignment(work: Work, rating_id: int) -> Commit:
    """The handler of `open_assignment`: prints the form first, then enters it with its dates."""
    with work.store.read() as session:
        if find_assignment(session, rating_id) is not None:
            return lambda act: None
        rating = find_rating(session, rating_id)
        if not _is_current(session, rating):
            return lambda act: None  # what was declared since is rated by itself
        record, case = find_record(session, rating.record_id), find_case(session, rating.case_id)
        key = TemplateKey(record.form, record.edition)
        known = prefill_assignment(case.family_code, record.values, key)
        note = "" if rating.official else open_pack(rating.pack).label("pack.title", _LANGUAGE)
    prepared = prepare_print(work.settings, ASSIGNMENT_FORM, None, {}, known, note)

    def commit(act: Act) -> None:
        lock_head(act.session)  # printing takes a while, and the family may leave meanwhile
        rating = find_rating(act.session, rating_id)
        if find_assignment(act.session, rating_id) is None and _is_current(act.session, rating):
            _enter_assignment(act, rating, prepared)

    return commit


def _is_current(session: Session, rating: Rating) -> bool:
    """Whether the family still is what was rated, and waits for its assignment."""
    record, case = find_record(session, rating.record_id), find_case(session, rating.case_id)
    return is_newest_record(session, record) and case.state == CaseState.ELIGIBLE


def _enter_assignment(act: Act, rating: Rating, prepared: PreparedPrint) -> None:
    """The form is out; the agent visits within two weeks of the score."""
    case = find_case(act.session, rating.case_id)
    issued = issue_print(act, case, prepared, ASSIGNMENT, _PRINTING)
    visit_due = due_where_counting("assignment_visit", find_legal_day(rating.rated_at))
    assignment = Assignment(
        case_id=case.id,
        rating_id=rating.id,
        print_id=issued.id,
        visit_due=visit_due,
        official=rating.official,
    )
    act.session.add(assignment)
    act.session.flush()
    told = {
        "assignment": assignment.id,
        "rating": rating.id,
        "print": issued.id,
        "visit_due": visit_due.isoformat() if visit_due else None,
    }
    act.record("assignment:open", f"case:{case.id}", after=told, law=_PRINTING)
