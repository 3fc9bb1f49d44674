"""Alembic's entry point: always runs on the connection that `upgrade` was given."""

from alembic import context
from sqlmodel import SQLModel

import storage.migrations.tables  # noqa: F401 -- fills the metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
