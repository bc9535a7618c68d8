"""Find documents, holders and events among a million of them."""

from alembic import op

revision = "0008_indexes"
down_revision = "0007_registered"


def upgrade() -> None:
    """Find documents, holders and events among a million of them."""
    op.create_index("ix_lease_holder", "lease", ["holder"])
    op.create_index("ix_document_unit", "document", ["unit_id", "id"])
    op.create_index("ix_version_case_code", "version", ["case_code"])
    op.create_index("ix_audit_event_actor", "audit_event", ["actor", "seq"])
    op.create_index("ix_audit_event_action", "audit_event", ["action", "seq"])
    op.create_index("ix_audit_event_at", "audit_event", ["at"])
