"""Keep of an entry whether a register had offered it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_registered"
down_revision = "0006_services"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Keep of an entry whether a register had offered it."""
    op.add_column("value", sa.Column("registered", JSON, nullable=True))
