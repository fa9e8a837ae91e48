"""The tables of the local state, in one place.

Times are ISO text in UTC with microseconds and a trailing Z (sortable, the same on every database); money and values
are text too, so that no driver ever makes a float of them. Parameters and raw answers are JSON text. Alembic's
revisions in `store/migrations/` create exactly this; a test compares both. Small tables keyed by text are stored in the
order of that key (`sqlite_with_rowid=False`), so that reading them in its order costs no look-up a row.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


_WHOLE: Final = Integer().with_variant(BigInteger(), "postgresql")
"""64 bits everywhere: what a hub says of a quantity is not ours to bound."""


def _text(name: str, *, primary_key: bool = False, nullable: bool = True) -> Column[str]:
    return Column(name, Text, primary_key=primary_key, nullable=nullable)


fact = Table(
    "fact",
    metadata,
    _text("key", primary_key=True, nullable=False),
    _text("value", nullable=False),
    sqlite_with_rowid=False,
)
"""Single remembered facts: cursors, first-run decisions, last successes."""

# --- stock and price

erp_item = Table(
    "erp_item",
    metadata,
    _text("erp_code", primary_key=True, nullable=False),
    _text("balance"),
    _text("price"),
    _text("promo_price"),
    _text("promo_from"),
    _text("promo_until"),
    _text("name"),
    _text("ean"),
    _text("as_of", nullable=False),
    Index("ix_erp_item_ean", "ean"),
    sqlite_with_rowid=False,
)
"""The last applied ERP row by code, raw (the first eight columns are `catalogue.RawRow`); `as_of`: its last change."""

reading = Table(
    "reading",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("as_of", nullable=False),
    _text("read_at", nullable=False),
    Column("full", Boolean, nullable=False),
    _text("digest", nullable=False),
    _text("source", nullable=False),
    Column("row_count", _WHOLE, nullable=False),
    _text("outcome", nullable=False),  # applied | held | released | discarded | refused
    _text("error_code"),
    _text("error_params"),
)

hub_product = Table(
    "hub_product",
    metadata,
    _text("sku", primary_key=True, nullable=False),
    _text("product_id", nullable=False),
    _text("name", nullable=False),
    _text("ean", nullable=False),
    _text("parent_sku"),
    Column("quantity", _WHOLE),
    _text("price"),
    _text("special_price"),
    Column("reserved", _WHOLE),
    Column("has_price_table", Boolean, nullable=False),
    Column("has_stock_table", Boolean, nullable=False),
    _text("read_at", nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("brand", Text, server_default=text("''"), nullable=False),
    Index("ix_hub_product_ean", "ean"),
    sqlite_with_rowid=False,
)
"""The hub's catalogue as last read. The values here are what the hub showed then; `sku_value` is what it confirmed."""

mapping = Table(
    "mapping",
    metadata,
    _text("sku", primary_key=True, nullable=False),
    Column("position", _WHOLE, primary_key=True, nullable=False),
    _text("erp_code", nullable=False),
    Column("units", _WHOLE, nullable=False),
    _text("origin", nullable=False),
    _text("updated_at", nullable=False),
    Column("version", _WHOLE, nullable=False),
    Column("updated_by", Text, server_default=text("''"), nullable=False),
    Index("ix_mapping_erp_code", "erp_code"),
    sqlite_with_rowid=False,
)

kept_unmapped = Table(
    "kept_unmapped", metadata, _text("sku", primary_key=True, nullable=False), sqlite_with_rowid=False
)
"""SKUs whose De/Para a person took away: equal codes don't bring it back by themselves."""

sku_rule = Table(
    "sku_rule",
    metadata,
    _text("sku", primary_key=True, nullable=False),
    _text("rule", nullable=False),  # JSON of domain.rules.SkuRule
    _text("updated_at", nullable=False),
    Column("version", _WHOLE, server_default=text("0"), nullable=False),
    Column("updated_by", Text, server_default=text("''"), nullable=False),
    sqlite_with_rowid=False,
)

sku_value = Table(
    "sku_value",
    metadata,
    _text("sku", primary_key=True, nullable=False),
    _text("kind", primary_key=True, nullable=False),  # stock | price
    _text("confirmed"),  # domain.plan value text: "12" or "49.90/39.90"
    _text("confirmed_at"),
    _text("doubt"),  # value of a PUT whose answer we don't have
    _text("doubt_at"),
    _text("doubt_before"),  # an older doubt: the newer PUT's "surely no effect" says nothing about it
    _text("next_change"),  # when the desired value changes by time alone (a promotion's edge)
    Column("lease", _WHOLE, server_default=text("0"), nullable=False),  # the lease that last began a send of it
    Index("ix_sku_value_next_change", "next_change"),
    sqlite_with_rowid=False,
)

push = Table(
    "push",
    metadata,
    _text("sku", primary_key=True, nullable=False),
    _text("kind", primary_key=True, nullable=False),
    _text("value", nullable=False),
    _text("previous"),
    _text("reason", nullable=False),
    _text("basis", nullable=False),  # JSON: the ERP's raw values, the rule and the numbers behind the value
    _text("state", nullable=False),  # due | held | discarded | stopped
    Column("plan_id", _WHOLE, ForeignKey("held_plan.id")),
    Column("priority", _WHOLE, nullable=False),
    Column("attempts", _WHOLE, nullable=False),
    _text("due_at", nullable=False),
    _text("error_code"),
    _text("error_params"),
    _text("raw"),
    _text("created_at", nullable=False),
    Index("ix_push_state_due_at_kind", "state", "due_at", "kind"),
    Index("ix_push_state_priority_created_at_sku_kind", "state", "priority", "created_at", "sku", "kind"),
    Index("ix_push_plan_id_state_sku_kind", "plan_id", "state", "sku", "kind"),
)
"""The outbox of values: latest wins, one row a SKU and kind. A due row with a plan was released by a person."""

held_plan = Table(
    "held_plan",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("guard", nullable=False),  # G-…: key into the words
    _text("params", nullable=False),
    _text("state", nullable=False),  # open | released | discarded | superseded
    _text("created_at", nullable=False),
    _text("decided_at"),
    _text("decided_by"),
    Column("reading_id", _WHOLE),
    sqlite_autoincrement=True,  # a number that a person has read out is never given again
)

sent_value = Table(
    "sent_value",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("sku", nullable=False),
    _text("kind", nullable=False),
    _text("value", nullable=False),
    _text("previous"),
    _text("reason", nullable=False),
    _text("basis", nullable=False),
    _text("at", nullable=False),
    _text("answer", nullable=False),  # confirmed | unchanged | error code
    Column("lease", _WHOLE, server_default=text("0"), nullable=False),
    Index("ix_sent_value_sku_at", "sku", "at"),
    Index("ix_sent_value_at", "at", "kind"),
)
"""Audit: every value ever sent, kept for `retention_days`."""

taken_back = Table(
    "taken_back",
    metadata,
    _text("sku", primary_key=True, nullable=False),
    _text("kind", primary_key=True, nullable=False),
    _text("value", nullable=False),
    _text("instead", nullable=False),
    _text("at", nullable=False),
    sqlite_with_rowid=False,
)
"""What a person took back: while the computed value is still `value`, `instead` is what the hub is to show."""

dirty = Table(
    "dirty",
    metadata,
    _text("kind", primary_key=True, nullable=False),  # sku | code | all
    _text("key", primary_key=True, nullable=False),
    Column("mark", _WHOLE, nullable=False),  # grows with every mark, so that a newer one outlives an older plan
    sqlite_with_rowid=False,
)
"""SKUs and ERP codes whose desired values must be computed anew, although the ERP's row didn't change."""

commitment = Table(
    "commitment",
    metadata,
    _text("erp_code", primary_key=True, nullable=False),
    Column("units", _WHOLE, nullable=False),
    sqlite_with_rowid=False,
)
"""Units committed per ERP code as last applied to the desired values."""

# --- orders, invoices, tracking

orders = Table(
    "orders",
    metadata,
    _text("hub_id", primary_key=True, nullable=False),
    _text("original_id", nullable=False),
    _text("channel", nullable=False),
    _text("channel_account", nullable=False),
    _text("hub_status", nullable=False),
    _text("sub_status", nullable=False),
    _text("delivery_type", nullable=False),
    _text("stage", nullable=False),
    _text("stage_at", nullable=False),
    _text("buyer_name", nullable=False),
    _text("buyer_document", nullable=False),
    _text("total"),
    _text("created"),
    _text("approved"),
    _text("expected_send"),
    _text("seen_at", nullable=False),
    _text("read_at", nullable=False),
    _text("imported_at"),
    _text("booked_at"),
    _text("erp_ref"),
    Column("attempts", _WHOLE, nullable=False),
    _text("due_at", nullable=False),
    _text("error_code"),  # why it waits (O-501 unmapped SKU, O-502 masked buyer …) or what went wrong
    _text("error_params"),
    _text("error_raw"),
    Column("cancel_open", Boolean, nullable=False),
    _text("buyer_search", nullable=False),  # names of buyer and receiver as domain.text.fold writes them
    _text("data", nullable=False),  # JSON of domain.orders.Order without `raw`
    _text("raw", nullable=False),  # the hub's JSON as it came
    Column("hub_code", Text, server_default=text("''"), nullable=False),  # the first code that its shipments have there
    Column("lease", _WHOLE, server_default=text("0"), nullable=False),  # the lease that last began a send of it
    Index("ix_orders_stage_due_at", "stage", "due_at"),
    Index("ix_orders_stage_read_at_hub_id", "stage", "read_at", "hub_id"),
    Index("ix_orders_stage_hub_id", "stage", "hub_id"),
    # Nothing of PostgreSQL is said here: it would load that whole dialect; the revisions say it.
    Index("ix_orders_cancel_open", "hub_id", sqlite_where=text("cancel_open IS 1")),
    Index("ix_orders_booked_at", "booked_at"),
    Index("ix_orders_buyer_document", "buyer_document"),
    Index("ix_orders_original_id", "original_id"),
    Index("ix_orders_seen_at", "seen_at"),
    Index("ix_orders_hub_code", "hub_code"),
    Index("ix_orders_imported_at", "imported_at"),
    Index("ix_orders_buyer_search", "buyer_search", "hub_id"),
)

order_item = Table(
    "order_item",
    metadata,
    Column("hub_id", Text, ForeignKey("orders.hub_id"), primary_key=True, nullable=False),
    Column("line", _WHOLE, primary_key=True, nullable=False),
    _text("sku", nullable=False),
    _text("name", nullable=False),
    Column("quantity", _WHOLE, nullable=False),
    _text("price"),
    Index("ix_order_item_sku", "sku"),
)

order_event = Table(
    "order_event",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("hub_id", nullable=False),
    _text("at", nullable=False),
    _text("code", nullable=False),
    _text("params", nullable=False),
    Index("ix_order_event_hub_id", "hub_id"),
)

forgotten_order = Table(
    "forgotten_order",
    metadata,
    _text("hub_id", primary_key=True, nullable=False),
    _text("stage", nullable=False),
    sqlite_with_rowid=False,
)
"""Ids of pruned orders, so that once stays once."""

invoice = Table(
    "invoice",
    metadata,
    _text("key", primary_key=True, nullable=False),
    _text("number", nullable=False),
    _text("serie", nullable=False),
    _text("issued"),
    _text("issued_date", nullable=False),
    _text("cnpj", nullable=False),
    _text("total"),
    _text("state", nullable=False),
    _text("hub_id"),
    _text("shipment_id"),
    _text("matched_by"),
    _text("record", nullable=False),  # JSON of domain.invoice.InvoiceRecord
    _text("source", nullable=False),
    _text("found_at", nullable=False),
    _text("sent_at"),
    _text("confirmed_at"),
    Column("attempts", _WHOLE, nullable=False),
    _text("due_at", nullable=False),
    _text("error_code"),
    _text("error_params"),
    _text("error_raw"),
    Column("lease", _WHOLE, server_default=text("0"), nullable=False),  # the lease that last began a send of it
    Index("ix_invoice_state_due_at", "state", "due_at"),
    Index("ix_invoice_hub_id", "hub_id"),
    Index("ix_invoice_found_at", "found_at"),
    Index("ix_invoice_number", "number"),
    Index("ix_invoice_sent_at", "sent_at"),
)

tracking = Table(
    "tracking",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("hub_id", nullable=False),
    _text("shipment_id"),
    Column("volume", _WHOLE, nullable=False),
    _text("code", nullable=False),
    _text("carrier", nullable=False),
    _text("method", nullable=False),
    _text("url", nullable=False),
    _text("state", nullable=False),
    _text("warnings", nullable=False),
    _text("typed_at", nullable=False),
    _text("sent_at"),
    _text("confirmed_at"),
    Column("attempts", _WHOLE, nullable=False),
    _text("due_at", nullable=False),
    _text("error_code"),
    _text("error_params"),
    _text("error_raw"),
    Column("lease", _WHOLE, server_default=text("0"), nullable=False),  # the lease that last began a send of it
    Column("typed_by", Text, server_default=text("''"), nullable=False),
    Index("ix_tracking_state_due_at", "state", "due_at"),
    Index("ix_tracking_hub_id", "hub_id"),
    Index("ix_tracking_code", "code"),
    Index("ix_tracking_typed_at", "typed_at"),
    Index("ix_tracking_sent_at", "sent_at"),
    sqlite_autoincrement=True,  # a late answer for a removed code must not meet another one
)

carrier = Table(
    "carrier",
    metadata,
    _text("name", primary_key=True, nullable=False),
    _text("url_template", nullable=False),
    _text("default_method", nullable=False),
)

# --- runs and problems

problem = Table(
    "problem",
    metadata,
    _text("flow", primary_key=True, nullable=False),
    _text("item", primary_key=True, nullable=False),
    _text("code", nullable=False),
    _text("params", nullable=False),
    _text("raw", nullable=False),
    _text("since", nullable=False),
    _text("last_seen", nullable=False),
    Column("times", _WHOLE, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("flow", nullable=False),
    _text("started_at", nullable=False),
    _text("ended_at"),
    _text("outcome", nullable=False),  # running | ok | failed | skipped
    _text("code"),
    _text("params"),
    _text("counts", nullable=False),
    Index("ix_run_flow_started_at", "flow", "started_at"),
)
"""Ledger of runs that did something or failed, and of runs that didn't happen, with the reason."""

# --- more than one desk (see resources/desks.md)

lease = Table(
    "lease",
    metadata,
    _text("name", primary_key=True, nullable=False),
    Column("number", _WHOLE, nullable=False),  # grows with every leader; what an older one would write is refused
    _text("desk", nullable=False),
    _text("person", nullable=False),
    Column("backend", _WHOLE, nullable=False),  # the server's process of the leader's session
    _text("beat_at", nullable=False),  # by the server's clock
    sqlite_with_rowid=False,
)
"""Who runs the timers: one row, "engine"."""

desk = Table(
    "desk",
    metadata,
    _text("id", primary_key=True, nullable=False),
    _text("name", nullable=False),
    _text("person", nullable=False),
    _text("version", nullable=False),  # of the program
    _text("seen_at", nullable=False),  # by the server's clock
    sqlite_with_rowid=False,
)

open_item = Table(
    "open_item",
    metadata,
    _text("desk", primary_key=True, nullable=False),
    _text("place", primary_key=True, nullable=False),  # mapping | tracking | orders
    _text("item", primary_key=True, nullable=False),
    _text("person", nullable=False),
    _text("at", nullable=False),  # by the server's clock; an old one says nothing any more
    sqlite_with_rowid=False,
)
"""What somebody has open just now."""

kept_code = Table(
    "kept_code",
    metadata,
    _text("id", primary_key=True, nullable=False),
    _text("at", nullable=False),
    sqlite_with_rowid=False,
)
"""Codes typed away from the server that have come up, by the id that the desk gave them: each once."""

shared_setting = Table(
    "shared_setting",
    metadata,
    _text("name", primary_key=True, nullable=False),
    _text("value", nullable=False),
    Column("version", _WHOLE, nullable=False),
    _text("updated_at", nullable=False),
    _text("updated_by", nullable=False),
    sqlite_with_rowid=False,
)

act = Table(
    "act",
    metadata,
    Column("id", _WHOLE, primary_key=True),
    _text("at", nullable=False),
    _text("desk", nullable=False),
    _text("person", nullable=False),
    _text("what", nullable=False),  # a phrase of the words, act.…
    _text("item", nullable=False),
    _text("params", nullable=False),
    Index("ix_act_item_at", "item", "at"),
    Index("ix_act_at", "at"),
)
"""Who did what."""
