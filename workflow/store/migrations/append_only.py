"""Tables whose rows are only ever added: the database itself refuses to change or delete one.

SQLite drops a table's triggers when a batch operation copies it: guard it again then.
"""

from alembic import op

_SQLITE = """
CREATE TRIGGER {table}_refuses_{change} BEFORE {change} ON "{table}"
BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def guard_tables(*tables: str) -> None:
    """Refuse UPDATE and DELETE, and TRUNCATE where there is one, on each table."""
    if op.get_bind().dialect.name == "sqlite":
        statements = [
            _SQLITE.format(table=table, change=change)
            for table in tables
            for change in ("UPDATE", "DELETE")
        ]
    else:
        statements = [_POSTGRES_FUNCTION, *(_POSTGRES.format(table=table) for table in tables)]
    for statement in statements:
        op.execute(statement)
