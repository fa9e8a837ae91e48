"""Made orders: plain approved ones, and the odd ones that every client meets sooner or later."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from . import clock
from .checkdigits import nfe_key
from .people import buyer, company, masked
from .wire import Json

CHANNELS = (
    # name, account, CNPJ of the intermediary, carrier, method, whether the channel makes the tracking code
    ("MercadoLivre", "LOJA EXEMPLO", "00.000.000/0001-91", "Mercado Envios", "Mercado Envios Coleta", True),
    ("Shopee", "lojaexemplo", "00000000000272", "Correios", "SEDEX", False),
    ("Amazon", "Loja Exemplo BR", "00.000.000/0003-53", "Correios", "PAC", False),
    ("MagazineLuiza", "loja-exemplo", "00000000000434", "Transportadora Exemplo", "Rodoviário", False),
    ("Pluggto", "site próprio", None, "Correios", "PAC", False),
)


class Ware(NamedTuple):
    """What an order can sell: its SKU, the product it is a variation of, name, EAN, price in reais."""

    sku: str
    parent_sku: str | None
    name: str
    ean: str | None
    price: float


def order(rng: random.Random, wares: Sequence[Ware], moment: float, number: int) -> Json:
    """A plain approved order of one ware, as its channel would post it at `moment` (seconds since 1970)."""
    channel, account, intermediary, carrier, method, makes_code = rng.choice(CHANNELS)
    sent, due = clock.iso(moment + 2 * 86400), clock.iso(moment + 7 * 86400)
    body: Json = {
        **buyer(rng),
        "status": "approved",
        "sub_status": "ready_to_ship" if makes_code else None,
        "channel": channel,
        "channel_account": account,
        "original_id": f"{2000000000000000 + number}",
        "external": rng.choice((None, number, f"{number}")),
        "currency": "BRL",
        "sale_intermediary": intermediary,
        "payment_intermediary": intermediary,
        "intermediary_seller_id": str(1000000000 + number % 7) if intermediary else None,
        "delivery_type": rng.choice(("standard", "standard", "express", "economy")),
        "delivery_description": method,
        "expected_send_date": sent,
        "expected_delivery_date": due,
        "approved_date": clock.iso(moment + 60),
        "auto_reserve": True,
        "shipments": [shipment(carrier, method, due, makes_code)],
    }
    put_items(body, [(rng.choice(wares), rng.choice((1, 1, 1, 2, 3)))], rng.choice((0.0, 9.9, 18.35)))
    return body


def shipment(carrier: str, method: str, due: str, makes_code: bool) -> Json:
    """A delivery as the channel announces it."""
    return {
        "shipping_company": carrier, "shipping_method": method, "estimate_delivery_date": due,
        "label_type": "channel" if makes_code else "standard",
    }  # fmt: skip


def put_items(body: Json, sold: Sequence[tuple[Ware, int]], freight: float) -> None:
    """Give an order these items, and the totals and the payment that go with them."""
    items: list[Json] = []
    for ware, quantity in sold:
        total = round(ware.price * quantity, 2)
        item: Json = {
            "sku": ware.parent_sku or ware.sku, "original_sku": ware.sku, "name": ware.name,
            "quantity": quantity, "price": ware.price, "total": total,
        }  # fmt: skip
        if ware.parent_sku:
            item["variation"] = {"sku": ware.sku, "name": ware.name, "ean": ware.ean}
        items.append(item)
    subtotal = round(sum(item["total"] for item in items), 2)
    total = round(subtotal + freight, 2)
    body |= {"items": items, "subtotal": subtotal, "shipping": freight, "total": total, "total_paid": total}
    body["payments"] = [
        {
            "payment_type": "credit_card",
            "payment_method": "visa",
            "payment_installments": "2",
            "payment_total": total,
        }
    ]


def _status(name: str) -> Callable[[Json, random.Random, Sequence[Ware]], None]:
    def change(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
        body["status"] = name
        if name in ("pending", "partial_payment", "under_review"):
            body["approved_date"] = None

    return change


def _money_as_text(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    for name in ("total", "subtotal", "shipping", "total_paid"):
        body[name] = f"{body[name]:.2f}"
    body["payments"][0]["payment_installments"] = 3


def _two_items(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    put_items(body, [(rng.choice(wares), 1), (rng.choice(wares), 2)], 12.5)


def _two_shipments(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    first, second = rng.choice(wares), rng.choice(wares)
    put_items(body, [(first, 1), (second, 1)], 22.0)
    delivery: Json = body["shipments"][0]
    body["shipments"] = [
        delivery | {"shipping_items": [{"sku": first.sku, "quantity": 1}]},
        delivery | {"shipping_items": [{"sku": second.sku, "quantity": 1}]},
    ]


def _invoice(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body["status"] = "invoiced"
    number = rng.randrange(1, 10**6)
    month = body["approved_date"][2:4] + body["approved_date"][5:7]
    code = f"{rng.randrange(10**8):08d}"
    body["shipments"][0] |= {
        "nfe_key": nfe_key(f"35{month}00000000000191550010{number:08d}1{code}"),
        "nfe_number": str(number), "nfe_serie": "1", "nfe_date": body["approved_date"], "status": "invoiced",
    }  # fmt: skip


def _tracked(status: str) -> Callable[[Json, random.Random, Sequence[Ware]], None]:
    def change(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
        _invoice(body, rng, wares)
        body["status"] = status
        body["shipments"][0] |= {
            "track_code": f"AA{rng.randrange(10**9):09d}BR", "track_url": "https://rastreio.example.invalid/",
            "date_shipped": body["expected_send_date"],
            "status": "delivered" if status == "delivered" else "shipped",
        }  # fmt: skip

    return change


def _masked(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body |= masked({name: value for name, value in body.items() if name.startswith(("payer_", "receiver_"))})


def _null_sku(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    item: Json = body["items"][0]
    item["variation"] = {"sku": item["original_sku"], "name": item["name"]}
    item["sku"] = None


def _variation(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    if variations := [ware for ware in wares[:2000] if ware.parent_sku]:
        put_items(body, [(rng.choice(variations), 1)], 0.0)


def _unmapped_sku(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    put_items(body, [(Ware("KIT CAFÉ/2 UN", None, "Kit Café da Manhã com 2 Unidades", None, 59.9), 1)], 7.45)


def _fulfillment(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body["delivery_type"] = "fulfillment"


def _company(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body |= company(rng)


def _financed(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body["total_paid"] = round(body["total"] * 1.08, 2)
    body["payments"][0] |= {"payment_installments": "12", "payment_interest": round(body["total"] * 0.08, 2)}


def _discounted(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    discount = round(body["subtotal"] * 0.1, 2)
    total = round(body["total"] - discount, 2)
    body |= {"discount": discount, "discount_description": "cupom", "total": total, "total_paid": total}


def _nulls(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    names = ("payer_email", "receiver_country", "payer_country", "payer_neighborhood", "currency", "shipping")
    body |= dict.fromkeys((*names, "expected_send_date", "payer_phone", "payer_address_number"))


def _no_shipment(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body["shipments"] = []


def _external_map(body: Json, rng: random.Random, wares: Sequence[Ware]) -> None:
    body["external"] = {"pack_id": body["original_id"], "order": 1}


ODD: Mapping[str, Callable[[Json, random.Random, Sequence[Ware]], Any]] = {
    "pending": _status("pending"),
    "two_items": _two_items,
    "money_as_text": _money_as_text,
    "invoiced": _invoice,
    "null_sku": _null_sku,
    "canceled": _status("canceled"),
    "two_shipments": _two_shipments,
    "masked": _masked,
    "shipped": _tracked("shipped"),
    "fulfillment": _fulfillment,
    "variation": _variation,
    "paid": _status("paid"),
    "company": _company,
    "unknown_status": _status("awaiting_collection_window"),
    "unmapped_sku": _unmapped_sku,
    "delivered": _tracked("delivered"),
    "financed": _financed,
    "external_map": _external_map,
    "under_review": _status("under_review"),
    "discounted": _discounted,
    "shipping_informed": _tracked("shipping_informed"),
    "nulls": _nulls,
    "refunded": _status("refunded"),
    "no_shipment": _no_shipment,
    "partial_payment": _status("partial_payment"),
    "waiting_invoice": _status("waiting_invoice"),
}
"""Kinds of odd orders and what each does to a plain one; every third made order is the next of these."""
