"""All tables of the first edition; what changes later stands in the migrations that follow."""

from alembic import op

from workflow.store.migrations.append_only import guard_tables
from workflow.store.migrations.first import decisions, ground, readings

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them, begin the trail, guard what is only ever added."""
    for part in (ground, readings, decisions):
        part.make_tables()
    op.execute(f"INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '{'0' * 64}')")
    guard_tables(
        "audit_event",
        "audit_seal",
        "reading",
        "value",
        "acknowledgement",
        "overruling",
        "finding",
        "effect",
        "registry_record",
    )
