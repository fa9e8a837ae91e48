"""The brand of the hub's products, for rules by brand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hub_product", sa.Column("brand", sa.Text(), server_default=sa.text("''"), nullable=False))
