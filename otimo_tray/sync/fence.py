"""The fence around hub and ERP of a shop with several desks: only the desk that leads gets through.

A `Term` is one desk's time in the lead, under one number. It is over the moment its last confirmed beat is too old by
either of this PC's clocks, whether anybody told or not; and what belongs to an ended term never gets through again,
even where the same desk leads once more under another number.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol, TypeVar

from otimo_tray.domain.catalogue import ErpItem, HubProduct, RawRow
from otimo_tray.domain.orders import ErpOrder, Order, OrderUpdate
from otimo_tray.errors import LeaseLost, OtimoError
from otimo_tray.ports import CheckResult, Clock, Erp, ErpOrderRef, Glance, Hub, InvoiceBatch, StockReading, Watchable

_T = TypeVar("_T")
VALID_S: Final = 12.0
"""A request may begin while the last confirmed beat is younger than this, counted from before the beat was sent."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who leads a shop: the lease's number, what the PC is called, who sits there."""

    number: int
    desk: str
    person: str


class Fence(Protocol):
    """Whether this desk leads, and under which number."""

    @property
    def number(self) -> int: ...
    def is_valid(self) -> bool: ...
    def check(self) -> None:
        """Raises LeaseLost when the term is over."""
        ...


class Moment:
    """A moment by both clocks: the wall's may be set, the monotonic one may stand still while the PC sleeps."""

    __slots__ = ("monotonic", "wall")

    def __init__(self, clock: Clock) -> None:
        self.wall: datetime = clock.now()
        self.monotonic = clock.monotonic()

    def age(self, clock: Clock) -> float:
        """Seconds since then by the clock that says more; never less than 0."""
        return max(0.0, clock.monotonic() - self.monotonic, (clock.now() - self.wall).total_seconds())


class Term:
    """Implements `Fence`. Confirmed by whoever keeps the lease; read from any thread."""

    def __init__(self, number: int, clock: Clock, since: Moment) -> None:
        """`since`: a moment before the server was asked for the lease."""
        self.number = number
        self.began = since.wall
        self._clock = clock
        self._confirmed = since
        self._over = False
        self._lock = threading.Lock()

    def confirm(self, sent: Moment) -> None:
        """The server confirmed a beat that was sent after `sent`. Nothing brings an ended term back."""
        with self._lock:
            self._confirmed = sent

    def end(self) -> None:
        with self._lock:
            self._over = True

    def is_valid(self) -> bool:
        with self._lock:
            if not self._over and self._confirmed.age(self._clock) >= VALID_S:
                self._over = True
            return not self._over

    def check(self) -> None:
        if not self.is_valid():
            raise LeaseLost(number=self.number)


class FencedHub:
    """The hub for one term: every call is checked before it begins, pages of a list one by one."""

    def __init__(self, hub: Hub, fence: Fence) -> None:
        self._hub = hub
        self._fence = fence

    def check_login(self) -> None:
        self._fence.check()
        self._hub.check_login()

    def clock_difference(self) -> float | None:
        return self._hub.clock_difference()

    def orders(self, status: str, *, max_pages: int | None = None) -> Iterator[Order]:
        return _checked(self._fence, self._hub.orders(status, max_pages=max_pages))

    def order(self, hub_id: str) -> Order:
        self._fence.check()
        return self._hub.order(hub_id)

    def find_orders(self, original_id: str) -> list[Order]:
        self._fence.check()
        return self._hub.find_orders(original_id)

    def update_order(self, hub_id: str, update: OrderUpdate) -> Order:
        self._fence.check()
        return self._hub.update_order(hub_id, update)

    def products(self) -> Iterator[HubProduct]:
        return _checked(self._fence, self._hub.products())

    def product(self, sku: str) -> HubProduct:
        self._fence.check()
        return self._hub.product(sku)

    def put_stock(self, sku: str, quantity: int) -> HubProduct:
        self._fence.check()
        return self._hub.put_stock(sku, quantity)

    def put_price(self, sku: str, price: Decimal, special_price: Decimal) -> HubProduct:
        self._fence.check()
        return self._hub.put_price(sku, price, special_price)

    def close(self) -> None:
        self._hub.close()


class FencedErp:
    """The ERP for one term. Reading is checked too: taking a reading over may move its file."""

    def __init__(self, erp: Erp, fence: Fence) -> None:
        self._erp = erp
        self._fence = fence
        self.name = erp.name

    def check(self) -> list[CheckResult]:
        return self._erp.check()

    def read_items(self) -> StockReading | None:
        self._fence.check()
        reading = self._erp.read_items()
        return None if reading is None else _FencedReading(reading, self._fence)

    def parse_row(self, row: RawRow) -> ErpItem:
        return self._erp.parse_row(row)

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        self._fence.check()
        return self._erp.find_order(hub_id)

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        self._fence.check()
        return self._erp.import_order(order)

    def invoices(self, cursor: str) -> InvoiceBatch:
        self._fence.check()
        return self._erp.invoices(cursor)

    def close(self) -> None:
        self._erp.close()


class _WatchedErp(FencedErp):
    """One whose changes can be seen from outside (`ports.Watchable`)."""

    def __init__(self, erp: Erp, watchable: Watchable, fence: Fence) -> None:
        super().__init__(erp, fence)
        self._watchable = watchable

    def glance(self) -> Glance:
        return self._watchable.glance()


class _FencedReading:
    """A reading that is answered for only while the term lasts: else the file stays for the desk that leads."""

    def __init__(self, reading: StockReading, fence: Fence) -> None:
        self._reading = reading
        self._fence = fence
        self.as_of = reading.as_of
        self.full = reading.full
        self.digest = reading.digest
        self.source = reading.source
        self.more = reading.more

    def chunks(self) -> Iterator[list[RawRow]]:
        return _checked(self._fence, self._reading.chunks())

    def accepted(self) -> None:
        self._fence.check()
        self._reading.accepted()

    def refused(self, error: OtimoError) -> None:
        self._fence.check()
        self._reading.refused(error)


def fenced_erp(erp: Erp, fence: Fence) -> Erp:
    """The ERP behind the fence; watchable where it was."""
    return _WatchedErp(erp, erp, fence) if isinstance(erp, Watchable) else FencedErp(erp, fence)


def _checked(fence: Fence, entries: Iterator[_T]) -> Iterator[_T]:
    while True:
        fence.check()
        try:
            entry = next(entries)
        except StopIteration:
            return
        yield entry
