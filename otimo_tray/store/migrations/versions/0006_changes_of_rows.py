"""On a server: rows that were written carry a number, deletions leave one, and listeners are woken.

One sequence for the schema and one writer at a time: numbers grow in the order of the commits, so that whoever has
seen all up to one number finds everything newer above it. A SQLite file has one process and needs none of it.
"""

from __future__ import annotations

from alembic import op

from otimo_tray.store.shared.objects import create

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        create(connection)
