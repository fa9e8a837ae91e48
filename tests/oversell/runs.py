"""All strategies over one log, with both kinds of hub, and the figures per 10,000 orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.oversell.log import EventLog, make_log
from tests.oversell.strategies import Bound, Ours, Usual
from tests.oversell.world import Figures, Strategy, World

HUBS: Mapping[str, bool] = {"lowers": True, "keeps": False}
"""A hub that takes an approved order off its own number, and one whose number stays until the next PUT."""
STRATEGIES: Mapping[str, Callable[[], Strategy]] = {
    "usual": Usual,
    "ours": Ours,
    "bound": Bound,
    "usual_changed_only": lambda: Usual(only_changed=True),
    "ours_without_resend": lambda: Ours(resend=False),
    "ours_without_invoices": lambda: Ours(invoices_tell=False),
    "ours_unpunctual_erp": lambda: Ours(punctual=False),
}
MAIN = ("usual", "ours", "bound")
SAFETY_UNITS = range(6)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One seed's figures, by hub and strategy and by hub and units of safety stock (ours).

    `orders` counts the buyers in the log, the same for every strategy.
    """

    seed: int
    skus: int
    days: int
    orders: int
    strategies: dict[str, dict[str, Figures]]
    safety: dict[str, list[Figures]]

    def per_10_000(self, units: int, hubs: int = 1) -> float:
        """Units per 10,000 orders."""
        return round(units * 10_000 / (self.orders * hubs), 2) if self.orders else 0.0


def run(seed: int, skus: int, days: int, report: Callable[[str], None] = lambda _: None) -> Outcome:
    """Simulates everything; `report` hears what has just been done."""
    log = make_log(seed, skus, days)
    report(f"{len(log.events)} events, {len(log.baskets)} online buyers, {len(log.polls)} polls")
    strategies: dict[str, dict[str, Figures]] = {hub: {} for hub in HUBS}
    safety: dict[str, list[Figures]] = {hub: [] for hub in HUBS}
    for hub, lowers in HUBS.items():
        for name, make in STRATEGIES.items():
            strategies[hub][name] = one(log, make(), hub_lowers=lowers)
            report(f"hub {hub}: {name}")
        for units in SAFETY_UNITS:
            safety[hub].append(one(log, Ours(units), hub_lowers=lowers) if units else strategies[hub]["ours"])
            report(f"hub {hub}: safety stock {units}")
    return Outcome(seed, skus, days, len(log.baskets), strategies, safety)


def one(log: EventLog, strategy: Strategy, *, hub_lowers: bool, reading_age: int = 0) -> Figures:
    """One strategy over the log."""
    return World(log, hub_lowers=hub_lowers, reading_age=reading_age).run(strategy)
