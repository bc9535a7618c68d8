"""Keep extracts and answers of registers, and with each finding the answers it rests on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workflow.store.migrations.append_only import guard_tables

revision = "0004_registers"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Keep extracts and answers of registers, and with each finding the answers it rests on."""
    op.create_table(
        "register_edition",
        sa.Column("id", KEY, nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", KEY, nullable=False),
        sa.Column("skipped", KEY, nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_edition")),
        sa.UniqueConstraint("register", "number", name=op.f("uq_register_edition_register_number")),
        sa.UniqueConstraint("register", "sha256", name=op.f("uq_register_edition_register_sha256")),
    )
    op.create_table(
        "register_row",
        sa.Column("edition_id", KEY, nullable=False),
        sa.Column("personal_number", sa.String(), nullable=False),
        sa.Column("line", KEY, nullable=False),
        sa.Column("entry", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["register_edition.id"],
            name=op.f("fk_register_row_edition_id_register_edition"),
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "personal_number", "line", name=op.f("pk_register_row")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_answer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("personal_number", sa.String(), nullable=False),
        sa.Column("entries", JSON, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_answer")),
    )
    op.create_index("ix_register_answer_person", "register_answer", ["personal_number", "register"])
    op.create_table(
        "register_unreached",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("given_up_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_register_unreached_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_unreached")),
    )
    op.create_index(op.f("ix_register_unreached_version_id"), "register_unreached", ["version_id"])
    # A column with a default is added in place: SQLite copies no table, and the triggers
    # of `finding` stay.
    op.add_column("finding", sa.Column("evidence", JSON, server_default="[]", nullable=False))
    guard_tables("register_edition", "register_row", "register_answer", "register_unreached")
