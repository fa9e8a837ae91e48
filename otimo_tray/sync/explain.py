"""Why a SKU shows the stock and the price it shows, number by number: for `otimo-tray explain` and the windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from otimo_tray.domain.availability import available
from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.commitments import Commitment, commitments
from otimo_tray.domain.plan import Kind, StockValue
from otimo_tray.domain.pricing import price_of
from otimo_tray.domain.rule_book import RuleBook
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ItemError, OtimoError
from otimo_tray.sync.planner import ruled_by
from otimo_tray.sync.storage import OutboxRow, SentValue, SkuContext, Storage, TakenBack

LAST_SENT = 10


@dataclass(frozen=True, slots=True)
class KindExplained:
    """One value of a SKU.

    Attributes:
        desired: what the numbers give now, as `domain.plan` writes values; None = `error` says why there is none.
        announced: what is to be at the hub: `desired`, or what a person put in its place.
        numbers: `Availability.explanation()` or `PricePlan.explanation`, and `rules` (`domain.rule_book.Told`): which
        rule (own, pattern, default) gave each of its numbers.
        confirmed, confirmed_at: what the hub confirmed last, and when.
        doubt, doubt_at: a value whose PUT got no answer.
        waiting: the value in the outbox, with its state and what holds it.
    """

    kind: Kind
    desired: str | None
    announced: str | None
    error: OtimoError | None
    numbers: dict[str, Any]
    next_change: datetime | None
    confirmed: str | None
    confirmed_at: datetime | None
    doubt: str | None
    doubt_at: datetime | None
    waiting: OutboxRow | None
    taken_back: TakenBack | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A SKU, explained. `commitments` name each order that holds units of its ERP codes, through whatever SKU."""

    sku: str
    name: str
    mapped: bool
    at_hub: bool
    as_of: datetime | None
    commitments: list[Commitment]
    values: list[KindExplained]
    sent: list[SentValue]


def explain(
    storage: Storage,
    settings: Settings,
    parse_row: Callable[[RawRow], ErpItem],
    sku: str,
    now: datetime,
    last_sent: int = LAST_SENT,
    own: SkuRule | None = None,
) -> Explanation:
    """Computes the SKU's values of this moment from the stored picture; reads nothing outside, changes nothing.

    Args:
        own: a rule tried out in the place of the SKU's own.

    Raises:
        ItemError: G-240, neither hub nor De/Para knows the SKU.
    """
    product = storage.catalogue.product(sku)
    sent = list(islice(storage.audit.sent(sku=sku), last_sent))
    context = next((block[0] for block in storage.values.contexts([sku])), None)
    if context is None and product is None:
        raise ItemError("G-240", sku=sku)
    reading = storage.values.last_reading()
    as_of = reading.as_of if reading is not None else None
    name = product.name if product is not None else ""
    if context is None:
        return Explanation(sku, name, False, product is not None, as_of, [], [], sent)
    if own is not None:
        context = replace(context, rule=own)
    held = _committed(storage, settings, context, as_of)
    values = _values(storage, settings, parse_row, context, held, now)
    return Explanation(sku, name, True, product is not None, as_of, held, values, sent)


def _committed(storage: Storage, settings: Settings, context: SkuContext, as_of: datetime | None) -> list[Commitment]:
    """What orders hold of this SKU's ERP codes, whichever SKU was sold; the same call as the plan's."""
    lines = storage.orders.committed_lines()
    skus = list({line[1] for line in lines})
    mappings = {m.sku: m for block in storage.catalogue.mappings(skus) for m in block} if skus else {}
    codes = {part.erp_code for part in context.mapping.components}
    shop = settings.shop
    found = commitments(lines, mappings.get, shop.booking, shop.balance_is_net, settings.hub.nets_reservations, as_of)
    return sorted((entry for entry in found if entry.erp_code in codes), key=lambda e: (e.erp_code, e.hub_id, e.sku))


def _values(
    storage: Storage,
    settings: Settings,
    parse_row: Callable[[RawRow], ErpItem],
    context: SkuContext,
    held: list[Commitment],
    now: datetime,
) -> list[KindExplained]:
    sku = context.mapping.sku
    units: dict[str, int] = {}
    for entry in held:
        units[entry.erp_code] = units.get(entry.erp_code, 0) + entry.units
    moments = storage.audit.moments([sku])
    waiting = {row.kind: row for row in storage.audit.outbox(sku)}
    back = {entry.kind: entry for entry in storage.audit.taken_back(sku)}
    kinds: tuple[Kind, ...] = ("stock", "price")
    ruled = ruled_by(RuleBook(settings), context)
    found: list[KindExplained] = []
    for kind in kinds:
        value, error, numbers, change = _compute(settings, parse_row, context, ruled.rule, units, kind, now)
        if ruled.told[kind]:
            numbers["rules"] = ruled.told[kind]
        confirmed_at, doubt, doubt_at = moments.get((sku, kind), (None, None, None))
        undone = back.get(kind)
        announced = undone.instead if undone is not None and undone.value == value else value
        found.append(
            KindExplained(
                kind, value, announced, error, numbers, change, context.confirmed.get(kind), confirmed_at,
                doubt, doubt_at, waiting.get(kind), undone,
            )
        )  # fmt: skip
    return found


def _compute(
    settings: Settings,
    parse_row: Callable[[RawRow], ErpItem],
    context: SkuContext,
    rule: SkuRule,
    units: dict[str, int],
    kind: Kind,
    now: datetime,
) -> tuple[str | None, OtimoError | None, dict[str, Any], datetime | None]:
    """(value, why there is none, the numbers, when it changes by time alone)."""
    sku = context.mapping.sku
    try:
        items = {code: parse_row(row) for code, row in context.items.items()}
        if kind == "stock":
            result = available(context.mapping, items, units, rule, settings.stock_rules)
            return StockValue(result.quantity).text(), None, result.explanation(), None
    except ItemError as error:
        error.params.setdefault("sku", sku)
        return None, error, {}, None
    priced = price_of(context.mapping, items, rule, settings.price_rules, now)
    if priced.value is None:
        wrong = ItemError(priced.reason or "S-311", **{**priced.params, "sku": sku})
        return None, wrong, priced.explanation, priced.next_change
    return priced.value.text(), None, priced.explanation, priced.next_change
