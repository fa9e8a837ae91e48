"""A small shop in a real state database, for the tests of sheets and of the list commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from otimo_tray.domain.catalogue import Component, HubProduct, RawRow, SkuMapping
from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.domain.orders import Order, OrderItem, OrderStage, Party, Shipment
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import Applied, LastReading

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
KEY = "35200159594315000157550010000000012062777161"
OTHER_KEY = "35260812ABC34501DE35550010000001231123456780"
S10 = "OJ473124829BR"
"""A tracking code with the right check digit."""


def put_products(store: StateStore, skus: Iterable[str], names: Mapping[str, str] | None = None) -> None:
    """The hub's catalogue, read whole."""
    products = (HubProduct(sku, f"p-{sku}", name=(names or {}).get(sku, f"Produto {sku}"), ean="789") for sku in skus)
    store.catalogue.replace_products(products, NOW, complete=True)


def put_items(store: StateStore, codes: Iterable[str | RawRow]) -> None:
    """The ERP's image."""
    rows = [
        code if isinstance(code, tuple) else (code, "5", "19.90", None, None, None, f"Item {code}", "789")
        for code in codes
    ]
    reading = LastReading(NOW, "digest", len(rows), full=True)
    store.values.apply(
        Applied(reading, "estoque.csv", NOW, rows, [], [], [], [], None, []),
    )


def map_skus(store: StateStore, mappings: Mapping[str, Mapping[str, int]]) -> None:
    store.catalogue.set_mappings(
        [SkuMapping(sku, tuple(Component(*part) for part in parts.items())) for sku, parts in mappings.items()], NOW
    )


def components(store: StateStore, sku: str) -> dict[str, int] | None:
    """Units by code as stored; None = no De/Para."""
    mapping = store.catalogue.mapping(sku)
    return None if mapping is None else {part.erp_code: part.units for part in mapping.components}


def order(number: str, *, hub_id: str | None = None, status: str = "approved", **more: object) -> Order:
    """An order of Maria Souza Silva's; `more` are fields of Order."""
    buyer = Party(name="Maria Souza Silva", document="12345678909")
    fields: dict[str, object] = {
        "channel": "Loja",
        "approved": NOW - timedelta(hours=1),
        "total": Decimal("39.80"),
        "payer": buyer,
        "receiver": buyer,
        "items": (OrderItem("SKU-1", "Produto", 2, Decimal("19.90")),),
        "shipments": (Shipment(f"s-{number}"),),
    }
    return Order(hub_id or f"hub-{number}", number, status, **{**fields, **more})  # pyright: ignore[reportArgumentType]


def put_order(store: StateStore, number: str, stage: OrderStage = OrderStage.SEEN, **more: object) -> Order:
    added = order(number, **more)  # pyright: ignore[reportArgumentType]
    assert store.orders.add(added, stage, NOW)
    return added


def put_invoice(
    store: StateStore, key: str, number: str, hub_id: str | None, state: InvoiceState = InvoiceState.CONFIRMED
) -> None:
    record = InvoiceRecord(
        key, number, "1", NOW, "2026-11-23", cnpj="59594315000157", buyer_document="12345678909", total=Decimal("39.80")
    )
    store.invoices.put_batch([(record, state, None)], "", NOW)
    store.invoices.set_state(key, state, NOW, hub_id=hub_id)


def csv_file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
