"""Orders into the staging tables: an order and its lines in one transaction, once for each id of the hub."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from otimo_tray.domain.orders import ErpOrder, Order
from otimo_tray.erp.database import contract
from otimo_tray.erp.database.faults import is_data, ours
from otimo_tray.erp.database.link import Link
from otimo_tray.errors import ErpRefusedOrder
from otimo_tray.ports import Clock, ErpOrderRef

_PLAIN: Final = re.compile(r"[0-9a-z-]{1,63}")


def key_of(hub_id: str) -> str:
    """The staging tables' key: the id itself as Plugg.to makes them; of any other a digest, so that no database's
    idea of case, accents or length can let two ids be one."""
    return hub_id if _PLAIN.fullmatch(hub_id) else "~" + hashlib.sha256(hub_id.encode("utf-8")).hexdigest()[:62]


class OrderTables:
    """The two staging tables of one database."""

    def __init__(self, link: Link, clock: Clock, zone: ZoneInfo) -> None:
        self._link = link
        self._clock = clock
        self._zone = zone
        self._is_sqlite = link.url.get_backend_name() == "sqlite"

    def find(self, hub_id: str) -> ErpOrderRef | None:
        """The order if it is there: by what the ERP has written into `referencia_erp`, else by its key."""
        with self._link.reading(contract.ORDERS) as connection:
            return self._find(connection, hub_id)

    def put(self, order: ErpOrder) -> ErpOrderRef:
        """Writes an order, unless it is there.

        Raises:
            ErpRefusedOrder: E-241 no lines, E-242 no id, E-244 the database takes this order not.
            ErpAway, ErpMisconfigured.
        """
        hub_id = order.order.hub_id
        number = order.order.original_id
        if not hub_id.strip():
            raise ErpRefusedOrder("E-242", order=number)
        if not order.lines:
            raise ErpRefusedOrder("E-241", order=number)
        if len(hub_id) > contract.LONGEST_ID:
            raise ErpRefusedOrder("E-244", order=number, detail="id_pluggto")
        for narrow in (False, True):
            try:
                return self._put(order, narrow=narrow)
            except _RefusedError as refused:
                known = self.find(hub_id)  # another PC of the shop may have been quicker
                if known is not None:
                    return known
                if narrow or not refused.charset:
                    raise ErpRefusedOrder("E-244", raw=refused.raw, order=number, detail=refused.raw) from None
        raise AssertionError

    def _put(self, order: ErpOrder, *, narrow: bool) -> ErpOrderRef:
        with self._link.writing(contract.ORDERS) as connection:
            known = self._find(connection, order.order.hub_id)
            if known is not None:
                return known
            header = self._header(order.order)
            lines = self._lines(order)
            if narrow:  # the tables' charset has less than Unicode
                header, lines = _narrowed(header), [_narrowed(line) for line in lines]
            try:
                connection.execute(sa.insert(contract.orders_table), header)
                connection.execute(sa.insert(contract.lines_table), lines)
            except DBAPIError as error:
                if not is_data(self._link.url, error):
                    raise
                raw = ours(self._link.url, error, timeout_s=0).raw
                raise _RefusedError(raw, charset=not narrow) from None
            except UnicodeError as error:
                raise _RefusedError(type(error).__name__, charset=not narrow) from None
            return ErpOrderRef(key_of(order.order.hub_id))

    def _find(self, connection: sa.Connection, hub_id: str) -> ErpOrderRef | None:
        table = contract.orders_table
        row = connection.execute(
            sa.select(table.c.chave, table.c.referencia_erp).where(table.c.chave == key_of(hub_id))
        ).first()
        if row is None:
            return None
        reference = "" if row[1] is None else str(row[1]).strip()
        return ErpOrderRef(reference or str(row[0]).strip())

    def _header(self, order: Order) -> dict[str, Any]:
        payment = order.payments[0] if order.payments else None
        shipment = order.shipments[0] if order.shipments else None
        buyer, receiver = order.payer, order.receiver
        texts = {
            "pedido_canal": order.original_id,
            "canal": order.channel,
            "conta_canal": order.channel_account,
            "comprador_nome": buyer.name or buyer.company_name,
            "comprador_documento": buyer.document,
            "comprador_ie": buyer.state_registration,
            "comprador_email": buyer.email,
            "comprador_telefone": buyer.phone,
            "entrega_nome": receiver.name,
            "entrega_endereco": receiver.address,
            "entrega_numero": receiver.number,
            "entrega_complemento": receiver.complement,
            "entrega_referencia": receiver.reference,
            "entrega_bairro": receiver.neighborhood,
            "entrega_cidade": receiver.city,
            "entrega_uf": receiver.state,
            "entrega_cep": receiver.zipcode,
            "tipo_entrega": order.delivery_type,
            "transportadora": shipment.company if shipment else "",
            "metodo_envio": shipment.method if shipment else "",
            "intermediador_cnpj": order.sale_intermediary,
            "intermediador_pagamento_cnpj": order.payment_intermediary,
            "intermediador_id": order.intermediary_seller_id,
            "forma_pagamento": (payment.method or payment.type) if payment else "",
            "parcelas": payment.installments if payment else "",
        }
        return {
            "chave": key_of(order.hub_id),
            "id_pluggto": _text(order.hub_id, contract.LONGEST_ID),
            "gravado_em": self._moment(self._clock.now()),
            "data_aprovacao": self._moment(order.approved),
            "despachar_ate": self._moment(order.expected_send),
            **{name: _text(text, contract.TEXT_LENGTHS[name]) for name, text in texts.items()},
            "total_produtos": self._number(order.subtotal),
            "frete": self._number(order.shipping),
            "desconto": self._number(order.discount),
            "total_pedido": self._number(order.total),
        }

    def _lines(self, order: ErpOrder) -> list[dict[str, Any]]:
        names = {item.sku: item.name for item in order.order.items}
        return [
            {
                "chave": key_of(order.order.hub_id),
                "linha": number,
                "codigo": _text(line.erp_code),
                "sku": _text(line.sku, 200),
                "descricao": _text(names.get(line.sku, ""), contract.LONGEST_NAME),
                "quantidade": line.quantity,
                "preco_unitario": self._number(line.unit_price),
                "total_linha": self._number(line.total),
            }
            for number, line in enumerate(order.lines, 1)
        ]

    def _moment(self, moment: datetime | None) -> Any:
        """Local time of the shop without a zone: what an ERP's own dates are."""
        if moment is None:
            return None
        local = moment.astimezone(self._zone).replace(tzinfo=None, microsecond=0)
        return local.isoformat(" ") if self._is_sqlite else local

    def _number(self, value: Decimal | None) -> Any:
        return str(value) if self._is_sqlite and value is not None else value


class _RefusedError(Exception):
    """The database says no to the values. `charset`: fewer characters may help."""

    def __init__(self, raw: str, *, charset: bool) -> None:
        super().__init__(raw)
        self.raw = raw
        self.charset = charset


def _text(text: str, longest: int | None = None) -> str:
    """No NUL, which hardly any database takes, and no longer than its column."""
    clean = text.replace("\0", "")
    return clean if longest is None else clean[:longest]


def _narrowed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts with what Windows-1252 has, the ERP's codes excepted; the key tells ids apart."""
    return {
        name: value.encode("cp1252", "replace").decode("cp1252")
        if isinstance(value, str) and name != "codigo"
        else value
        for name, value in values.items()
    }
