"""The three ways of announcing: the field's usual one, ours by the shipped functions, and the bound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from otimo_tray.domain.availability import available
from otimo_tray.domain.cancelled import Booked, FoundInvoice, booked
from otimo_tray.domain.catalogue import ErpItem, HubProduct, RawRow
from otimo_tray.domain.commitments import OrderLine, committed_units, may_move_hub_stock
from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_rules import booking_moment
from otimo_tray.domain.orders import Order, OrderStage, Party
from otimo_tray.domain.plan import Kind
from otimo_tray.domain.rules import NO_RULE
from otimo_tray.domain.settings import Settings, StockRules
from otimo_tray.sync.planner import Planner
from otimo_tray.sync.storage import SkuContext
from tests.oversell.log import instant
from tests.oversell.world import Sale, Status, World

_KEPT_AFTER_BOOKING = timedelta(days=7)
"""As `Orders.committed_lines` keeps them."""
_STOCK: tuple[Kind, ...] = ("stock",)
_NO_DOUBT: frozenset[Kind] = frozenset()
_IN_DOUBT: frozenset[Kind] = frozenset(_STOCK)


class Bound:
    """Announces what can be known at the poll, from the log's own books; `offset` shows what other numbers cost."""

    def __init__(self, offset: int = 0) -> None:
        self._offset = offset

    def open(self, world: World) -> None:
        self._announce(world, range(len(world.hub)))

    def poll(self, world: World, now: int) -> None:
        self._announce(world, world.concerned())

    def _announce(self, world: World, skus: Iterable[int]) -> None:
        for sku in skus:
            world.put(sku, max(0, world.knowable(sku) + self._offset))


class Usual:
    """Pushes the balance as it is, every five minutes, whatever the hub has sold meanwhile."""

    def __init__(self, *, only_changed: bool = False) -> None:
        """`only_changed`: a balance that is still the last one sent isn't sent again."""
        self._only_changed = only_changed
        self._sent: dict[int, int] = {}

    def open(self, world: World) -> None:
        self._announce(world, range(len(world.hub)))

    def poll(self, world: World, now: int) -> None:
        # Of all other SKUs the number at the hub is their balance already: to push it again changes nothing.
        self._announce(world, world.concerned())

    def _announce(self, world: World, skus: Iterable[int]) -> None:
        shop, rules = world.shop, StockRules()
        for sku in skus:
            items = {
                shop.codes[code]: ErpItem(shop.codes[code], Decimal(world.exported[code]), None)
                for code, _ in shop.parts[sku]
            }
            quantity = available(shop.mappings[sku], items, {}, NO_RULE, rules).quantity
            if not self._only_changed or self._sent.get(sku) != quantity:
                self._sent[sku] = quantity
                world.put(sku, quantity)


@dataclass(slots=True)
class _Entry:
    """An order in our ledger."""

    stage: OrderStage
    seen_at: datetime
    imported_at: datetime | None = None
    booked_at: datetime | None = None


class Ours:
    """What Ótimo Tray does at a poll: read balances, orders and invoices, then plan by the shipped functions.

    Only codes that something happened to are computed, as the engine does; with `everything` all are at every poll.
    """

    def __init__(
        self,
        safety_stock: int = 0,
        *,
        resend: bool = True,
        everything: bool = False,
        invoices_tell: bool = True,
        punctual: bool = True,
    ) -> None:
        """Args:
        resend: a SKU whose orders moved at the hub is in doubt: the hub may have changed its number itself.
        invoices_tell: the ERP shows all its invoices at each poll; else an order cancelled after its import holds its
            units until a later balance, since it may have been invoiced just before.
        punctual: the ERP is known to book at the moment that its invoice names, as the simulated one does; else it is
            allowed the minute that a real one is.
        """
        self._settings = Settings(stock_rules=StockRules(safety_stock=safety_stock))
        self._resend, self._everything = resend, everything
        self._invoices_tell, self._punctual = invoices_tell, punctual
        self._ledger: dict[int, _Entry] = {}
        self._found: list[FoundInvoice] = []
        self._invoiced: set[int] = set()
        self._waiting: set[int] = set()
        """Codes of which a later balance releases units, whether something else happens to them or not."""
        self._undecided: dict[int, Sale] = {}
        """Cancelled after their import; whether they were invoiced before isn't known yet."""
        self._statuses: dict[int, str] = {}
        self._lines: list[dict[tuple[int, int], OrderLine]] = []
        self._committed: dict[str, int] = {}
        self._rows: dict[str, RawRow] = {}
        self._confirmed: list[dict[Kind, str]] = []
        self._products: list[HubProduct] = []

    def open(self, world: World) -> None:
        mappings = world.shop.mappings
        self._by_sku = {mapping.sku: number for number, mapping in enumerate(mappings)}
        self._mappings = {mapping.sku: mapping for mapping in mappings}
        self._products = [HubProduct(mapping.sku, mapping.sku) for mapping in mappings]
        self._confirmed = [{} for _ in mappings]
        self._lines = [{} for _ in world.balance]
        self._read_balances(world, range(len(world.balance)))
        self._plan(world, range(len(mappings)), frozenset(), instant(0))

    def poll(self, world: World, now: int) -> None:
        moment, codes, doubted = instant(now), world.touched | self._waiting, set[int]()
        for sale in world.moved.values():
            before = self._statuses.get(sale.number)
            self._statuses[sale.number] = sale.status.value
            self._follow(sale, moment)
            codes.update(code for code, _ in sale.need)
            if self._resend and may_move_hub_stock(before, sale.status.value, fulfillment=False):
                doubted.update(sku for sku, _ in sale.lines)
        for sale in world.moved.values():
            self._take_invoice(sale, moment)
        self._decide_cancelled()
        for sale in world.moved.values():
            self._keep_lines(world, sale)
        if self._everything:
            codes = set(range(len(world.balance)))
        self._read_balances(world, codes)
        self._commit(world, codes, instant(world.as_of))
        skus = {sku for code in codes for sku in world.shop.skus_of_code[code]} | doubted
        self._plan(world, sorted(skus), doubted, moment)

    # --- what was read -----------------------------------------------------------------------------------------------

    def _read_balances(self, world: World, codes: Iterable[int]) -> None:
        for code in codes:
            name = world.shop.codes[code]
            self._rows[name] = (name, str(world.exported[code]), None, None, None, None, None, None)

    def _follow(self, sale: Sale, now: datetime) -> None:
        """The orders' run: the ledger follows the hub; an approved order goes into the ERP at once."""
        entry = self._ledger.get(sale.number)
        if entry is None:
            if sale.status is Status.CANCELLED:
                return
            entry = self._ledger[sale.number] = _Entry(OrderStage.PENDING, now)
        if sale.status is Status.APPROVED and entry.stage is OrderStage.PENDING:
            entry.stage, entry.imported_at = OrderStage.IMPORTED, now
        if sale.status is Status.CANCELLED and entry.stage in (OrderStage.PENDING, OrderStage.IMPORTED):
            if entry.stage is OrderStage.IMPORTED:
                entry.booked_at = now
                self._undecided[sale.number] = sale
            entry.stage = OrderStage.CANCELLED

    def _take_invoice(self, sale: Sale, now: datetime) -> None:
        """The invoices' run: one that names an order in the ERP is its own; whose order is cancelled stays open."""
        entry = self._ledger.get(sale.number)
        if entry is None or sale.invoiced_at is None or sale.number in self._invoiced:
            return
        self._invoiced.add(sale.number)
        issued, order = instant(sale.invoiced_at), _order_of(sale)
        record = InvoiceRecord(
            order.hub_id,
            order.hub_id,
            "1",
            issued,
            order_ref=order.hub_id,
            buyer_document=order.payer.document,
            total=order.total,
        )
        settled = entry.stage is OrderStage.IMPORTED
        self._found.append(FoundInvoice(record, now, order.hub_id if settled else None))
        if settled:
            entry.stage, entry.booked_at = OrderStage.INVOICED, self._booking(record, now)

    def _booking(self, record: InvoiceRecord, found_at: datetime) -> datetime:
        return record.issued if self._punctual and record.issued is not None else booking_moment(record, found_at)

    def _decide_cancelled(self) -> None:
        """What the invoices say of the orders cancelled since the last poll; a doubt leaves it to the next balance."""
        for sale in self._undecided.values() if self._invoices_tell else ():
            entry = self._ledger[sale.number]
            start = bisect_left(self._found, entry.seen_at, key=lambda found: found.found_at)
            answer, invoice = booked(_order_of(sale), self._found[start:])
            if answer is not Booked.UNKNOWN:
                entry.booked_at = None if invoice is None else self._booking(invoice.record, invoice.found_at)
        self._undecided.clear()

    def _keep_lines(self, world: World, sale: Sale) -> None:
        entry = self._ledger.get(sale.number)
        if entry is None:
            return
        for number, (sku, quantity) in enumerate(sale.lines):
            line: OrderLine = (
                str(sale.number),
                world.shop.mappings[sku].sku,
                quantity,
                entry.stage,
                entry.imported_at,
                entry.booked_at,
            )
            for code, _ in world.shop.parts[sku]:
                self._lines[code][sale.number, number] = line

    # --- what is announced -------------------------------------------------------------------------------------------

    def _commit(self, world: World, codes: Iterable[int], as_of: datetime) -> None:
        shop = self._settings.shop
        for code in codes:
            lines, name = self._lines[code], world.shop.codes[code]
            long_ago = as_of - _KEPT_AFTER_BOOKING
            for key in [key for key, line in lines.items() if line[5] is not None and line[5] < long_ago]:
                del lines[key]
            units = committed_units(lines.values(), self._mappings.get, shop.booking, shop.balance_is_net, False, as_of)
            waits = any(line[5] is not None and line[5] >= as_of for line in lines.values())
            (self._waiting.add if waits else self._waiting.discard)(code)
            self._committed.pop(name, None)
            if name in units:
                self._committed[name] = units[name]

    def _plan(self, world: World, skus: Iterable[int], doubted: Iterable[int], now: datetime) -> None:
        planner = Planner(self._settings, _parse_row, _STOCK, now, self._committed, first_sync=False)
        doubts = frozenset(doubted)
        contexts = [self._context(sku, doubts) for sku in skus]
        plan = planner.plan([contexts])
        assert not plan.refused
        for push in plan.pushes:
            sku = self._by_sku[push.sku]
            world.put(sku, int(push.value))
            self._confirmed[sku][push.kind] = push.value

    def _context(self, sku: int, doubts: frozenset[int]) -> SkuContext:
        product = self._products[sku]
        mapping = self._mappings[product.sku]
        codes = [component.erp_code for component in mapping.components]
        items: Mapping[str, RawRow] = {code: self._rows[code] for code in codes}
        committed = {code: self._committed.get(code, 0) for code in codes}
        doubt = _IN_DOUBT if sku in doubts else _NO_DOUBT
        return SkuContext(mapping, items, committed, NO_RULE, product, self._confirmed[sku], doubt, {})


def _order_of(sale: Sale) -> Order:
    """The order as the hub tells it, as far as an invoice's owner is found by it: each buyer is another."""
    total = sum((Decimal(quantity) * (2_000 + sku * 7) / 100 for sku, quantity in sale.lines), Decimal(0))
    number = str(sale.number)
    return Order(number, f"C-{number}", sale.status.value, total=total, payer=Party(document=f"{sale.number:011}"))


def _parse_row(row: RawRow) -> ErpItem:
    code, balance, *_ = row
    assert code is not None
    assert balance is not None
    return ErpItem(code, Decimal(balance), None)
