"""Builders of what the store is given in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from otimo_tray.domain.catalogue import Component, HubProduct, RawRow, SkuMapping
from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import Order, OrderItem, Party
from otimo_tray.domain.plan import Kind, PlannedPush
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import Applied, LastReading

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def row(code: str, balance: str = "5", price: str = "19.90", ean: str | None = None) -> RawRow:
    return (code, balance, price, None, None, None, f"Produto {code}", ean)


def reading(as_of: datetime = NOW, digest: str = "d1", rows: int = 1, *, full: bool = True) -> LastReading:
    return LastReading(as_of, digest, rows, full)


def plan(
    *,
    taken: LastReading | None = None,
    now: datetime = NOW,
    rows: Sequence[RawRow] = (),
    gone: Sequence[str] = (),
    pushes: Sequence[PlannedPush] = (),
    withdrawn: Sequence[tuple[str, Kind]] = (),
    next_changes: Sequence[tuple[str, datetime | None]] = (),
    commitments: Mapping[str, int] | None = None,
    cleaned: Sequence[tuple[str, str]] = (),
    guard_params: Mapping[str, Mapping[str, Any]] | None = None,
) -> Applied:
    return Applied(
        taken,
        "estoque.csv",
        now,
        rows,
        gone,
        pushes,
        withdrawn,
        next_changes,
        commitments,
        cleaned,
        guard_params or {},
    )


def push(
    sku: str,
    value: str = "5",
    *,
    kind: Kind = "stock",
    guard: str | None = None,
    previous: str | None = None,
    priority: int = 5,
    reason: str = "changed",
) -> PlannedPush:
    return PlannedPush(sku, kind, value, previous, reason, {"balance": value}, priority, guard)


def product(sku: str, quantity: int | None = 3, price: str | None = "19.90", *, table: bool = False) -> HubProduct:
    amount = None if price is None else Decimal(price)
    return HubProduct(sku, f"id-{sku}", f"Produto {sku}", "", quantity, amount, None, None, None, table)


def one_to_one(sku: str, code: str | None = None, units: int = 1) -> SkuMapping:
    return SkuMapping(sku, (Component(code or sku, units),))


def order(hub_id: str, *lines: tuple[str, int], **fields: Any) -> Order:
    base: dict[str, Any] = {
        "original_id": f"MLB-{hub_id}",
        "status": "approved",
        "channel": "MercadoLivre",
        "approved": NOW,
        "total": Decimal("59.80"),
        "payer": Party(name="João da Silva", document="52998224725", phone="11987654321"),
        "receiver": Party(name="Maria de Souza", city="São Paulo", state="SP"),
    }
    items = tuple(OrderItem(sku, f"Item {sku}", quantity, Decimal("29.90")) for sku, quantity in lines)
    raw: dict[str, Any] = {"id": hub_id, "payer_name": "João da Silva", "total": Decimal("59.8")}
    values: dict[str, Any] = {**base, "items": items, "raw": raw, **fields}
    return Order(hub_id, **values)


def invoice(key: str, number: str = "1206", **fields: Any) -> InvoiceRecord:
    base: dict[str, Any] = {"issued_date": "2026-11-24", "cnpj": "59594315000157", "total": Decimal("59.80")}
    return InvoiceRecord(key, number, "1", NOW, **{**base, **fields})


def fill(store: StateStore, *skus: str) -> None:
    """Products, ERP rows and equal mappings of these SKUs; nothing dirty, the hub's values confirmed."""
    store.catalogue.replace_products(iter([product(sku) for sku in skus]), NOW, complete=False)
    store.values.apply(plan(taken=reading(rows=len(skus)), rows=[row(sku) for sku in skus]))
    store.catalogue.set_mappings([one_to_one(sku) for sku in skus], NOW)
    store.values.apply(plan(cleaned=store.values.dirty()))


def pending(store: StateStore, sku: str, kind: Kind = "stock") -> tuple[str, str] | None:
    """(value, state) of a SKU's push."""
    for block in store.values.contexts([sku]):
        return block[0].pending.get(kind)
    return None


def confirmed(store: StateStore, sku: str, kind: Kind = "stock") -> str | None:
    """What the hub confirmed."""
    for block in store.values.contexts([sku]):
        return block[0].confirmed.get(kind)
    return None


def in_doubt(store: StateStore, sku: str, kind: Kind = "stock") -> bool:
    for block in store.values.contexts([sku]):
        return kind in block[0].doubt
    return False
