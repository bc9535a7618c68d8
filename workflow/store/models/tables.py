"""All tables in one place: importing this module makes the metadata whole."""

from workflow.store.models import (
    decisions,
    families,
    knowing,
    paper,
    people,
    registers,
    trail,
    trust,
    work,
)
from workflow.store.models.base import Row

ALL = (decisions, families, knowing, paper, people, registers, trail, trust, work)
METADATA = Row.metadata
