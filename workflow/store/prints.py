"""What is asked of forms that were printed for families."""

from collections.abc import Sequence

from sqlalchemy import func, select

from workflow.store.fetching import fetch_row
from workflow.store.models.families import FamilyCase, IssuedPrint
from workflow.store.session import Session


def find_issued_print(session: Session, print_id: int) -> IssuedPrint:
    """One numbered copy; raises NotFound."""
    return fetch_row(session, IssuedPrint, print_id, "print")


def list_prints(session: Session, case_id: int) -> Sequence[IssuedPrint]:
    """What was printed for a family, newest first."""
    query = select(IssuedPrint).filter_by(case_id=case_id)
    return session.scalars(query.order_by(IssuedPrint.id.desc())).all()


def find_newest_print(session: Session, case_id: int, form: str) -> int:
    """Id of the newest copy of a form that was printed for a family; 0 before there is one."""
    newest = select(func.max(IssuedPrint.id)).filter_by(case_id=case_id, form=form)
    return session.scalar(newest) or 0


def lock_prints(session: Session, case_id: int) -> None:
    """See that nobody else issues a copy for the family before this transaction ends."""
    case = select(FamilyCase.id).filter_by(id=case_id)
    session.execute(case.with_for_update(key_share=True))


def find_highest_serial(session: Session) -> int:
    """The highest number of a copy so far; 0 where none was issued."""
    return session.scalar(select(func.max(IssuedPrint.serial))) or 0
