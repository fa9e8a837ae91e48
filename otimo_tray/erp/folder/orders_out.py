"""Writes one order as one file into the exchange folder, once, also when the ERP takes the file away at once.

    .otimo/NAME.tmp written ─▶ id noted in .otimo/enviados.txt ─▶ renamed to NAME.csv ─▶ (ERP moves or deletes it)

Whatever step the last attempt ended at, the next look can tell: a temporary file that is there was never renamed; a
noted id whose temporary file is gone was. Only the rename takes the temporary file away.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.orders import ErpOrder, Order
from otimo_tray.erp.folder.files import Disk, reading, writing
from otimo_tray.errors import ErpAway, ErpRefusedOrder
from otimo_tray.ports import ErpOrderRef

VERSION: Final = 1
_SAFE: Final = re.compile(r"[a-z0-9_-]{1,64}")
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_FOLDER: Final = ".otimo"
_NOTED: Final = "\tok"


def file_stem(hub_id: str) -> str:
    """`pedido_<hub id>` with nothing in it that a file system minds; no two ids share a name, whatever their case."""
    if _SAFE.fullmatch(hub_id):
        return f"pedido_{hub_id}"
    digest = hashlib.sha256(hub_id.encode()).hexdigest()[:16]
    return f"pedido_{re.sub('[^a-z0-9_-]', '_', hub_id.lower())[:32]}-{digest}"


class OrdersOut:
    """The `pedidos` folder of one exchange folder."""

    def __init__(self, folder: Path, zone: ZoneInfo, disk: Disk) -> None:
        self._folder = folder
        self._private = folder / _FOLDER
        self._journal = self._private / "enviados.txt"
        self._zone = zone
        self._disk = disk
        self._noted: tuple[int, frozenset[str]] = (-1, frozenset())
        self._met: set[str] | None = None

    def find(self, hub_id: str) -> ErpOrderRef | None:
        """The order's file if it was given its final name, wherever the ERP has put it since. Raises ErpAway."""
        stem = file_stem(hub_id)
        reference = ErpOrderRef(f"{stem}.csv")
        with reading(self._folder):
            if not self._folder.parent.is_dir():
                raise ErpAway("E-210", folder=str(self._folder.parent))
            if (self._folder / reference.reference).exists():
                return reference
            if (self._private / f"{stem}.tmp").exists():
                return None
            if hub_id in self._noted_ids() or stem in self._names_met():
                return reference
        return None

    def put(self, order: ErpOrder) -> ErpOrderRef:
        """Writes the order unless it is there already.

        Raises:
            ErpRefusedOrder: E-241, it has no lines; E-242, it has no id.
            ErpAway, ErpMisconfigured: the folder can't be written; nothing half-written is ever seen under its name.
        """
        hub_id = order.order.hub_id
        if not hub_id.strip():
            raise ErpRefusedOrder("E-242", order=order.order.original_id)
        if not order.lines:
            raise ErpRefusedOrder("E-241", order=order.order.original_id)
        done = self.find(hub_id)
        if done is not None:
            return done
        stem = file_stem(hub_id)
        temporary = self._private / f"{stem}.tmp"
        with writing(self._folder / stem):
            self._disk.make_folder(self._private)
            self._disk.write(temporary, self._text(order).encode("utf-8-sig"))
            if hub_id not in self._noted_ids():
                self._note(hub_id)
        # A virus scanner may hold the new file for a moment: that heals, it isn't a missing right.
        with reading(self._folder / f"{stem}.csv"):
            self._disk.rename(temporary, self._folder / f"{stem}.csv")
        if self._met is not None:
            self._met.add(stem)
        return ErpOrderRef(f"{stem}.csv")

    # --- what was done -------------------------------------------------------------------------------------------

    def _noted_ids(self) -> frozenset[str]:
        try:
            size = self._journal.stat().st_size
        except FileNotFoundError:
            return frozenset()
        if size != self._noted[0]:
            lines = self._journal.read_text("utf-8", "replace").split("\n")
            self._noted = (
                size,
                frozenset(_unescaped(line.removesuffix(_NOTED)) for line in lines if line.endswith(_NOTED)),
            )
        return self._noted[1]

    def _note(self, hub_id: str) -> None:
        # The line break in front closes a line that a power cut may have torn; only complete lines are believed.
        self._disk.append(self._journal, f"\n{_escaped(hub_id)}{_NOTED}\n".encode())

    def _names_met(self) -> set[str]:
        """Names of orders anywhere below the folder: only for the case that the journal itself was deleted."""
        if self._met is None:
            self._met = set()
            for _, folders, files in os.walk(self._folder):
                if _FOLDER in folders:
                    folders.remove(_FOLDER)
                self._met.update(name.split(".", 1)[0] for name in files if name.startswith("pedido_"))
        return self._met

    # --- the file ------------------------------------------------------------------------------------------------

    def _text(self, order: ErpOrder) -> str:
        common = dict(self._order_cells(order.order))
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        names = {item.sku: item.name for item in order.order.items}
        for number, line in enumerate(order.lines, 1):
            cells = common | {
                "linha": str(number),
                "codigo": _cell(line.erp_code),
                "sku": _cell(line.sku),
                "descricao": _cell(names.get(line.sku, "")),
                "quantidade": str(line.quantity),
                "preco_unitario": _number(line.unit_price),
                "total_linha": _number(line.total),
            }
            if number == 1:
                writer.writerow(cells)
            writer.writerow(cells.values())
        return text.getvalue()

    def _order_cells(self, order: Order) -> Iterator[tuple[str, str]]:
        payment = order.payments[0] if order.payments else None
        shipment = order.shipments[0] if order.shipments else None
        buyer, receiver = order.payer, order.receiver
        yield "versao", str(VERSION)
        for name, text in (
            ("id_pluggto", order.hub_id),
            ("pedido_canal", order.original_id),
            ("canal", order.channel),
            ("conta_canal", order.channel_account),
        ):
            yield name, _cell(text)
        yield "data_aprovacao", self._moment(order.approved)
        yield "despachar_ate", self._moment(order.expected_send)
        for name, text in (
            ("comprador_nome", buyer.name or buyer.company_name),
            ("comprador_documento", buyer.document),
            ("comprador_ie", buyer.state_registration),
            ("comprador_email", buyer.email),
            ("comprador_telefone", buyer.phone),
            ("entrega_nome", receiver.name),
            ("entrega_endereco", receiver.address),
            ("entrega_numero", receiver.number),
            ("entrega_complemento", receiver.complement),
            ("entrega_referencia", receiver.reference),
            ("entrega_bairro", receiver.neighborhood),
            ("entrega_cidade", receiver.city),
            ("entrega_uf", receiver.state),
            ("entrega_cep", receiver.zipcode),
            ("tipo_entrega", order.delivery_type),
            ("transportadora", shipment.company if shipment else ""),
            ("metodo_envio", shipment.method if shipment else ""),
            ("intermediador_cnpj", order.sale_intermediary),
            ("intermediador_pagamento_cnpj", order.payment_intermediary),
            ("intermediador_id", order.intermediary_seller_id),
            ("forma_pagamento", (payment.method or payment.type) if payment else ""),
            ("parcelas", payment.installments if payment else ""),
        ):
            yield name, _cell(text)
        yield "total_produtos", _number(order.subtotal)
        yield "frete", _number(order.shipping)
        yield "desconto", _number(order.discount)
        yield "total_pedido", _number(order.total)

    def _moment(self, moment: datetime | None) -> str:
        return "" if moment is None else f"{moment.astimezone(self._zone):%d/%m/%Y %H:%M}"


def _number(value: Decimal | None) -> str:
    """Decimal comma, at least two decimals, no thousands separator."""
    if value is None:
        return ""
    exponent = value.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{value:.{places}f}".replace(".", ",")


def _cell(text: str) -> str:
    """Text on one line, and never a formula: Excel takes a cell that starts with an apostrophe as text."""
    flat = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    flat = flat.replace("\0", "")
    return f"'{flat}" if flat.startswith(_RISKY) else flat


def _escaped(hub_id: str) -> str:
    return hub_id.encode("unicode_escape").decode("ascii")


def _unescaped(text: str) -> str:
    try:
        return text.encode("ascii").decode("unicode_escape")
    except UnicodeError:
        return text
