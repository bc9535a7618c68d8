"""All tables of the first edition; what changes later stands in the migrations that follow."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workflow.store.migrations.append_only import guard_tables

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make them, begin the trail, guard what is only ever added."""
    op.create_table(
        "audit_event",
        sa.Column("seq", KEY, autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.Column("law", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_subject", ["subject", "seq"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("seq", KEY, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", KEY, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "effect",
        sa.Column("id", KEY, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("input_hash", sa.String(), nullable=False),
        sa.Column("step_id", KEY, nullable=False),
        sa.Column("committed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
        sa.UniqueConstraint(
            "step", "subject", "input_hash", name=op.f("uq_effect_step_subject_input_hash")
        ),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("token", KEY, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_original")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", KEY, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("input_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("queued_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("error_detail", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "step", "subject", "input_hash", name=op.f("uq_outbox_step_subject_input_hash")
        ),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_state", ["state", "not_before", "id"], unique=False)
        batch_op.create_index("ix_outbox_subject", ["subject"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "unit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_table(
        "batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_batch_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "family_case",
        sa.Column("id", KEY, nullable=False),
        sa.Column("family_code", sa.String(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_family_case_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_case")),
        sa.UniqueConstraint("family_code", name=op.f("uq_family_case_family_code")),
    )
    with op.batch_alter_table("family_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_case_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", KEY, nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_user_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
        sa.UniqueConstraint("username", name=op.f("uq_user_username")),
    )
    op.create_table(
        "document",
        sa.Column("id", KEY, nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("serial", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", INSTANT, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revision", KEY, nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["family_case.id"], name=op.f("fk_document_case_id_family_case")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_document_serial", ["form", "edition", "serial"], unique=False)
        batch_op.create_index("ix_document_unit_state", ["unit_id", "state", "id"], unique=False)

    op.create_table(
        "issued_print",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=False),
        sa.Column("serial", KEY, nullable=False),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("printed_at", INSTANT, nullable=False),
        sa.Column("printed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["family_case.id"], name=op.f("fk_issued_print_case_id_family_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_print")),
        sa.UniqueConstraint(
            "form", "edition", "serial", name=op.f("uq_issued_print_form_edition_serial")
        ),
    )
    with op.batch_alter_table("issued_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_print_case_id"), ["case_id"], unique=False)

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
