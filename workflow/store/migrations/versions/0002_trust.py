"""Keep scanners, answers drawn for a look, and learned thresholds."""

import sqlalchemy as sa
from alembic import op

from workflow.store.migrations.append_only import guard_tables

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Keep scanners, answers drawn for a look, and learned thresholds."""
    op.create_table(
        "threshold_set",
        sa.Column("id", KEY, nullable=False),
        sa.Column("learned_at", INSTANT, nullable=False),
        sa.Column("learned_by", sa.String(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold_set")),
    )
    op.create_table(
        "enforcement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("set_id", KEY, nullable=True),
        sa.Column("enforced_at", INSTANT, nullable=False),
        sa.Column("enforced_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["threshold_set.id"], name=op.f("fk_enforcement_set_id_threshold_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement")),
    )
    op.create_table(
        "threshold",
        sa.Column("id", KEY, nullable=False),
        sa.Column("set_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("scanner", sa.String(), nullable=True),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("accept_above", sa.Double(), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("n", KEY, nullable=False),
        sa.Column("errors", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["threshold_set.id"], name=op.f("fk_threshold_set_id_threshold_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold")),
    )
    op.create_index(op.f("ix_threshold_set_id"), "threshold", ["set_id"], unique=False)
    # A column that may be empty or has a default is added in place: SQLite copies no table,
    # and the triggers of `reading` stay.
    op.add_column("file", sa.Column("scanner", sa.String(), nullable=True))
    op.add_column(
        "reading", sa.Column("drawn", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    guard_tables("threshold_set", "threshold", "enforcement")
