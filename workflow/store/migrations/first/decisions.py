"""Tables of the first edition: the registry, ratings, values, assignments."""

import sqlalchemy as sa
from alembic import op

from workflow.store.migrations.first.types import INSTANT, JSON, KEY


def make_tables() -> None:
    """Make them, in the order in which they name each other."""
    op.create_table(
        "registry_record",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("law_day", sa.Date(), nullable=False),
        sa.Column("law_edition", sa.String(), nullable=False),
        sa.Column("authorised_by", sa.String(), nullable=False),
        sa.Column("authorised_at", INSTANT, nullable=False),
        sa.Column("archive_place", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["family_case.id"], name=op.f("fk_registry_record_case_id_family_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_registry_record_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_registry_record_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_record")),
        sa.UniqueConstraint("version_id", name=op.f("uq_registry_record_version_id")),
    )
    with op.batch_alter_table("registry_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_record_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_record_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "rating",
        sa.Column("id", KEY, nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("pack_checksum", sa.String(), nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("score", KEY, nullable=False),
        sa.Column("limit", KEY, nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("law_day", sa.Date(), nullable=False),
        sa.Column("rated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["family_case.id"], name=op.f("fk_rating_case_id_family_case")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["registry_record.id"], name=op.f("fk_rating_record_id_registry_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "record_id", "pack_checksum", name=op.f("uq_rating_record_id_pack_checksum")
        ),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_case_id"), ["case_id"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("region_px", JSON, nullable=False),
        sa.Column("marks", JSON, nullable=False),
        sa.Column("correction", JSON, nullable=True),
        sa.Column("candidates", JSON, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_reading_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("page_id", "field", name=op.f("uq_reading_page_id_field")),
    )
    op.create_table(
        "value",
        sa.Column("id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("entry", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_value_page_id_page")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_value_user_id_user")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_value_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value")),
    )
    with op.batch_alter_table("value", schema=None) as batch_op:
        batch_op.create_index("ix_value_page_field", ["page_id", "field"], unique=False)
        batch_op.create_index(batch_op.f("ix_value_version_id"), ["version_id"], unique=False)

    op.create_table(
        "version_page",
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("page_id", KEY, nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_version_page_page_id_page")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_page_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "page_id", name=op.f("pk_version_page")),
    )
    with op.batch_alter_table("version_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_page_page_id"), ["page_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("rating_id", KEY, nullable=False),
        sa.Column("print_id", KEY, nullable=False),
        sa.Column("document_id", KEY, nullable=True),
        sa.Column("visit_due", sa.Date(), nullable=True),
        sa.Column("decision_due", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["family_case.id"], name=op.f("fk_assignment_case_id_family_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_assignment_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["print_id"], ["issued_print.id"], name=op.f("fk_assignment_print_id_issued_print")
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["rating.id"], name=op.f("fk_assignment_rating_id_rating")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_assignment_rating_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_case_id"), ["case_id"], unique=False)
