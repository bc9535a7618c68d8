"""Keep what is printed on papers of others, so that they can be found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Keep what is printed on papers of others, so that they can be found by it."""
    # A column that may be empty is added in place: SQLite copies no table.
    op.add_column("page", sa.Column("text", sa.String(), nullable=True))
