"""Tables of the first edition: files, versions of documents, and what is said of them."""

import sqlalchemy as sa
from alembic import op

from workflow.store.migrations.first.types import INSTANT, JSON, KEY


def make_tables() -> None:
    """Make them, in the order in which they name each other."""
    op.create_table(
        "user_role",
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("role_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_user_role_role_id_role")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_role_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_user_role")),
    )
    op.create_table(
        "file",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("repeat_of_id", KEY, nullable=True),
        sa.Column("for_document_id", KEY, nullable=True),
        sa.Column("fault_code", sa.String(), nullable=True),
        sa.Column("fault_detail", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_file_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["for_document_id"], ["document.id"], name=op.f("fk_file_for_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["repeat_of_id"], ["file.id"], name=op.f("fk_file_repeat_of_id_file")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["original.sha256"], name=op.f("fk_file_sha256_original")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_file_sha256", ["sha256"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("law_day", sa.Date(), nullable=True),
        sa.Column("law_edition", sa.String(), nullable=True),
        sa.Column("case_code", sa.String(), nullable=True),
        sa.Column("doubts", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_version_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_version_document_id_number")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("parameters", JSON, nullable=False),
        sa.Column("acknowledged_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_acknowledgement_user_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_acknowledgement_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index("ix_acknowledgement_version", ["version_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("consequence", sa.String(), nullable=False),
        sa.Column("parameters", JSON, nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_finding_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index("ix_finding_version_run", ["version_id", "run"], unique=False)

    op.create_table(
        "overruling",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("consequence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("newest_value_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("overruled_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_overruling_user_id_user")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_overruling_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overruling")),
    )
    with op.batch_alter_table("overruling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overruling_version_id"), ["version_id"], unique=False)

    op.create_table(
        "page",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", KEY, nullable=False),
        sa.Column("index", KEY, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("page", KEY, nullable=True),
        sa.Column("sheet", KEY, nullable=True),
        sa.Column("serial", KEY, nullable=False),
        sa.Column("quality", JSON, nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.Column("width_px", KEY, nullable=True),
        sa.Column("height_px", KEY, nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_page_file_id_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("file_id", "index", name=op.f("uq_page_file_id_index")),
    )
