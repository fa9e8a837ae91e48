"""A shop with a real exchange folder, the real values flow and state database, and a hub in memory that counts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.orders import Order, OrderUpdate
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.domain.status import Flow
from otimo_tray.erp.folder import open_folder_erp
from otimo_tray.errors import HubAway, HubNotFound, HubUnchanged
from otimo_tray.store import open_store
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.sender import Sender
from otimo_tray.sync.values_flow import ValuesFlow
from tests.support.clock import FakeClock

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HEADER = ("codigo", "descricao", "saldo", "preco")
Row = tuple[str, str, str, str]


def good_rows(count: int = 60) -> list[Row]:
    """Stock from 1 to 40, prices from R$ 10,90 to R$ 158,90: no two neighbours alike."""
    return [
        (f"P{n:03}", f"Produto {n}", str(1 + n * 7 % 40), f"{10 + n * 37 % 149},90") for n in range(count)
    ]  # fmt: skip


class MemoryHub:
    """Implements `ports.Hub` for values. `sent` are the PUTs that changed something, `read` the SKUs read alone."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.shown = {
            code: HubProduct(code, f"id-{code}", name, "", int(stock), money(price), money(price))
            for code, name, stock, price in rows
        }
        self.sent: list[tuple[str, str]] = []
        self.read: list[str] = []
        self.away = False

    def products(self) -> Iterator[HubProduct]:
        return iter(list(self.shown.values()))

    def product(self, sku: str) -> HubProduct:
        if self.away:
            raise HubAway
        self.read.append(sku)
        if sku not in self.shown:
            raise HubNotFound(sku=sku)
        return self.shown[sku]

    def put_stock(self, sku: str, quantity: int) -> HubProduct:
        return self._put(replace(self.product(sku), quantity=quantity), str(quantity))

    def put_price(self, sku: str, price: Decimal, special_price: Decimal) -> HubProduct:
        return self._put(
            replace(self.product(sku), price=price, special_price=special_price), f"{price}/{special_price}"
        )

    def _put(self, product: HubProduct, told: str) -> HubProduct:
        if product == self.shown[product.sku]:
            raise HubUnchanged
        self.shown[product.sku] = product
        self.sent.append((product.sku, told))
        return product

    def edit(self, sku: str, *, quantity: int | None = None, price: str | None = None) -> None:
        """Somebody changes a value in the hub's own panel, or the hub itself after a sale."""
        before = self.shown[sku]
        if quantity is not None:
            before = replace(before, quantity=quantity)
        if price is not None:
            before = replace(before, price=Decimal(price), special_price=Decimal(price))
        self.shown[sku] = before

    def check_login(self) -> None: ...
    def clock_difference(self) -> float | None:
        return None

    def orders(self, status: str, *, max_pages: int | None = None) -> Iterator[Order]:
        return iter(())

    def order(self, hub_id: str) -> Order:
        raise HubNotFound

    def find_orders(self, original_id: str) -> list[Order]:
        return []

    def update_order(self, hub_id: str, update: OrderUpdate) -> Order:
        raise HubNotFound

    def close(self) -> None: ...


def money(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


@dataclass
class Shop:
    """Everything of one shop; `run` is one cycle of stock and price, five minutes after the last one."""

    folder: Path
    settings: Settings = field(default_factory=Settings)
    rows: list[Row] = field(default_factory=good_rows)

    def __post_init__(self) -> None:
        self.exchange = self.folder / "troca"
        self.exchange.mkdir(parents=True)
        self.clock = FakeClock(START)
        self.hub = MemoryHub(self.rows)
        self.settings = replace(
            self.settings, erp=ErpSettings(folder=str(self.exchange)), approve_first_sync=True
        )  # fmt: skip
        self.erp = open_folder_erp(
            self.settings.erp, ZoneInfo("America/Sao_Paulo"), self.clock, self.folder / "cache", pause=lambda _: None
        )
        self.store = open_store(self.folder / "estado.db", self.clock)
        self.sender = Sender(2)
        self.flow = ValuesFlow(self.sender)

    def close(self) -> None:
        self.sender.close()
        self.store.close()

    @property
    def context(self) -> FlowContext:
        return FlowContext(self.store, self.hub, self.erp, self.settings, self.clock)

    def export(self, rows: Sequence[Sequence[str]], *, header: Sequence[str] = HEADER, age_s: float = 5.0) -> None:
        """The ERP writes its picture, `age_s` seconds ago by its file's own time."""
        self.export_text("\r\n".join(";".join(row) for row in [header, *rows]) + "\r\n", age_s=age_s)

    def export_text(self, text: str, *, age_s: float = 5.0) -> None:
        path = self.exchange / "estoque.csv"
        path.write_text(text, encoding="utf-8", newline="")
        written = self.clock.now().timestamp() - age_s
        os.utime(path, (written, written))

    def run(self) -> list[FlowReport]:
        self.clock.advance(minutes=5)
        return self.flow.run(self.context, [Flow.STOCK, Flow.PRICE])

    def sync(self, rows: Sequence[Sequence[str]]) -> list[FlowReport]:
        """A new export, some minutes later, and the cycle that finds it."""
        self.clock.advance(minutes=5)
        self.export(rows)
        return self.run()
