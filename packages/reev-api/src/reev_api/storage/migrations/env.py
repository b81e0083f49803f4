"""Runs migrations on the connection that ``reev_api.storage`` hands in."""

from __future__ import annotations

from alembic import context

from reev_api.storage._tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
