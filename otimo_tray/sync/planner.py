"""Turns dirty SKUs into pushes: desired = rules(ERP value), sent only where the hub doesn't confirm it already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from otimo_tray.domain.availability import available
from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.guard import Change, judge_plan, judge_push
from otimo_tray.domain.plan import Kind, PlannedPush, StockValue
from otimo_tray.domain.pricing import price_of
from otimo_tray.domain.rule_book import RuleBook, Ruled
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ItemError, RowRefused
from otimo_tray.sync.storage import SkuContext

PRIORITY_SELLING = 0
"""A fall of stock of a SKU that sells: first of all, or it is oversold."""
PRIORITY_STOCK = 5
PRIORITY_PRICE = 10


@dataclass(slots=True)
class Plan:
    """What one planning pass found. `refused` are values that can't be told."""

    pushes: list[PlannedPush] = field(default_factory=list[PlannedPush])
    withdrawn: list[tuple[str, Kind]] = field(default_factory=list[tuple[str, Kind]])
    next_changes: list[tuple[str, datetime | None]] = field(default_factory=list[tuple[str, datetime | None]])
    refused: list[tuple[str, Kind, ItemError]] = field(default_factory=list[tuple[str, Kind, ItemError]])
    guard_params: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    healthy: dict[Kind, list[str]] = field(default_factory=dict[Kind, list[str]])
    """SKUs that could be computed: their old problems are solved."""
    overtaken: list[tuple[str, Kind]] = field(default_factory=list[tuple[str, Kind]])
    """What a person took back and the ERP has moved away from since."""


class Planner:
    """Computes desired values for SKU contexts. Pure but for `parse_row`, the connector's typing of a raw row."""

    def __init__(
        self,
        settings: Settings,
        parse_row: Callable[[RawRow], ErpItem],
        kinds: Sequence[Kind],
        now: datetime,
        committed: Mapping[str, int],
        *,
        first_sync: bool,
    ) -> None:
        """Args:
        committed: units by ERP code as they are now; the contexts know only those applied last.
        first_sync: this plan is the first sync ever: approved beforehand, or held as a whole.
        """
        self._settings = settings
        self._parse = parse_row
        self._kinds = kinds
        self._now = now
        self._committed = committed
        self._first_sync = first_sync
        self._pilot = frozenset(settings.pilot_skus)
        self._parsed: dict[str, ErpItem] = {}
        self._book = RuleBook(settings)

    def plan(self, blocks: Iterable[Sequence[SkuContext]]) -> Plan:
        """One pass over the given contexts, each SKU judged by itself (mass guards come in `guarded`)."""
        plan = Plan()
        for block in blocks:
            self._parsed.clear()
            for context in block:
                self._one(context, plan)
        return plan

    def _one(self, context: SkuContext, plan: Plan) -> None:
        sku = context.mapping.sku
        if self._pilot and sku not in self._pilot:
            plan.withdrawn.extend((sku, kind) for kind in context.pending)
            return
        for kind in self._kinds:
            try:
                if context.product is None:
                    raise ItemError("S-321", sku=sku)
                self._compare(context, kind, plan)
                plan.healthy.setdefault(kind, []).append(sku)
            except ItemError as error:
                plan.refused.append((sku, kind, error))
                if kind in context.pending:
                    plan.withdrawn.append((sku, kind))

    def _items(self, context: SkuContext) -> Mapping[str, ErpItem]:
        items: dict[str, ErpItem] = {}
        for code, row in context.items.items():
            item = self._parsed.get(code)
            if item is None:
                try:
                    item = self._parsed[code] = self._parse(row)
                except RowRefused as error:
                    error.params["sku"] = context.mapping.sku
                    raise
            items[code] = item
        return items

    def _stock(self, context: SkuContext, items: Mapping[str, ErpItem], rule: SkuRule) -> tuple[str, dict[str, Any]]:
        result = available(context.mapping, items, self._committed, rule, self._settings.stock_rules)
        return StockValue(result.quantity).text(), result.explanation()

    def _price(
        self, context: SkuContext, items: Mapping[str, ErpItem], rule: SkuRule, plan: Plan
    ) -> tuple[str, dict[str, Any]]:
        sku = context.mapping.sku
        priced = price_of(context.mapping, items, rule, self._settings.price_rules, self._now)
        plan.next_changes.append((sku, priced.next_change))
        if priced.value is None:
            error = ItemError(priced.reason or "S-311", sku=sku)
            error.params.update(priced.params)
            raise error
        return priced.value.text(), priced.explanation

    def _compare(self, context: SkuContext, kind: Kind, plan: Plan) -> None:
        sku = context.mapping.sku
        items = self._items(context)
        ruled = ruled_by(self._book, context)
        rule = ruled.rule
        if kind == "stock":
            value, basis = self._stock(context, items, rule)
        else:
            value, basis = self._price(context, items, rule, plan)
        if ruled.told[kind]:
            basis["rules"] = ruled.told[kind]
        value, basis = _unless_taken_back(context, kind, value, basis, plan)
        confirmed = context.confirmed.get(kind)
        if value == confirmed and kind not in context.doubt:
            if kind in context.pending:
                plan.withdrawn.append((sku, kind))
            return
        priority = PRIORITY_PRICE
        if kind == "stock":
            selling = any(part.erp_code in self._committed for part in context.mapping.components)
            falls = confirmed is None or int(value) < int(confirmed)
            priority = PRIORITY_SELLING if selling and falls else PRIORITY_STOCK
        undone = "taken_back" in basis
        first = confirmed is None or self._first_sync
        reason = "undo" if undone else "first" if first else "doubt" if value == confirmed else "changed"
        push = PlannedPush(sku, kind, value, confirmed, reason, basis, priority)
        product = context.product
        guard = judge_push(
            push,
            first_price_of_kit=kind == "price" and confirmed is None and context.mapping.is_kit,
            floor=rule.floor if rule.floor is not None else self._settings.price_rules.floor,
            has_table=product is not None and (product.has_stock_table if kind == "stock" else product.has_price_table),
            settings=self._settings.guards,
            first_sync=self._first_sync,
        )
        plan.pushes.append(push if guard is None else replace(push, guard=guard))

    def judge(
        self, plan: Plan, mapped: int, *, first_sync_approved: bool, recent: Sequence[Change] = ()
    ) -> None:
        """Lets the mass guards look at the whole plan, and at what the plans before it let go (`recent`)."""
        verdict = judge_plan(
            plan.pushes,
            mapped,
            first_sync_approved,
            self._settings.guards,
            first_sync=self._first_sync,
            recent=recent,
        )
        plan.pushes = list(verdict.pushes)
        plan.guard_params = verdict.params


def ruled_by(book: RuleBook, context: SkuContext) -> Ruled:
    """What counts for this SKU: its own rule, the shop's patterns, the defaults."""
    return book.of(context.mapping.sku, context.rule, "" if context.product is None else context.product.brand)


def _unless_taken_back(
    context: SkuContext, kind: Kind, value: str, basis: dict[str, Any], plan: Plan
) -> tuple[str, dict[str, Any]]:
    """What is announced instead of a value that a person took back; once another one is computed, that one counts."""
    back = context.taken_back.get(kind)
    if back is None:
        return value, basis
    if back[0] != value:
        plan.overtaken.append((context.mapping.sku, kind))
        return value, basis
    return back[1], {**basis, "taken_back": value}
