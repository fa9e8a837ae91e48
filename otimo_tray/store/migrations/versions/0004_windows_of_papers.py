"""What the windows of orders and codes look things up by: the hub's own code, names, and times of success."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("hub_code", sa.Text(), server_default=sa.text("''"), nullable=False))
    if op.get_bind().dialect.name == "sqlite":  # a schema on a server is made whole: there are no older orders in it
        op.execute(
            "UPDATE orders SET hub_code = coalesce((SELECT s.value->>'$.track_code' FROM json_each(data, '$.shipments')"
            " s WHERE coalesce(s.value->>'$.track_code', '') <> '' ORDER BY s.key LIMIT 1), '')"
        )
    op.create_index("ix_orders_hub_code", "orders", ["hub_code"])
    op.create_index("ix_orders_imported_at", "orders", ["imported_at"])
    op.create_index("ix_orders_buyer_search", "orders", ["buyer_search", "hub_id"])
    op.create_index("ix_invoice_sent_at", "invoice", ["sent_at"])
    op.create_index("ix_tracking_typed_at", "tracking", ["typed_at"])
    op.create_index("ix_tracking_sent_at", "tracking", ["sent_at"])
    op.drop_index("ix_sent_value_at", table_name="sent_value")
    op.create_index("ix_sent_value_at", "sent_value", ["at", "kind"])
