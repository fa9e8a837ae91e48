"""An order as the interface takes it (`Order` in the contract)."""

from __future__ import annotations

import base64
import re
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from otimo_tray.domain.orders import ErpOrder, Party
from otimo_tray.erp.http.wire import VERSION

_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")


def key_of(hub_id: str) -> str:
    """The order's key in the path: the id itself, or an encoded form that no proxy and no server reads as a path."""
    if _PLAIN.fullmatch(hub_id):
        return hub_id
    packed = base64.urlsafe_b64encode(hub_id.encode("utf-8", "surrogatepass")).decode("ascii")
    return f"~{packed.rstrip('=')}"


def order_document(order: ErpOrder) -> dict[str, Any]:
    """The JSON value of a whole order; amounts exact, as text."""
    sale = order.order
    names = {item.sku: item.name for item in sale.items}
    shipment = sale.shipments[0] if sale.shipments else None
    return {
        "version": VERSION,
        "hub_id": sale.hub_id,
        "channel_number": sale.original_id,
        "channel": sale.channel,
        "channel_account": sale.channel_account,
        "approved_at": _moment(sale.approved),
        "ship_by": _moment(sale.expected_send),
        "delivery_type": sale.delivery_type,
        "carrier": shipment.company if shipment else "",
        "shipping_method": shipment.method if shipment else "",
        "buyer": _party(sale.payer),
        "receiver": _party(sale.receiver),
        "intermediary_cnpj": sale.sale_intermediary,
        "payment_intermediary_cnpj": sale.payment_intermediary,
        "intermediary_seller_id": sale.intermediary_seller_id,
        "payments": [
            {
                "type": payment.type,
                "method": payment.method,
                "installments": payment.installments,
                "total": _decimal(payment.total),
            }
            for payment in sale.payments[:100]
        ],
        "products_total": _decimal(sale.subtotal),
        "freight": _decimal(sale.shipping),
        "discount": _decimal(sale.discount),
        "total": _decimal(sale.total),
        "lines": [
            {
                "erp_code": line.erp_code,
                "sku": line.sku,
                "description": names.get(line.sku, ""),
                "quantity": line.quantity,
                "unit_price": _decimal(line.unit_price),
                "total": _decimal(line.total),
            }
            for line in order.lines
        ],
    }


def _party(party: Party) -> dict[str, str]:
    return asdict(party)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _decimal(value: Decimal | None) -> str | None:
    """Without an exponent, whatever the value's own form."""
    return None if value is None else f"{value:f}"
