"""The event log: everything that happens to the shop whatever is announced, drawn once from the seed.

Buyers and what would become of their orders, customers at the counter, deliveries, and the polls that take place. Times
are whole microseconds since local midnight of the first day. Strategies run over the same log; what depends on them
(whether the hub sells, whether the shelf still holds the unit) is decided in `world`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import accumulate
from random import Random

from tests.oversell.shop import Shop, make_shop

FIRST_DAY = datetime(2026, 1, 1, 3, tzinfo=UTC)
"""Midnight in São Paulo, a Thursday."""
SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND
POLL_EVERY = 5 * MINUTE
_SUNDAY = 6
_ONLINE_HOURS = (3, 2, 1, 1, 1, 1, 2, 3, 5, 6, 7, 7, 8, 7, 6, 6, 6, 7, 8, 9, 10, 10, 8, 5)
"""Weight of each local hour: lunch and the evening, when the PC may be asleep already."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A marketplace: its share of the buyers, and shares of its orders that are paid later, cancelled and sent back."""

    share: float
    paid_later: float
    cancelled: float
    sent_back: float


CHANNELS = (
    Channel(0.45, 0.05, 0.02, 0.04),
    Channel(0.25, 0.20, 0.03, 0.03),
    Channel(0.15, 0.10, 0.02, 0.06),
    Channel(0.10, 0.30, 0.04, 0.02),
    Channel(0.05, 0.40, 0.03, 0.02),
)
_NEVER_PAID = 0.15
_COUNTER_RETURNS = 0.01
_LEAST_ON_THE_SHELF = (1, 2, 3, 5, 8)


class Kind(IntEnum):
    """What happens; the reference is a basket's, a counter sale's or a delivery's position in its list."""

    BASKET = 0
    APPROVE = 1
    CANCEL = 2
    INVOICE = 3
    SENT_BACK = 4
    COUNTER_SALE = 5
    COUNTER_RETURN = 6
    DELIVERY = 7


@dataclass(frozen=True, slots=True)
class Basket:
    """A buyer: (SKU, quantity) wanted; whether it is approved at once; the rest of its fate are events of its own."""

    lines: tuple[tuple[int, int], ...]
    approved_at_once: bool


Event = tuple[int, int, Kind, int]
"""(instant, number in the log, kind, reference)"""


@dataclass(slots=True)
class EventLog:
    """Everything drawn; `polls` are the instants at which both ERP and hub could be read and written."""

    seed: int
    days: int
    shop: Shop
    opening: list[int]
    events: list[Event]
    polls: list[int]
    baskets: list[Basket]
    counter: list[tuple[int, int]]
    deliveries: list[tuple[int, int]]


def instant(microseconds: int) -> datetime:
    """A log time as aware UTC."""
    return FIRST_DAY + timedelta(microseconds=microseconds)


def make_log(seed: int, skus: int, days: int, *, bustle: float = 1.0, shelf: float = 1.0) -> EventLog:
    """The log of a shop of `skus` SKUs (at least 10) over `days` days; same arguments, same log.

    `bustle` multiplies the buyers, `shelf` what a delivery fills up to.
    """
    rng = Random(seed)
    shop = make_shop(rng, skus, bustle)
    polls = _polls(rng, days)
    writer = _Writer(rng, shop, polls, days)
    opening = writer.deliveries_and_opening(shelf)
    for day in range(days):
        writer.online(day)
        writer.counter_day(day)
    writer.events.sort()
    return EventLog(seed, days, shop, opening, writer.events, polls, writer.baskets, writer.counter, writer.deliveries)


def _polls(rng: Random, days: int) -> list[int]:
    """Every five minutes from the PC's waking to its going to sleep, but for network cuts. Even instants."""
    awake: list[int] = []
    for day in range(days):
        start = day * DAY + int(rng.uniform(7.25, 8.5) * HOUR)
        end = day * DAY + int(rng.uniform(21.5, 23.5) * HOUR)
        awake.extend(moment & ~1 for moment in range(start, end, POLL_EVERY))
    cuts: list[tuple[int, int]] = []
    moment = 0
    while moment < days * DAY:
        moment += int(rng.expovariate(1 / (5 * DAY)))
        length = int(rng.expovariate(1 / (4 * HOUR if rng.random() < 0.1 else 25 * MINUTE)))
        cuts.append((moment, moment + length))
        moment += length
    polls: list[int] = []
    cut = 0
    for poll in awake:
        while cut < len(cuts) and cuts[cut][1] <= poll:
            cut += 1
        if cut == len(cuts) or poll < cuts[cut][0]:
            polls.append(poll)
    return polls


def _season(day: int) -> float:
    """How busy a day is: Saturdays and Mondays more; the week of Black Friday and December most."""
    date = (FIRST_DAY + timedelta(days=day)).date()
    week = (1.15, 1.0, 1.0, 1.0, 1.05, 0.95, 0.85)[date.weekday()]
    if (date.month, 23) <= (11, date.day) <= (date.month, 29):
        return week * 2.5
    return week * (1.5 if date.month == 12 and date.day <= 23 else 1.0)


def _weekday(moment: int) -> int:
    return (FIRST_DAY.weekday() + moment // DAY) % 7


class _Writer:
    """Draws the events one kind after the other; sorting puts them in order."""

    def __init__(self, rng: Random, shop: Shop, polls: list[int], days: int) -> None:
        self._rng, self._shop, self._polls, self._end = rng, shop, polls, days * DAY
        self.events: list[Event] = []
        self.baskets: list[Basket] = []
        self.counter: list[tuple[int, int]] = []
        self.deliveries: list[tuple[int, int]] = []
        self._skus = range(len(shop.parts))
        self._codes = range(len(shop.codes))
        self._online_weights = list(accumulate(shop.popularity))
        self._counter_weights = list(accumulate(shop.counter_popularity))
        self._hour_weights = list(accumulate(_ONLINE_HOURS))
        self._channel_weights = list(accumulate(channel.share for channel in CHANNELS))

    def _add(self, moment: int, kind: Kind, reference: int) -> None:
        if moment < self._end:
            self.events.append((moment | 1, len(self.events), kind, reference))

    def _count(self, mean: float) -> int:
        return max(0, round(self._rng.gauss(mean, mean**0.5)))

    def _open_hours(self, moment: int) -> int:
        """`moment`, or a while after the shop next opens (Monday to Saturday, 9 to 18 h)."""
        if _weekday(moment) != _SUNDAY and 9 * HOUR <= moment % DAY < 18 * HOUR:
            return moment
        day = moment // DAY + (moment % DAY >= 9 * HOUR)
        while _weekday(day * DAY) == _SUNDAY:
            day += 1
        return day * DAY + 9 * HOUR + int(self._rng.uniform(0, 2) * HOUR)

    # --- goods coming in -------------------------------------------------------------------------------------------

    def deliveries_and_opening(self, shelf: float) -> list[int]:
        """Deliveries fill a code up to its level; some are cut fine. Answers the first balances."""
        rng = self._rng
        opening: list[int] = []
        for code in self._codes:
            every = rng.choice((7, 7, 14, 14, 28))
            wanted = self._shop.daily_demand[code] * every * rng.uniform(0.6, 1.6) * shelf
            level = round(wanted) + rng.choice(_LEAST_ON_THE_SHELF)
            opening.append(rng.randint(0, level))
            for day in range(rng.randrange(every), self._end // DAY, every):
                moment = self._open_hours(day * DAY + int(rng.uniform(9, 18) * HOUR))
                self._add(moment, Kind.DELIVERY, len(self.deliveries))
                self.deliveries.append((code, level))
        return opening

    # --- the counter -------------------------------------------------------------------------------------------------

    def counter_day(self, day: int) -> None:
        """Customers at the counter, and what a few of them bring back days later."""
        rng = self._rng
        if _weekday(day * DAY) == _SUNDAY:
            return
        for _ in range(self._count(self._shop.counter_sales_a_day * 7 / 6 * _season(day))):
            [code] = rng.choices(self._codes, cum_weights=self._counter_weights)
            moment = day * DAY + int(rng.uniform(8.5, 18.5) * HOUR)
            self._add(moment, Kind.COUNTER_SALE, len(self.counter))
            if rng.random() < _COUNTER_RETURNS:
                back = self._open_hours(moment + int(rng.uniform(1, 7) * DAY))
                self._add(back, Kind.COUNTER_RETURN, len(self.counter))
            self.counter.append((code, 1 if rng.random() < 0.85 else rng.randint(2, 4)))

    # --- online ------------------------------------------------------------------------------------------------------

    def online(self, day: int) -> None:
        """Buyers at all channels, with what would become of each one's order."""
        rng = self._rng
        for _ in range(self._count(self._shop.baskets_a_day * _season(day))):
            [hour] = rng.choices(range(24), cum_weights=self._hour_weights)
            self._buyer(day * DAY + hour * HOUR + int(rng.random() * HOUR))

    def _buyer(self, created: int) -> None:
        rng, reference = self._rng, len(self.baskets)
        [channel] = rng.choices(CHANNELS, cum_weights=self._channel_weights)
        count = 2 if rng.random() < 0.1 else 1
        skus = dict.fromkeys(rng.choices(self._skus, cum_weights=self._online_weights, k=count))
        lines = tuple((sku, 1 if rng.random() < 0.88 else rng.randint(2, 4)) for sku in skus)
        paid_later = rng.random() < channel.paid_later
        self.baskets.append(Basket(lines, not paid_later))
        self._add(created, Kind.BASKET, reference)
        approved = created
        if paid_later:
            if rng.random() < _NEVER_PAID:
                self._add(created + int(rng.uniform(2, 4) * DAY), Kind.CANCEL, reference)
                return
            wait = rng.uniform(1 / 60, 0.7) if rng.random() < 0.6 else rng.uniform(4, 72)
            approved = created + int(wait * HOUR)
            self._add(approved, Kind.APPROVE, reference)
        self._after_approval(approved, channel, reference)

    def _after_approval(self, approved: int, channel: Channel, reference: int) -> None:
        """The ERP gets the order at the first poll and is invoiced hours later, when somebody has time."""
        rng, fate = self._rng, self._rng.random()
        position = bisect_left(self._polls, approved | 1)
        imported = self._polls[position] if position < len(self._polls) else self._end
        invoiced = self._open_hours(imported + 5 * MINUTE + int(rng.expovariate(1 / (4 * HOUR))))
        if fate < channel.cancelled:
            self._add(int(rng.uniform(approved, invoiced)), Kind.CANCEL, reference)
        self._add(invoiced, Kind.INVOICE, reference)
        if channel.cancelled <= fate < channel.cancelled + channel.sent_back:
            cancelled = invoiced + int(rng.uniform(0.02, 10) * DAY)
            self._add(cancelled, Kind.CANCEL, reference)
            self._add(self._open_hours(cancelled + int(rng.uniform(1, 8) * DAY)), Kind.SENT_BACK, reference)
