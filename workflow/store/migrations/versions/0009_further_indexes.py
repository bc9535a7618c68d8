"""Find recent files, demonstrations, and what belongs to a document among a million of them."""

from alembic import op

revision = "0009_further_indexes"
down_revision = "0008_indexes"


def upgrade() -> None:
    """Find recent files, demonstrations, and what belongs to a document among a million of them."""
    op.create_index("ix_batch_source", "batch", ["source"])
    op.create_index("ix_file_received_at", "file", ["received_at"])
    op.create_index("ix_file_for_document_id", "file", ["for_document_id"])
    op.create_index("ix_document_use", "document", ["form", "edition", "created_at"])
    op.create_index("ix_registry_record_use", "registry_record", ["form", "edition"])
    op.create_index("ix_rating_official", "rating", ["official"])
    op.create_index("ix_assignment_document_id", "assignment", ["document_id"])
