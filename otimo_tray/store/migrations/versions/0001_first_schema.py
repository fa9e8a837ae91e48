"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_values()
    _create_orders()
    _create_shipping()
    _create_ledgers()


def _create_values() -> None:
    """Stock and price."""
    op.create_table(
        "erp_item",
        sa.Column("erp_code", sa.Text(), nullable=False),
        sa.Column("balance", sa.Text(), nullable=True),
        sa.Column("price", sa.Text(), nullable=True),
        sa.Column("promo_price", sa.Text(), nullable=True),
        sa.Column("promo_from", sa.Text(), nullable=True),
        sa.Column("promo_until", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("ean", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("erp_code", name=op.f("pk_erp_item")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_erp_item_ean", "erp_item", ["ean"])
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_params", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_table(
        "hub_product",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ean", sa.Text(), nullable=False),
        sa.Column("parent_sku", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("price", sa.Text(), nullable=True),
        sa.Column("special_price", sa.Text(), nullable=True),
        sa.Column("reserved", sa.Integer(), nullable=True),
        sa.Column("has_price_table", sa.Boolean(), nullable=False),
        sa.Column("has_stock_table", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_hub_product")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hub_product_ean", "hub_product", ["ean"])
    op.create_table(
        "mapping",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("erp_code", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sku", "position", name=op.f("pk_mapping")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mapping_erp_code", "mapping", ["erp_code"])
    op.create_table(
        "kept_unmapped",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_kept_unmapped")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sku_rule",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_sku_rule")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sku_value",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("doubt_at", sa.Text(), nullable=True),
        sa.Column("doubt_before", sa.Text(), nullable=True),
        sa.Column("next_change", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sku", "kind", name=op.f("pk_sku_value")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sku_value_next_change", "sku_value", ["next_change"])
    op.create_table(
        "held_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guard", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_plan")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "push",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_params", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["held_plan.id"], name=op.f("fk_push_plan_id")),
        sa.PrimaryKeyConstraint("sku", "kind", name=op.f("pk_push")),
    )
    op.create_index("ix_push_plan_id_state_sku_kind", "push", ["plan_id", "state", "sku", "kind"])
    op.create_index("ix_push_state_due_at_kind", "push", ["state", "due_at", "kind"])
    op.create_index(
        "ix_push_state_priority_created_at_sku_kind", "push", ["state", "priority", "created_at", "sku", "kind"]
    )
    op.create_table(
        "sent_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_value")),
    )
    op.create_index("ix_sent_value_at", "sent_value", ["at"])
    op.create_index("ix_sent_value_sku_at", "sent_value", ["sku", "at"])
    op.create_table(
        "dirty",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_dirty")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "commitment",
        sa.Column("erp_code", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("erp_code", name=op.f("pk_commitment")),
        sqlite_with_rowid=False,
    )


def _create_orders() -> None:
    """The order ledger."""
    op.create_table(
        "orders",
        sa.Column("hub_id", sa.Text(), nullable=False),
        sa.Column("original_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("channel_account", sa.Text(), nullable=False),
        sa.Column("hub_status", sa.Text(), nullable=False),
        sa.Column("sub_status", sa.Text(), nullable=False),
        sa.Column("delivery_type", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("stage_at", sa.Text(), nullable=False),
        sa.Column("buyer_name", sa.Text(), nullable=False),
        sa.Column("buyer_document", sa.Text(), nullable=False),
        sa.Column("total", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=True),
        sa.Column("approved", sa.Text(), nullable=True),
        sa.Column("expected_send", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=True),
        sa.Column("booked_at", sa.Text(), nullable=True),
        sa.Column("erp_ref", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_params", sa.Text(), nullable=True),
        sa.Column("error_raw", sa.Text(), nullable=True),
        sa.Column("cancel_open", sa.Boolean(), nullable=False),
        sa.Column("buyer_search", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hub_id", name=op.f("pk_orders")),
    )
    op.create_index("ix_orders_booked_at", "orders", ["booked_at"])
    op.create_index("ix_orders_buyer_document", "orders", ["buyer_document"])
    op.create_index(
        "ix_orders_cancel_open",
        "orders",
        ["hub_id"],
        sqlite_where=sa.text("cancel_open IS 1"),
        postgresql_where=sa.text("cancel_open"),
    )
    op.create_index("ix_orders_original_id", "orders", ["original_id"])
    op.create_index("ix_orders_seen_at", "orders", ["seen_at"])
    op.create_index("ix_orders_stage_due_at", "orders", ["stage", "due_at"])
    op.create_index("ix_orders_stage_hub_id", "orders", ["stage", "hub_id"])
    op.create_index("ix_orders_stage_read_at_hub_id", "orders", ["stage", "read_at", "hub_id"])
    op.create_table(
        "order_item",
        sa.Column("hub_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["hub_id"], ["orders.hub_id"], name=op.f("fk_order_item_hub_id")),
        sa.PrimaryKeyConstraint("hub_id", "line", name=op.f("pk_order_item")),
    )
    op.create_index("ix_order_item_sku", "order_item", ["sku"])
    op.create_table(
        "order_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_event")),
    )
    op.create_index("ix_order_event_hub_id", "order_event", ["hub_id"])
    op.create_table(
        "forgotten_order",
        sa.Column("hub_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hub_id", name=op.f("pk_forgotten_order")),
        sqlite_with_rowid=False,
    )


def _create_shipping() -> None:
    """Invoices and tracking codes."""
    op.create_table(
        "invoice",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("serie", sa.Text(), nullable=False),
        sa.Column("issued", sa.Text(), nullable=True),
        sa.Column("issued_date", sa.Text(), nullable=False),
        sa.Column("cnpj", sa.Text(), nullable=False),
        sa.Column("total", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("hub_id", sa.Text(), nullable=True),
        sa.Column("shipment_id", sa.Text(), nullable=True),
        sa.Column("matched_by", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_params", sa.Text(), nullable=True),
        sa.Column("error_raw", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_invoice")),
    )
    op.create_index("ix_invoice_found_at", "invoice", ["found_at"])
    op.create_index("ix_invoice_hub_id", "invoice", ["hub_id"])
    op.create_index("ix_invoice_number", "invoice", ["number"])
    op.create_index("ix_invoice_state_due_at", "invoice", ["state", "due_at"])
    op.create_table(
        "tracking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Text(), nullable=False),
        sa.Column("shipment_id", sa.Text(), nullable=True),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("typed_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_params", sa.Text(), nullable=True),
        sa.Column("error_raw", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tracking_code", "tracking", ["code"])
    op.create_index("ix_tracking_hub_id", "tracking", ["hub_id"])
    op.create_index("ix_tracking_state_due_at", "tracking", ["state", "due_at"])
    op.create_table(
        "carrier",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url_template", sa.Text(), nullable=False),
        sa.Column("default_method", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_carrier")),
    )


def _create_ledgers() -> None:
    """Facts, problems, runs."""
    op.create_table(
        "fact",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fact")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "problem",
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("flow", "item", name=op.f("pk_problem")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("params", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_flow_started_at", "run", ["flow", "started_at"])


def downgrade() -> None:
    """There is no way back: an older program refuses a newer database (L-321), the daily copy is the way."""
    raise NotImplementedError
