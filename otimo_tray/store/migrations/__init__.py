"""Alembic revisions of the state database; run by `store.migrate`."""
