"""An order out of a request's body, with an error for each wrong field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, cast

from otimo_tray.demo.erp.http_server_wire import VERSION, Problem
from otimo_tray.domain.orders import ErpOrder, ErpOrderLine, Order, OrderItem, Party, Payment

_AMOUNT: Final = re.compile(r"[0-9]{1,12}([.][0-9]{1,15})?")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}([.][0-9]{1,15})?")
_PARTY: Final = tuple(field.name for field in fields(Party))
_TEXTS: Final = (
    "channel", "channel_account", "delivery_type", "carrier", "shipping_method", "intermediary_cnpj",
    "payment_intermediary_cnpj", "intermediary_seller_id",
)  # fmt: skip
_AMOUNTS: Final = ("products_total", "freight", "discount", "total")


def order_of(body: bytes) -> ErpOrder:
    """Reads an order. Raises Problem: 400 no JSON object, 422 with an error for each wrong field."""
    try:
        value: object = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Problem(400, "O corpo não é JSON") from None
    if not isinstance(value, dict):
        raise Problem(400, "O corpo não é um objeto JSON")
    reader = _Reader()
    order = reader.order(cast("dict[str, Any]", value))
    if reader.errors:
        raise Problem(422, "O pedido tem campos errados", errors=reader.errors)
    return order


class _Reader:
    """Takes fields, and notes each one that is wrong."""

    def __init__(self) -> None:
        self.errors: list[tuple[str, str, str]] = []

    def order(self, value: Mapping[str, Any]) -> ErpOrder:
        version = value.get("version")
        if isinstance(version, bool) or not isinstance(version, int | float) or version != VERSION:
            self._wrong("/version", f"deve ser {VERSION}")
        hub_id = self._text(value, "", "hub_id", required=True, most=1_000)
        number = self._text(value, "", "channel_number", required=True, empty=True)
        texts = {name: self._text(value, "", name) for name in _TEXTS}
        amounts = {name: self._amount(value, "", name) for name in _AMOUNTS}
        lines = [self._line(line, f"/lines/{place}") for place, line in enumerate(self._list(value, "lines", 1, 1_000))]
        payments = self._list(value, "payments", 0, 100)
        sale = Order(
            hub_id=hub_id,
            original_id=number,
            status="approved",
            channel=texts["channel"],
            channel_account=texts["channel_account"],
            delivery_type=texts["delivery_type"],
            approved=self._moment(value, "approved_at"),
            expected_send=self._moment(value, "ship_by"),
            total=amounts["total"],
            subtotal=amounts["products_total"],
            shipping=amounts["freight"],
            discount=amounts["discount"],
            payer=self._party(value, "buyer"),
            receiver=self._party(value, "receiver"),
            payments=tuple(self._payment(one, f"/payments/{place}") for place, one in enumerate(payments)),
            items=tuple(OrderItem(line.sku, name, line.quantity, line.unit_price) for line, name in lines),
            sale_intermediary=texts["intermediary_cnpj"],
            payment_intermediary=texts["payment_intermediary_cnpj"],
            intermediary_seller_id=texts["intermediary_seller_id"],
        )
        return ErpOrder(sale, tuple(line for line, _ in lines))

    def _line(self, value: object, place: str) -> tuple[ErpOrderLine, str]:
        members = self._object(value, place)
        quantity: object = members.get("quantity")
        whole = not isinstance(quantity, bool) and isinstance(quantity, int | float) and quantity == int(quantity)
        if not whole or not 1 <= cast(float, quantity) <= 1_000_000:
            self._wrong(f"{place}/quantity", "um número inteiro de 1 a 1000000")
            quantity = 1
        code = self._text(members, place, "erp_code", required=True, most=100)
        sku = self._text(members, place, "sku", required=True, empty=True)
        name = self._text(members, place, "description", required=True, empty=True)
        unit = self._amount(members, place, "unit_price", required=True)
        total = self._amount(members, place, "total", required=True)
        return ErpOrderLine(sku, code, int(cast(int, quantity)), unit or Decimal(0), total or Decimal(0)), name

    def _payment(self, value: object, place: str) -> Payment:
        members = self._object(value, place)
        type_, method, installments = (
            self._text(members, place, name, required=True, empty=True) for name in ("type", "method", "installments")
        )
        if "total" not in members:
            self._wrong(f"{place}/total", "falta")
        return Payment(type_, method, installments, self._amount(members, place, "total", _DECIMAL))

    def _party(self, value: Mapping[str, Any], name: str) -> Party:
        if name not in value:
            return Party()
        members = self._object(value[name], f"/{name}")
        return Party(**{field: self._text(members, f"/{name}", field) for field in _PARTY})

    def _object(self, value: object, place: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return cast("dict[str, Any]", value)
        self._wrong(place, "deve ser um objeto")
        return {}

    def _list(self, value: Mapping[str, Any], name: str, least: int, most: int) -> list[Any]:
        if name not in value and not least:
            return []
        found = value.get(name)
        if not isinstance(found, list) or not least <= len(cast("list[Any]", found)) <= most:
            self._wrong(f"/{name}", f"uma lista de {least} a {most}")
            return []
        return cast("list[Any]", found)

    def _text(
        self,
        value: Mapping[str, Any],
        place: str,
        name: str,
        *,
        required: bool = False,
        empty: bool = False,
        most: int = 100_000,
    ) -> str:
        if name not in value and not required:
            return ""
        found = value.get(name)
        if not isinstance(found, str) or (required and not empty and not found) or len(found) > most:
            self._wrong(f"{place}/{name}", "falta" if name not in value else "um texto")
            return ""
        return found.encode("utf-8", "replace").decode()

    def _amount(
        self,
        value: Mapping[str, Any],
        place: str,
        name: str,
        pattern: re.Pattern[str] = _AMOUNT,
        *,
        required: bool = False,
    ) -> Decimal | None:
        found = value.get(name)
        if found is None and not required:
            return None
        if not isinstance(found, str) or pattern.fullmatch(found) is None:
            self._wrong(f"{place}/{name}", 'um valor como "19.90", em texto')
            return None
        return Decimal(found)

    def _moment(self, value: Mapping[str, Any], name: str) -> datetime | None:
        found = value.get(name)
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(found.upper() if isinstance(found, str) else "")
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self._wrong(f"/{name}", "um momento RFC 3339 com fuso")
        return moment

    def _wrong(self, pointer: str, told: str) -> None:
        self.errors.append((pointer, "", told))
