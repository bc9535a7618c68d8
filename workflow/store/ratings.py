"""What is asked of ratings and of the assignments that follow them."""

from collections.abc import Sequence

from sqlalchemy import select

from workflow.store.fetching import fetch_row
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import Assignment, CaseState, FamilyCase, IssuedPrint, Rating
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session


def find_record(session: Session, record_id: int) -> RegistryRecord:
    """One entry of the registry; raises NotFound."""
    return fetch_row(session, RegistryRecord, record_id, "record")


def find_newest_record(session: Session, case_id: int, form: str) -> RegistryRecord | None:
    """The entry of a family from a form that was filled last, whenever it was entered."""
    query = select(RegistryRecord).filter_by(case_id=case_id, form=form)
    newest = query.order_by(RegistryRecord.law_day.desc(), RegistryRecord.id.desc())
    return session.scalars(newest.limit(1)).one_or_none()


def is_newest_record(session: Session, record: RegistryRecord) -> bool:
    """Whether a family has handed in nothing newer of the same form."""
    if record.case_id is None:
        return False
    return find_newest_record(session, record.case_id, record.form) is record


def list_waiting_records(session: Session, form: str, limit: int) -> Sequence[RegistryRecord]:
    """Declarations of families that wait for their rating, oldest first."""
    query = (
        select(RegistryRecord)
        .join(FamilyCase, FamilyCase.id == RegistryRecord.case_id)
        .where(RegistryRecord.form == form, FamilyCase.state == CaseState.DECLARED)
        .where(~select(Rating.id).where(Rating.record_id == RegistryRecord.id).exists())
        .order_by(RegistryRecord.id)
    )
    return session.scalars(query.limit(limit)).all()


def find_newest_decision(session: Session, case_id: int) -> Assignment | None:
    """The assignment of a family that was decided last."""
    query = select(Assignment).where(Assignment.decided_on.is_not(None))
    newest = query.filter_by(case_id=case_id).order_by(Assignment.id.desc())
    return session.scalars(newest.limit(1)).one_or_none()


def find_rating(session: Session, rating_id: int) -> Rating:
    """One rating; raises NotFound."""
    return fetch_row(session, Rating, rating_id, "rating")


def find_rating_of(session: Session, record_id: int, checksum: str) -> Rating | None:
    """The rating of a declaration under one pack."""
    query = select(Rating).filter_by(record_id=record_id, pack_checksum=checksum)
    return session.scalars(query).one_or_none()


def list_ratings(session: Session, case_id: int) -> Sequence[Rating]:
    """The ratings of a family, newest first."""
    return session.scalars(
        select(Rating).filter_by(case_id=case_id).order_by(Rating.id.desc())
    ).all()


def list_assignments(session: Session, case_id: int) -> Sequence[Assignment]:
    """The assignment procedures of a family, newest first."""
    query = select(Assignment).filter_by(case_id=case_id)
    return session.scalars(query.order_by(Assignment.id.desc())).all()


def find_assignment(session: Session, rating_id: int) -> Assignment | None:
    """The procedure that follows a rating."""
    return session.scalars(select(Assignment).filter_by(rating_id=rating_id)).one_or_none()


def find_assignment_of(session: Session, document: PaperDocument) -> Assignment | None:
    """The procedure that a filled form belongs to, locked until the transaction ends.

    Its printed serial tells. A form without one, printed empty, is taken for the newest
    open procedure of its family.
    """
    query = select(Assignment).with_for_update(of=Assignment)
    if document.serial:
        query = query.join(IssuedPrint, IssuedPrint.id == Assignment.print_id).where(
            IssuedPrint.form == document.form,
            IssuedPrint.edition == document.edition,
            IssuedPrint.serial == document.serial,
        )
    else:
        query = query.where(Assignment.case_id == document.case_id, Assignment.decided_on.is_(None))
    return session.scalars(query.order_by(Assignment.id.desc()).limit(1)).one_or_none()
