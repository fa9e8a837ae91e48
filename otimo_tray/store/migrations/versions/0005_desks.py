"""Several desks on one state: the lease, who is there, who has what open, who did what, and versions of rows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _added(name: str, kind: sa.Text | sa.Integer, default: str) -> sa.Column[Any]:
    return sa.Column(name, kind, server_default=sa.text(default), nullable=False)


def upgrade() -> None:
    op.add_column("mapping", _added("updated_by", sa.Text(), "''"))
    op.add_column("sku_rule", _added("version", sa.Integer(), "0"))
    op.add_column("sku_rule", _added("updated_by", sa.Text(), "''"))
    for table in ("sku_value", "sent_value", "orders", "invoice", "tracking"):
        op.add_column(table, _added("lease", sa.Integer(), "0"))
    op.add_column("tracking", _added("typed_by", sa.Text(), "''"))
    _table("lease", 1, _text("name"), _number("number"), _text("desk"), _text("person"), _number("backend"),
           _text("beat_at"))  # fmt: skip
    _table("desk", 1, _text("id"), _text("name"), _text("person"), _text("version"), _text("seen_at"))
    _table("open_item", 3, _text("desk"), _text("place"), _text("item"), _text("person"), _text("at"))
    _table("kept_code", 1, _text("id"), _text("at"))
    _table("shared_setting", 1, _text("name"), _text("value"), _number("version"), _text("updated_at"),
           _text("updated_by"))  # fmt: skip
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        *map(_text, ("at", "desk", "person", "what", "item", "params")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_index("ix_act_item_at", "act", ["item", "at"])
    op.create_index("ix_act_at", "act", ["at"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _table(name: str, keys: int, *columns: sa.Column[str] | sa.Column[int]) -> None:
    key = sa.PrimaryKeyConstraint(*(column.name for column in columns[:keys]), name=op.f(f"pk_{name}"))
    op.create_table(name, *columns, key, sqlite_with_rowid=False)
