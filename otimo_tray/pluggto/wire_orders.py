"""Orders between the hub's JSON and the domain; every field may be null or of another type (API notes,
Orders)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from otimo_tray.domain.orders import Order, OrderItem, OrderUpdate, Payment, Shipment, ShipmentUpdate
from otimo_tray.pluggto import wire
from otimo_tray.pluggto.wire import Json
from otimo_tray.pluggto.wire_people import party


def order_of(value: Any) -> Order | None:
    """An order from `{"Order": {…}}` or bare; None when it has no id and so can't be told from others."""
    raw = wire.unwrap(value, "Order")
    hub_id = wire.text(raw.get("id"))
    if not hub_id:
        return None

    def field(name: str) -> str:
        return wire.text(raw.get(name))

    return Order(
        hub_id=hub_id,
        original_id=field("original_id"),
        status=field("status").lower(),
        channel=field("channel"),
        channel_account=field("channel_account"),
        external=_external(raw.get("external")),
        sub_status=field("sub_status"),
        delivery_type=field("delivery_type").lower(),
        created=wire.moment(raw.get("created")),
        modified=wire.moment(raw.get("modified")),
        approved=wire.moment(raw.get("approved_date")),
        expected_send=wire.moment(raw.get("expected_send_date")),
        expected_delivery=wire.moment(raw.get("expected_delivery_date")),
        total=wire.money(raw.get("total")),
        subtotal=wire.money(raw.get("subtotal")),
        shipping=wire.money(raw.get("shipping")),
        discount=wire.money(raw.get("discount")),
        total_paid=wire.money(raw.get("total_paid")),
        receiver=party(raw, "receiver"),
        payer=party(raw, "payer"),
        items=tuple(_item(one) for one in wire.rows(raw.get("items"))),
        payments=tuple(_payment(one) for one in wire.rows(raw.get("payments"))),
        shipments=tuple(_shipment(one) for one in wire.rows(raw.get("shipments"))),
        sale_intermediary=field("sale_intermediary"),
        payment_intermediary=field("payment_intermediary"),
        intermediary_seller_id=field("intermediary_seller_id"),
        raw=raw,
    )


def _external(value: Any) -> str:
    """`external` is a text, a number or a map (seen); of a map the likeliest key, or its only scalar."""
    if not isinstance(value, dict):
        return wire.text(value)
    inner = wire.mapping(value)
    for key in ("id", "code", "external", "value"):
        if found := wire.text(inner.get(key)):
            return found
    scalars = [found for one in inner.values() if (found := wire.text(one))]
    return scalars[0] if len(scalars) == 1 else ""


def _item(raw: Json) -> OrderItem:
    """A line. A quantity that is missing or no whole number is 0, which no order may be imported with."""
    variation = wire.mapping(raw.get("variation"))
    return OrderItem(
        sku=wire.exact_text(variation.get("sku")) or wire.exact_text(raw.get("sku")),
        name=wire.text(raw.get("name")) or wire.text(variation.get("name")),
        quantity=wire.whole(raw.get("quantity")) or 0,
        price=wire.money(raw.get("price")),
        total=wire.money(raw.get("total")),
        discount=wire.money(raw.get("discount")),
    )


def _payment(raw: Json) -> Payment:
    return Payment(
        type=wire.text(raw.get("payment_type")),
        method=wire.text(raw.get("payment_method")),
        installments=wire.text(raw.get("payment_installments")),
        total=wire.money(raw.get("payment_total")),
        interest=wire.money(raw.get("payment_interest")),
    )


def _shipment(raw: Json) -> Shipment:
    def field(name: str) -> str:
        return wire.text(raw.get(name))

    items = (
        (wire.exact_text(one.get("sku")), wire.whole(one.get("quantity")) or 0)
        for one in wire.rows(raw.get("shipping_items"))
    )
    return Shipment(
        id=field("id"),
        status=field("status").lower(),
        company=field("shipping_company"),
        method=field("shipping_method"),
        track_code=field("track_code"),
        track_url=field("track_url"),
        nfe_key=field("nfe_key"),
        nfe_number=field("nfe_number"),
        nfe_serie=field("nfe_serie"),
        nfe_date=field("nfe_date"),
        label_type=field("label_type"),
        date_shipped=field("date_shipped"),
        items=tuple((sku, quantity) for sku, quantity in items if sku),
    )


def update_body(update: OrderUpdate) -> Json:
    """The partial PUT of an order: its status and every shipment's id, with only the fields that are set.

    An empty id means the order has no shipment yet: the key is left out and the hub makes one.
    """
    shipments = [_shipment_body(one) for one in update.shipments]
    return {"status": update.status, "shipments": shipments} if update.status else {"shipments": shipments}


def _shipment_body(update: ShipmentUpdate) -> Json:
    fields: dict[str, str | datetime | None] = {
        "id": update.id or None,
        "nfe_key": update.nfe_key,
        "nfe_number": update.nfe_number,
        "nfe_serie": update.nfe_serie,
        "nfe_date": update.nfe_date,
        "shipping_company": update.company,
        "shipping_method": update.method,
        "track_code": update.track_code,
        "track_url": update.track_url,
        "date_shipped": update.date_shipped,
        "status": update.status,
    }
    return {
        name: wire.iso(value) if isinstance(value, datetime) else value
        for name, value in fields.items()
        if value is not None
    }
