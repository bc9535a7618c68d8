"""All tables in one place: importing this module makes the metadata whole."""

from workflow.store.models import decisions, families, paper, people, trail, trust, work
from workflow.store.models.base import Row

ALL = (decisions, families, paper, people, trail, trust, work)
METADATA = Row.metadata
