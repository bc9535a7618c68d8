"""Keep which people the entries of the registry name, those of before too."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from workflow.store.migrations.append_only import guard_tables

revision = "0005_memberships"
down_revision = "0004_registers"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MEMBER = re.compile(r"members\[\d+\]\.personal_number")
AT_ONCE = 500
FORMS = ("application", "family_declaration")

RECORDS = sa.table(
    "registry_record",
    sa.column("id", KEY),
    sa.column("case_id", KEY),
    sa.column("form", sa.String()),
    sa.column("values", sa.JSON()),
    sa.column("law_day", sa.Date()),
)


def upgrade() -> None:
    """Keep which people the entries of the registry name, those of before too."""
    memberships = op.create_table(
        "person_membership",
        sa.Column("id", KEY, nullable=False),
        sa.Column("personal_number", sa.String(), nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["registry_record.id"],
            name=op.f("fk_person_membership_record_id_registry_record"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["family_case.id"], name=op.f("fk_person_membership_case_id_family_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_membership")),
        sa.UniqueConstraint(
            "record_id",
            "personal_number",
            name=op.f("uq_person_membership_record_id_personal_number"),
        ),
    )
    for column in ("personal_number", "case_id"):
        op.create_index(op.f(f"ix_person_membership_{column}"), "person_membership", [column])
    for records in _read_records():
        op.bulk_insert(memberships, [row for record in records for row in _list_rows(record)])
    guard_tables("person_membership")


def _read_records() -> Iterator[list[dict[str, Any]]]:
    """The entries of families, a few hundred at a time."""
    newest = 0
    query = sa.select(RECORDS).where(RECORDS.c.form.in_(FORMS), RECORDS.c.case_id.is_not(None))
    while True:
        following = query.where(RECORDS.c.id > newest).order_by(RECORDS.c.id).limit(AT_ONCE)
        records = [dict(row) for row in op.get_bind().execute(following).mappings()]
        if not records:
            return
        yield records
        newest = records[-1]["id"]


def _list_rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One row for each person whom an entry names."""
    named = (value for field, value in record["values"].items() if MEMBER.fullmatch(field))
    for number in dict.fromkeys(value for value in named if isinstance(value, str) and value):
        yield {
            "personal_number": number,
            "record_id": record["id"],
            "case_id": record["case_id"],
            "form": record["form"],
            "since": record["law_day"],
        }
