"""Compares the hub's real values with what it confirmed: a slice now and then, so that a round takes about a day.

A difference that sales don't explain is listed; by a setting the value read becomes the confirmed one, so that the
next plan, with its guards, sends ours again. Nothing is written to the hub from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.plan import Kind, PriceValue, StockValue
from otimo_tray.domain.reconcile import CODES, EDITED, FEWER, Movement, divergence
from otimo_tray.errors import EnvironmentFault, HubNotFound, HubRefusedItem, ItemError, OtimoError, PersonNeeded
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.storage import SkuContext

FACT_POSITION: Final = "reconcile_position"
"""The last SKU looked at in this round."""
FACT_AT: Final = "reconcile_at"
"""When the last slice was taken; the next one is as large as the time since then is of a day."""
ROUND: Final = timedelta(hours=24)
MOST_A_RUN: Final = 400
_AGAIN: Final = 20
ANOTHER_WRITER: Final = "Plugg.to"
"""The item of the problem that another PC or program seems to write values there."""
_SEVERAL: Final = 3
_SEVERAL_PERCENT: Final = 20
"""So many values of a slice, and so large a share of it, are no single correction in the hub's panel."""
_BATCH: Final = 50
_MARGIN: Final = timedelta(hours=1)
"""An order may have been seen shortly before the push that its units weren't yet taken from."""


@dataclass(frozen=True, slots=True)
class Diverging:
    """One value that isn't what it should be. `repaired`: the next plan sends ours again."""

    sku: str
    kind: Kind
    confirmed: str
    found: str
    code: str
    repaired: bool

    def error(self) -> ItemError:
        """The problem, as it is listed."""
        return ItemError(self.code, sku=self.sku, kind=self.kind, confirmed=self.confirmed, found=self.found)


@dataclass(slots=True)
class Reconciled:
    """What a pass found. `error`: why it ended early, None when it came to its end."""

    looked: int = 0
    diverging: list[Diverging] = field(default_factory=list[Diverging])
    error: OtimoError | None = None

    @property
    def repaired(self) -> int:
        return sum(1 for entry in self.diverging if entry.repaired)


class Reconciler:
    """Remembers between two slices what looked like an unseen sale: it counts only when seen again."""

    def __init__(self) -> None:
        self._suspects: set[tuple[str, Kind, str]] = set()

    def slice(self, context: FlowContext) -> dict[str, int]:
        """The part of a round that is due now, and what diverged last time; answers the counts of the run's report."""
        facts, now = context.storage.facts, context.clock.now()
        last = facts.get(FACT_AT)
        if last is None:
            facts.set(FACT_AT, now.isoformat())
            return {}
        share = min((now - datetime.fromisoformat(last)) / ROUND, 1.0)
        size = min(int(context.storage.values.mapped_count() * share), MOST_A_RUN)
        if size < 1:
            return {}
        skus = self._following(context, size)
        listed = [p.item for p in context.storage.problems.list() if p.code in CODES]
        again = list(dict.fromkeys([*(sku for sku, _, _ in self._suspects), *reversed(listed)]))[:_AGAIN]
        found = self._look(context, list(dict.fromkeys([*again, *skus])))
        if found.error is None and not context.stop.is_set():
            with context.storage.batch():
                facts.set(FACT_AT, now.isoformat())
                facts.set(FACT_POSITION, skus[-1] if skus else "")
        _suspect_another_writer(context, found)
        counts = {"looked": found.looked, "diverging": len(found.diverging), "repaired": found.repaired}
        return {name: number for name, number in counts.items() if number}

    @staticmethod
    def _following(context: FlowContext, size: int) -> list[str]:
        """The next SKUs of the round; behind the last one it begins anew."""
        audit = context.storage.audit
        position = context.storage.facts.get(FACT_POSITION) or ""
        skus = audit.mapped_after(position, size)
        if len(skus) < size and position:
            skus += [sku for sku in audit.mapped_after("", size - len(skus)) if sku <= position]
        return skus

    def whole(self, context: FlowContext) -> Reconciled:
        """One pass over every mapped SKU, for a person who asks: what may be a sale not seen yet is listed too, but
        never repaired at first sight."""
        total, position = Reconciled(), ""
        while total.error is None and not context.stop.is_set():
            skus = context.storage.audit.mapped_after(position, MOST_A_RUN)
            if not skus:
                break
            position = skus[-1]
            step = self._look(context, skus, first_sight=True)
            total.looked += step.looked
            total.diverging += step.diverging
            total.error = step.error
        return total

    def _look(self, context: FlowContext, skus: Sequence[str], *, first_sight: bool = False) -> Reconciled:
        result = Reconciled()
        for start in range(0, len(skus), _BATCH):
            before = _contexts(context, skus[start : start + _BATCH])
            products: dict[str, HubProduct] = {}
            for sku in before:
                if context.stop.is_set():
                    break
                try:
                    products[sku] = context.hub.product(sku)
                except HubNotFound:
                    context.storage.catalogue.note_unknown(sku, context.clock.now())
                except HubRefusedItem:
                    continue
                except (EnvironmentFault, PersonNeeded) as error:
                    result.error = error
                    break
            self._judge(context, before, products, result, first_sight=first_sight)
            if result.error is not None:
                break
        if result.diverging:
            context.emit("problems")
        return result

    def _judge(
        self,
        context: FlowContext,
        before: dict[str, SkuContext],
        products: dict[str, HubProduct],
        result: Reconciled,
        *,
        first_sight: bool,
    ) -> None:
        """Compares what was read with what was confirmed; a value sent meanwhile isn't judged."""
        storage, now = context.storage, context.clock.now()
        after = _contexts(context, list(products))
        moments = storage.audit.moments(list(products))
        since = {sku: at - _MARGIN for (sku, kind), (at, _, _) in moments.items() if kind == "stock" and at is not None}
        sales = storage.audit.sales(since)
        listed = {(p.flow, p.item) for p in storage.problems.list() if p.code in CODES}
        with storage.batch():
            for sku, product in products.items():
                result.looked += 1
                if sku not in after:
                    continue
                if after[sku].product != product:
                    storage.catalogue.put_product(product, now)
                for kind, found in _values(product):
                    confirmed = after[sku].confirmed.get(kind)
                    sent = confirmed != before[sku].confirmed.get(kind) or kind in after[sku].doubt
                    if sent or confirmed is None:
                        continue
                    moved = Movement(*sales.get(sku, (0, 0)))
                    code = divergence(kind, confirmed, found, moved, product.reserved)
                    if code is None:
                        self._suspects = {entry for entry in self._suspects if entry[:2] != (sku, kind)}
                        if (kind, sku) in listed:
                            storage.problems.solve(kind, [sku])
                        continue
                    self._diverges(context, after[sku], kind, (confirmed, found, code), result, first_sight=first_sight)

    def _diverges(
        self,
        context: FlowContext,
        sku: SkuContext,
        kind: Kind,
        told: tuple[str, str, str],
        result: Reconciled,
        *,
        first_sight: bool,
    ) -> None:
        confirmed, found, code = told
        name = sku.mapping.sku
        suspect = (name, kind, found)
        fresh = code == FEWER and suspect not in self._suspects
        if fresh:
            self._suspects = {entry for entry in self._suspects if entry[:2] != (name, kind)} | {suspect}
            if not first_sight:
                return
        repaired = context.settings.guards.repair_divergences and not fresh
        entry = Diverging(name, kind, confirmed, found, code, repaired)
        result.diverging.append(entry)
        now = context.clock.now()
        if repaired:
            context.storage.values.set_confirmed([(name, kind, found)], now)
        if sku.pending.get(kind, ("", ""))[1] != "stopped":  # what the hub refused is the greater problem
            context.storage.problems.report(kind, name, entry.error(), now)


def _suspect_another_writer(context: FlowContext, found: Reconciled) -> None:
    """Several values that neither we nor a sale made: another PC or program writes too. Said once, not fought."""
    edited = sum(1 for entry in found.diverging if entry.code == EDITED)
    problems = context.storage.problems
    if edited >= _SEVERAL and edited * 100 >= found.looked * _SEVERAL_PERCENT:
        error = ItemError("P-104", count=edited, looked=found.looked)
        problems.report("stock", ANOTHER_WRITER, error, context.clock.now())
    elif found.looked >= _SEVERAL and not edited:
        problems.solve("stock", [ANOTHER_WRITER])


def _contexts(context: FlowContext, skus: Sequence[str]) -> dict[str, SkuContext]:
    return {entry.mapping.sku: entry for block in context.storage.values.contexts(skus) for entry in block}


def _values(product: HubProduct) -> list[tuple[Kind, str]]:
    """What the hub shows, as `domain.plan` writes it. A special price of null means "as the list price"."""
    found: list[tuple[Kind, str]] = []
    if product.quantity is not None:
        found.append(("stock", StockValue(product.quantity).text()))
    if product.price is not None:
        special = product.price if product.special_price is None else product.special_price
        found.append(("price", PriceValue(product.price, special).text()))
    return found
