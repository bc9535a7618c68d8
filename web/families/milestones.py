"""A family's way from the application to the assignment, in the order in which it happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflow.store.families import list_case_documents, list_case_records
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import Assignment, IssuedPrint, Rating
from workflow.store.models.paper import PaperDocument
from workflow.store.prints import list_prints
from workflow.store.ratings import list_assignments, list_ratings
from workflow.store.session import Session

Fact = PaperDocument | RegistryRecord | IssuedPrint | Rating | Assignment


class Kind(StrEnum):
    """What happened; of two things at one moment the first here comes first."""

    PAPER = "paper"
    RECORD = "record"
    RATING = "rating"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing that happened to a family's papers."""

    at: datetime
    kind: Kind
    row: Fact


@dataclass(frozen=True, slots=True)
class FamilyWay:
    """All that is known of a family's papers."""

    milestones: Sequence[Milestone]
    ratings: Sequence[Rating]
    """Newest first."""
    assignments: Sequence[Assignment]
    """Newest first."""
    demonstrated: frozenset[int]
    """Prints that rest on a demonstration score."""


def gather_way(session: Session, case_id: int) -> FamilyWay:
    """Papers, records, prints, ratings and assignments of one family."""
    ratings, assignments = list_ratings(session, case_id), list_assignments(session, case_id)
    found = [*_list_papers(session, case_id)]
    found += [Milestone(rating.rated_at, Kind.RATING, rating) for rating in ratings]
    return FamilyWay(
        milestones=sorted(found, key=lambda m: (m.at, tuple(Kind).index(m.kind))),
        ratings=ratings,
        assignments=assignments,
        demonstrated=frozenset(made.print_id for made in assignments if not made.official),
    )


def _list_papers(session: Session, case_id: int) -> Iterator[Milestone]:
    for document in list_case_documents(session, case_id):
        yield Milestone(document.created_at, Kind.PAPER, document)
    for record in list_case_records(session, case_id):
        yield Milestone(record.authorised_at, Kind.RECORD, record)
    for issued in list_prints(session, case_id):
        yield Milestone(issued.printed_at, Kind.PRINT, issued)
