"""What is asked of family cases and of what was printed for them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from workflow.store.conditions import match_given, select_newest
from workflow.store.fetching import fetch_row
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import FamilyCase, IssuedPrint
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session


def find_case(session: Session, case_id: int) -> FamilyCase:
    """One case; raises NotFound."""
    return fetch_row(session, FamilyCase, case_id, "case")


def find_case_by_code(session: Session, family_code: str) -> FamilyCase | None:
    """The case of a family code."""
    return session.scalars(select(FamilyCase).filter_by(family_code=family_code)).one_or_none()


def list_cases(
    session: Session,
    unit_id: int | None = None,
    before_id: int | None = None,
    limit: int = 50,
    state: str | None = None,
) -> Sequence[FamilyCase]:
    """Cases, newest first; the next ones by the id of the last one seen."""
    query = select_newest(FamilyCase, unit_id, before_id, limit)
    return session.scalars(query.where(*match_given({FamilyCase.state: state}))).all()


def list_case_documents(session: Session, case_id: int) -> Sequence[PaperDocument]:
    """The papers of a family, oldest first."""
    query = select(PaperDocument).filter_by(case_id=case_id)
    return session.scalars(query.order_by(PaperDocument.id)).all()


def list_case_records(session: Session, case_id: int) -> Sequence[RegistryRecord]:
    """What stands in the registry of a family, oldest first."""
    query = select(RegistryRecord).filter_by(case_id=case_id)
    return session.scalars(query.order_by(RegistryRecord.id)).all()


def find_print(session: Session, form: str, edition: date, serial: int) -> IssuedPrint | None:
    """The numbered copy that was printed for a case; none for a plain print."""
    if not serial:
        return None
    query = select(IssuedPrint).filter_by(form=form, edition=edition, serial=serial)
    return session.scalars(query).one_or_none()


def count_cases_opened(session: Session) -> int:
    """The highest number of a case so far."""
    return session.scalar(select(func.max(FamilyCase.id))) or 0
