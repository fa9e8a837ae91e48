"""The map of the program: everything the engine asks of the outside, as small Protocols.

The engine (`otimo_tray.sync`) is written against these alone. Real parts live in `pluggto/`, `erp/`, `store/`,
`desktop/`; fakes for tests pass the same contract tests. The store's protocols are in `otimo_tray.sync.storage`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol, runtime_checkable

from otimo_tray.domain.catalogue import ErpItem, HubProduct, RawRow
from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import ErpOrder, Order, OrderUpdate
from otimo_tray.errors import OtimoError


class Clock(Protocol):
    """Time. `now` is aware UTC wall time; `monotonic` seconds for intervals; `wait` blocks on `event`."""

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...


class Secrets(Protocol):
    """The OS keyring, by name inside one profile. Never a file.

    Raises:
        KeyringAway: it can't be read or written now.
        ConfigurationError: C-431, there is no keyring on this machine.
    """

    def get(self, name: str) -> str | None: ...
    def set(self, name: str, value: str) -> None: ...
    def delete(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of `otimo-tray check`: `error` None means all right. `name` is a code of `words`, e.g. "hub_login"."""

    name: str
    error: OtimoError | None = None
    detail: str = ""


class StockReading(Protocol):
    """One read of the ERP's stock and prices. It counts whole or not at all.

    Attributes:
        as_of: moment the data speaks of (file's or database's), aware UTC.
        full: True when every product is in it; False for a change-only file.
        digest: hash of the raw source when known before the rows, else "".
        source: name for messages (file name, view).
        more: whether another reading may wait behind this one (a folder's change-only files); False for a source that
            tells all it has each time it is asked.
    """

    as_of: datetime
    full: bool
    digest: str
    source: str
    more: bool

    def chunks(self) -> Iterator[list[RawRow]]:
        """Raw rows, at most some thousands at a time so that no thread is held long.

        Raises:
            ReadRefused: at any point; then nothing of this read may be used.
            ErpAway: the source went away meanwhile.
        """
        ...

    def accepted(self) -> None:
        """Called after the rows were stored: the connector may move the file to *processados*. Safe to repeat."""
        ...

    def refused(self, error: OtimoError) -> None:
        """Called when the whole read was refused: the connector may move the file to *recusados*. Never deletes."""
        ...


@dataclass(frozen=True, slots=True)
class ErpOrderRef:
    """What the ERP calls an imported order; for the folder, the file's name."""

    reference: str


@dataclass(frozen=True, slots=True)
class InvoiceBatch:
    """Invoices since a cursor. `cursor` is opaque text, saved by us only after the batch was stored.

    Attributes:
        complete: every note whose units were out of the balance when this batch was asked for is in it or in an
            earlier one. False when that can't be told, as of files that the ERP writes in its own time.
    """

    invoices: Sequence[InvoiceRecord]
    refused: Sequence[tuple[str, OtimoError]]
    """(source, why) of records that couldn't be read."""
    cursor: str
    complete: bool = False


class Erp(Protocol):
    """Ótimo Gestor, whatever way the shop reaches it. All passing `tests/contract/test_erp.py`.

    Every method may raise ErpAway (heals) or ErpMisconfigured (person).
    """

    name: str

    def check(self) -> list[CheckResult]:
        """Tests the connection without changing anything; one result for each thing that can be wrong."""
        ...

    def read_items(self) -> StockReading | None:
        """Opens the newest reading; None when there is nothing new to read (e.g. no file in the folder)."""
        ...

    def parse_row(self, row: RawRow) -> ErpItem:
        """Types one raw row of this connector. Raises RowRefused naming field and value."""
        ...

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        """The order if the ERP already has it (asked after a lost answer, before any repeat)."""
        ...

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        """Puts one whole order into the ERP. Twice is once: keyed by `order.order.hub_id`. Raises ErpRefusedOrder."""
        ...

    def invoices(self, cursor: str) -> InvoiceBatch:
        """Invoices after `cursor` ("" = from the beginning), oldest first. Never skips one; may repeat some."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Glance:
    """What lies ready in an ERP's folder, by name and version; only compared with an earlier glance."""

    stock: frozenset[tuple[object, ...]]
    invoices: frozenset[tuple[object, ...]]


@runtime_checkable
class Watchable(Protocol):
    """An ERP whose changes can be seen from outside cheaply. A database or a server can't: those are asked in turn."""

    def glance(self) -> Glance:
        """From any thread, every few seconds; writes nothing and raises nothing."""
        ...


class Hub(Protocol):
    """Plugg.to. Every call may raise HubAway, HubBusy, HubRefusedLogin; item calls also HubRefusedItem and its kin."""

    def check_login(self) -> None: ...

    def clock_difference(self) -> float | None:
        """Seconds by which this PC's clock is ahead of the hub's, None when it doesn't tell."""
        ...

    def orders(self, status: str, *, max_pages: int | None = None) -> Iterator[Order]:
        """All orders of one status, read page by page to the end (newest pages only with `max_pages`)."""
        ...

    def order(self, hub_id: str) -> Order: ...

    def find_orders(self, original_id: str) -> list[Order]:
        """Orders whose `external` or id equals the number; for *import this one order*."""
        ...

    def update_order(self, hub_id: str, update: OrderUpdate) -> Order:
        """PUT. Raises HubUnchanged when nothing changed: read back before judging."""
        ...

    def products(self) -> Iterator[HubProduct]:
        """Every sellable SKU of the catalogue (variations as SKUs of their own), page by page to the end."""
        ...

    def product(self, sku: str) -> HubProduct:
        """One SKU's real values. Raises HubNotFound."""
        ...

    def put_stock(self, sku: str, quantity: int) -> HubProduct:
        """Sets the quantity (`action: update`). Answers the SKU as it is now. Raises HubUnchanged."""
        ...

    def put_price(self, sku: str, price: Decimal, special_price: Decimal) -> HubProduct:
        """Sets list and selling price (BRL, cents). Only for SKUs the catalogue has. Raises HubUnchanged."""
        ...

    def close(self) -> None: ...


class Notifier(Protocol):
    """Tells the person something now (a tray balloon); `place` is where it can be handled, e.g. "orders"."""

    def notify(self, code: str, params: dict[str, object], place: str) -> None: ...


class Power(Protocol):
    """Sleep and wake of the machine. `subscribe` calls back with "suspend" or "resume" from any thread."""

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]: ...
