"""What happens when a strategy announces: the ERP's books, the shelf, the hub's numbers, and the two figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from tests.oversell.log import DAY, POLL_EVERY, EventLog, Kind


class Status(Enum):
    """An order's status at the hub."""

    PENDING = "pending"
    APPROVED = "approved"
    CANCELLED = "canceled"


@dataclass(slots=True)
class Sale:
    """An order that came to be. `need` is (code, units) summed over its lines.

    Attributes:
        invoiced_at: when the ERP booked it out; None before.
        set_aside: its units were put away at a poll, so that the counter leaves them alone.
    """

    number: int
    lines: tuple[tuple[int, int], ...]
    need: tuple[tuple[int, int], ...]
    status: Status = Status.PENDING
    invoiced_at: int | None = None
    set_aside: bool = False

    @property
    def promised(self) -> bool:
        """Sold, and still in the balance."""
        return self.status is not Status.CANCELLED and self.invoiced_at is None


class Strategy(Protocol):
    """Decides what the hub shows."""

    def open(self, world: World) -> None:
        """The first numbers, right for everybody: nothing is sold yet."""
        ...

    def poll(self, world: World, now: int) -> None:
        """Reads ERP and hub, both of the instant `now`, and sets the hub's numbers."""
        ...


@dataclass(slots=True)
class Figures:
    """What came of one strategy. `astray` counts numbers that weren't what could be known at a poll."""

    oversold: int = 0
    lost: int = 0
    orders: int = 0
    astray: int = 0
    pushes: int = 0


class World:
    """One run over the log. What changed since the last poll is in `touched` (codes), `moved` and `lowered` (SKUs)."""

    def __init__(self, log: EventLog, *, hub_lowers: bool, reading_age: int = 0) -> None:
        """Args:
        hub_lowers: the hub takes an approved order off its own number; else that stays until the next PUT.
        reading_age: the balances read at a poll are those of so many microseconds before it, as from a file that
            the ERP wrote then; under five minutes, even.
        """
        assert 0 <= reading_age < POLL_EVERY
        assert reading_age % 2 == 0, "no event shares its instant with a reading"
        self.log, self.shop, self.hub_lowers = log, log.shop, hub_lowers
        self.balance = list(log.opening)
        self.promised = [0] * len(self.balance)
        self.hub = [0] * len(self.shop.parts)
        self.figures = Figures()
        self.touched: set[int] = set()
        self.lowered: set[int] = set()
        self.moved: dict[int, Sale] = {}
        self.exported = list(log.opening)
        self.as_of = 0
        self._reading_age = reading_age
        self._booked_since_export = [0] * len(self.balance)
        self._unexported: set[int] = set()
        self._aside = [0] * len(self.balance)
        self.sales: dict[int, Sale] = {}
        self._sold_at_counter: set[int] = set()
        self._position = 0
        self._handlers: tuple[Callable[[int, int], None], ...] = (
            self._basket,
            self._approve,
            self._cancel,
            self._invoice,
            self._sent_back,
            self._counter_sale,
            self._counter_return,
            self._delivery,
        )
        assert [kind.name.lower() for kind in Kind] == [handler.__name__[1:] for handler in self._handlers]

    def run(self, strategy: Strategy) -> Figures:
        """The whole log, poll by poll."""
        strategy.open(self)
        for poll in self.log.polls:
            self._until(poll - self._reading_age)
            self._export(poll - self._reading_age)
            self._until(poll)
            strategy.poll(self, poll)
            self._after_poll()
        self._until(self.log.days * DAY)
        return self.figures

    def _until(self, end: int) -> None:
        """All events before `end`."""
        events, handlers, position = self.log.events, self._handlers, self._position
        while position < len(events) and events[position][0] < end:
            moment, _, kind, reference = events[position]
            handlers[kind](moment, reference)
            position += 1
        self._position = position

    def _export(self, moment: int) -> None:
        """The ERP's picture of its balances, as every poller will read it."""
        self.as_of = moment
        for code in self._unexported:
            self.exported[code] = self.balance[code]
            self._booked_since_export[code] = 0
        self._unexported.clear()

    def _touch(self, code: int) -> None:
        self.touched.add(code)
        self._unexported.add(code)

    def truth(self, sku: int) -> int:
        """Whole SKUs that balance minus promises make, at this instant."""
        return max(0, min((self.balance[code] - self.promised[code]) // units for code, units in self.shop.parts[sku]))

    def knowable(self, sku: int) -> int:
        """The truth as far as a poller can know it: the balances as exported, all promises and bookings as of now."""
        return max(
            0,
            min(
                (self.exported[code] - self._booked_since_export[code] - self.promised[code]) // units
                for code, units in self.shop.parts[sku]
            ),
        )

    def put(self, sku: int, quantity: int) -> None:
        """A PUT to the hub."""
        self.hub[sku] = quantity
        self.figures.pushes += 1

    def concerned(self) -> set[int]:
        """SKUs whose truth or whose number at the hub may have changed since the last poll."""
        skus = set(self.lowered)
        for code in self.touched:
            skus.update(self.shop.skus_of_code[code])
        return skus

    def _after_poll(self) -> None:
        """The shop puts away what it now knows to be sold."""
        self.figures.astray += sum(1 for sku in self.concerned() if self.hub[sku] != self.knowable(sku))
        for sale in self.moved.values():
            if sale.promised and not sale.set_aside:
                sale.set_aside = True
                for code, units in sale.need:
                    self._aside[code] += units
        self.touched = set(self._unexported)  # what the picture didn't show yet, the next one will
        self.lowered.clear()
        self.moved.clear()

    # --- online ------------------------------------------------------------------------------------------------------

    def _basket(self, moment: int, reference: int) -> None:
        basket, figures = self.log.baskets[reference], self.figures
        lines: list[tuple[int, int]] = []
        need: dict[int, int] = {}
        for sku, quantity in basket.lines:
            possible = self.truth(sku)
            if self.hub[sku] >= quantity:
                figures.oversold += max(0, quantity - possible)
                lines.append((sku, quantity))
                for code, units in self.shop.parts[sku]:
                    self.promised[code] += units * quantity
                    need[code] = need.get(code, 0) + units * quantity
            elif possible >= quantity:
                figures.lost += quantity
        if lines:
            figures.orders += 1
            sale = self.sales[reference] = Sale(reference, tuple(lines), tuple(need.items()))
            for code in need:
                self._touch(code)
            self.moved[reference] = sale
            if basket.approved_at_once:
                self._approve(moment, reference)

    def _approve(self, moment: int, reference: int) -> None:
        sale = self.sales.get(reference)
        if sale is None or sale.status is not Status.PENDING:
            return
        sale.status = Status.APPROVED
        self.moved[reference] = sale
        if self.hub_lowers:
            for sku, quantity in sale.lines:
                self.hub[sku] = max(0, self.hub[sku] - quantity)
                self.lowered.add(sku)

    def _cancel(self, moment: int, reference: int) -> None:
        sale = self.sales.get(reference)
        if sale is None or sale.status is Status.CANCELLED:
            return
        if sale.promised:
            self._fulfil(sale.need, sale)
        sale.status = Status.CANCELLED
        self.moved[reference] = sale

    def _invoice(self, moment: int, reference: int) -> None:
        """The ERP books out; an order that the shelf can't meet is cancelled by the shop instead."""
        sale = self.sales.get(reference)
        if sale is None or not sale.promised:
            return
        self.moved[reference] = sale
        self._fulfil(sale.need, sale)
        if any(self.balance[code] < units for code, units in sale.need):
            sale.status = Status.CANCELLED
            return
        sale.invoiced_at = moment
        for code, units in sale.need:
            self.balance[code] -= units
            self._booked_since_export[code] += units

    def _fulfil(self, need: Sequence[tuple[int, int]], sale: Sale) -> None:
        """The promise ends, one way or the other."""
        for code, units in need:
            self.promised[code] -= units
            if sale.set_aside:
                self._aside[code] -= units
            self._touch(code)

    def _sent_back(self, moment: int, reference: int) -> None:
        sale = self.sales.get(reference)
        if sale is not None and sale.invoiced_at is not None:
            for code, units in sale.need:
                self.balance[code] += units
                self._touch(code)

    # --- in the shop -------------------------------------------------------------------------------------------------

    def _counter_sale(self, moment: int, reference: int) -> None:
        """Whoever stands there takes what the shelf holds, but for what was put away."""
        code, quantity = self.log.counter[reference]
        if self.balance[code] - self._aside[code] < quantity:
            return
        short = max(0, self.promised[code] - self.balance[code])
        self.balance[code] -= quantity
        self.figures.oversold += max(0, self.promised[code] - self.balance[code]) - short
        self._sold_at_counter.add(reference)
        self._touch(code)

    def _counter_return(self, moment: int, reference: int) -> None:
        if reference in self._sold_at_counter:
            code, quantity = self.log.counter[reference]
            self.balance[code] += quantity
            self._touch(code)

    def _delivery(self, moment: int, reference: int) -> None:
        code, level = self.log.deliveries[reference]
        if self.balance[code] < level:
            self.balance[code] = level
            self._touch(code)
