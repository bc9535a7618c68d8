"""Whether what the store holds is real."""

from sqlalchemy import select

from workflow.store.models.families import Rating
from workflow.store.models.paper import Batch, Source
from workflow.store.session import Session


def holds_demonstration(session: Session) -> bool:
    """Whether there is simulated paper, or a score of a demonstration methodology."""
    simulated = select(Batch.id).where(Batch.source == Source.DEMONSTRATION).limit(1)
    unofficial = select(Rating.id).where(~Rating.official).limit(1)
    return any(session.scalar(query) is not None for query in (simulated, unofficial))
