"""Run by Alembic: in the transaction of whoever called, or to compare tables with models."""

from alembic import context

from workflow.store.migrations.write import render_type
from workflow.store.models.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=render_type,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
