"""Questions to the order ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select, union_all

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.text import fold
from otimo_tray.ports import Clock
from otimo_tray.store.codec import clean, maybe_time, time_text
from otimo_tray.store.dialect import among, begins, contains, given, keys_of, one_of, tuples
from otimo_tray.store.order_rows import ROWS, row_of
from otimo_tray.store.schema import forgotten_order, invoice, order_item, orders, tracking
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import OrderRow

_BLOCK: Final = 200
_BOOKED_WITHIN: Final = timedelta(days=7)
"""How long after its booking an order may still wait for a balance that lacks its units."""
COMMITTING_STAGES: Final = (
    OrderStage.PENDING,
    OrderStage.FIRST_RUN,
    OrderStage.SEEN,
    OrderStage.IMPORTING,
    OrderStage.IMPORTED,
    OrderStage.IN_ERP,
)
_c = orders.c
_KNOWN: Final = union_all(
    select(forgotten_order.c.hub_id, forgotten_order.c.stage).where(among(forgotten_order.c.hub_id)),
    select(_c.hub_id, _c.stage).where(among(_c.hub_id)),
)
_ONE: Final = ROWS.where(_c.hub_id == given("of_order"))
_of_stages = among(_c.stage, "stages")
_DUE: Final = (
    ROWS.where(_of_stages, _c.due_at <= given("now"))
    .order_by(func.coalesce(_c.approved, _c.seen_at), _c.hub_id)
    .limit(given("block"))
)
_NEXT: Final = (
    ROWS.add_columns(_c.hub_id)
    .where(_c.stage == given("stage"), _c.hub_id > given("last"))
    .order_by(_c.hub_id)
    .limit(_BLOCK)
)
_oldest = (
    select(_c.hub_id)
    .where(_of_stages, _c.read_at < given("before"))
    .order_by(_c.read_at, _c.hub_id)
    .limit(given("block"))
)
# The ids first, from the index alone: an order's row is long.
_OLDEST: Final = ROWS.where(_c.hub_id.in_(_oldest)).order_by(_c.read_at, _c.hub_id)
_WAITING: Final = (
    select(_c.hub_id)
    .distinct()
    .select_from(order_item.join(orders, _c.hub_id == order_item.c.hub_id))
    .where(among(order_item.c.sku), _c.stage == OrderStage.SEEN.value, _c.error_code.is_not(None))
    .order_by(_c.hub_id)
)
_line = (
    order_item.c.hub_id, order_item.c.sku, order_item.c.quantity, _c.stage, _c.imported_at, _c.booked_at,
)  # fmt: skip
_lines = (
    select(*_line)
    .select_from(orders.join(order_item, order_item.c.hub_id == _c.hub_id))
    .where(_c.delivery_type != "fulfillment")
)
_COMMITTED: Final = union_all(
    _lines.where(one_of(_c.stage, COMMITTING_STAGES)),
    _lines.where(
        _c.booked_at >= given("since"),
        # By the time of booking, not by stage: those stages hold months of orders.
        one_of(func.coalesce(_c.stage, ""), (OrderStage.INVOICED, OrderStage.TRACKED, OrderStage.CANCELLED)),
    ),
)
_CANCELLED: Final = ROWS.where(
    _c.booked_at >= given("since"),
    # By the time of booking, which few are at or after.
    func.coalesce(_c.stage, "") == OrderStage.CANCELLED.value,
    _c.imported_at.is_not(None),
)
_STAGES: Final = select(_c.stage, func.count()).group_by(_c.stage)
_ALERTS: Final = select(
    select(func.count())
    .where(_c.error_code.is_not(None), one_of(_c.stage, (OrderStage.SEEN, OrderStage.IMPORTING)))
    .scalar_subquery(),
    select(func.count()).where(_c.cancel_open.is_(True)).scalar_subquery(),
)
_BY_NUMBER: Final = ROWS.where(among(_c.original_id)).order_by(_c.seen_at, _c.hub_id)
_BY_DOCUMENT: Final = ROWS.where(_c.buyer_document == given("document")).order_by(_c.seen_at, _c.hub_id)
_text = given("text")
_FOUND_EXACTLY: Final = union_all(
    select(_c.hub_id).where(_c.hub_id == _text),
    select(_c.hub_id).where(_c.original_id == _text),
    select(_c.hub_id).where(_c.buyer_document == given("document")),
    select(invoice.c.hub_id).where(invoice.c.key == given("code")),
    select(invoice.c.hub_id).where(invoice.c.number == given("number")),
    select(tracking.c.hub_id).where(tracking.c.code == given("code"), tracking.c.state != "replaced"),
)
_newest = (func.coalesce(_c.approved, _c.seen_at).desc(), _c.hub_id)
_FIND: Final = ROWS.where(_c.hub_id.in_(_FOUND_EXACTLY)).order_by(*_newest).limit(given("block"))
_FIND_LOOSELY: Final = (
    ROWS.where(
        or_(
            contains(_c.buyer_search, "folded"),
            begins(_c.original_id, "text"),
        )
    )
    .order_by(*_newest)
    .limit(given("block"))
)


class OrderReads:
    """The asking half of `sync.storage.Orders`."""

    def __init__(self, database: StateDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def _rows(self, statement: Any, values: dict[str, object]) -> list[OrderRow]:
        with self._database.read() as connection:
            rows = tuples(connection, statement, values)
        return [row_of(row) for row in rows]

    def known(self, hub_ids: Sequence[str]) -> dict[str, OrderStage]:
        if not hub_ids:
            return {}
        with self._database.read() as connection:
            rows = tuples(connection, _KNOWN, {"keys": keys_of(hub_ids)})
        return {hub_id: OrderStage(stage) for hub_id, stage in rows}

    def get(self, hub_id: str) -> OrderRow | None:
        return next(iter(self._rows(_ONE, {"of_order": hub_id})), None)

    def due(self, stages: Sequence[OrderStage], now: datetime, limit: int) -> list[OrderRow]:
        """Those whose time has come, the sale approved first in front."""
        return self._rows(_DUE, {"stages": keys_of(stages), "now": time_text(now), "block": limit})

    def by_stage(self, stages: Sequence[OrderStage]) -> Iterator[OrderRow]:
        for stage in dict.fromkeys(stages):
            last: str | None = ""
            while last is not None:
                with self._database.read() as connection:
                    rows = tuples(connection, _NEXT, {"stage": str(stage), "last": last})
                last = rows[-1][-1] if rows else None
                for row in rows:
                    yield row_of(row)

    def oldest_read(self, stages: Sequence[OrderStage], before: datetime, limit: int) -> list[OrderRow]:
        return self._rows(_OLDEST, {"stages": keys_of(stages), "before": time_text(before), "block": limit})

    def cancelled_in_erp(self, booked_since: datetime) -> list[OrderRow]:
        return self._rows(_CANCELLED, {"since": time_text(booked_since)})

    def waiting_for_skus(self, skus: Sequence[str]) -> list[str]:
        if not skus:
            return []
        with self._database.read() as connection:
            return [row[0] for row in tuples(connection, _WAITING, {"keys": keys_of(skus)})]

    def find(self, text: str, limit: int = 50) -> list[OrderRow]:
        """As in the Protocol: what equals the text first of all; a part of a name or the beginning of a number only
        where nothing equals it."""
        wanted = clean(text.strip())
        if not wanted:
            return []
        code = "".join(wanted.split()).upper()
        plain = "".join(char for char in code if char.isalnum())
        number = plain.lstrip("0") if plain.isdigit() and len(plain) <= 9 else ""
        values: dict[str, object] = {
            "text": wanted, "document": plain, "code": code, "number": number, "block": limit,
        }  # fmt: skip
        found = self._rows(_FIND, values)
        if found or len(wanted) < 3:
            return found
        return self._rows(_FIND_LOOSELY, {"text": wanted, "folded": fold(wanted), "block": limit})

    def by_original_ids(self, ids: Sequence[str]) -> list[OrderRow]:
        return self._rows(_BY_NUMBER, {"keys": keys_of(ids)}) if ids else []

    def by_buyer_document(self, document: str) -> list[OrderRow]:
        """Orders of one CPF or CNPJ, written with or without points."""
        plain = "".join(char for char in document.upper() if char.isalnum())
        return self._rows(_BY_DOCUMENT, {"document": plain}) if plain else []

    def committed_lines(self) -> list[tuple[str, str, int, OrderStage, datetime | None, datetime | None]]:
        since = time_text(self._clock.now() - _BOOKED_WITHIN)
        with self._database.read() as connection:
            rows = tuples(connection, _COMMITTED, {"since": since})
        return [
            (hub_id, sku, quantity, OrderStage(stage), maybe_time(imported), maybe_time(booked))
            for hub_id, sku, quantity, stage, imported, booked in rows
        ]

    def counts(self) -> dict[str, int]:
        with self._database.read() as connection:
            counts: dict[str, int] = dict(tuples(connection, _STAGES))
            waiting, cancelled = tuples(connection, _ALERTS)[0]
        return {**counts, "waiting": waiting, "cancel_open": cancelled}
