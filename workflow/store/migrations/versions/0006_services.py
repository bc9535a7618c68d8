"""Keep which registers have a service, and about whom a service gave no answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workflow.store.migrations.append_only import guard_tables

revision = "0006_services"
down_revision = "0005_memberships"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Keep which registers have a service, and about whom a service gave no answer."""
    op.create_table(
        "register_services",
        sa.Column("id", KEY, nullable=False),
        sa.Column("registers", JSON, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_services")),
    )
    # In place, as for `finding`: the triggers of the table stay.
    op.add_column(
        "register_unreached", sa.Column("people", JSON, server_default="[]", nullable=False)
    )
    guard_tables("register_services")
