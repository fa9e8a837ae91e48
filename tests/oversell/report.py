"""The outcome as JSON, as text for the terminal, and as the table in the docs."""

from __future__ import annotations

from typing import Any

from tests.oversell.runs import HUBS, MAIN, STRATEGIES, Outcome

_HUB_NAMES = {"lowers": "lowers its own stock on approval", "keeps": "keeps its number until the next PUT"}
_KEYS = (*MAIN, *(f"{name}_lost" for name in MAIN))

_PAGE = """\
# What is oversold, what is lost, and what safety stock buys

A simulated shop: {skus:,} SKUs (some of them packs and kits), {days} days, {orders:,} orders asked for at five
channels, customers at the counter, late payments and invoices, cancellations, returns, deliveries, a PC that sleeps at
night, network cuts; seed {seed}. Made by `python3 installer/dev.py oversell`; the rules of the game stand in
`tests/oversell/__init__.py`. All figures are units per 10,000 orders.

## Three ways of announcing, one log of events

- **usual**: the ERP's balance as it is, every five minutes.
- **ours**: what Ótimo Tray announces: the balance less what orders hold that the ERP hasn't booked out yet.
- **bound**: knows everything up to each poll and nothing after it. No program that polls every five minutes does
  better without safety stock: a higher number sells what is known to be gone, a lower one refuses buyers whom the shop
  is known to be able to serve.

| hub | oversold, usual | oversold, ours | oversold, bound | lost, usual | lost, ours | lost, bound |
|---|--:|--:|--:|--:|--:|--:|
{strategies}

What the bound oversells is sold between two polls, most of it while the PC sleeps or the network is cut. Where the
usual way loses a little less, that is no merit: it goes on offering what is sold already, and now and then a
cancellation or a delivery comes just in time.

Four side runs with the hub that lowers its own stock:

- The usual way, but sending only balances that changed, so that the hub's own subtraction stands until the ERP books:
  {changed:,.2f} oversold, {changed_lost:,.2f} lost.
- Ours, but without sending a SKU's number again when its orders moved at the hub (the hub may have taken a unit off by
  itself that our number had already left out): {silent:,.2f} oversold, {silent_lost:,.2f} lost.
- Ours where the invoices can't be told, because the ERP writes them as files in its own time or a query of the shop's
  own shows some of them: an order cancelled after its import may have been invoiced just before, so that its units stay
  held until a balance of a later moment: {untold:,.2f} oversold, {untold_lost:,.2f} lost.
- Ours where the ERP isn't known to book at the very moment that its invoice names, as the simulated one does: it is
  allowed a minute, so that a balance read within it releases nothing: {minute:,.2f} oversold, {minute_lost:,.2f} lost.

In the runs above an order cancelled after its import is free at the poll that sees the cancellation: the ERP's invoices
are looked at after the cancellation was seen, and none of them can be the order's.

## What each unit of safety stock buys

![Oversold units and lost sales by units of safety stock]({chart})

| units | oversold, hub lowers | oversold, hub keeps | lost, hub lowers | lost, hub keeps | one oversold less costs |
|--:|--:|--:|--:|--:|--:|
{safety}

Safety stock is kept of each ERP code of every SKU here. The last column compares a row with the one above it, both hubs
together: lost units for each oversold one that is avoided. Most SKUs of a shop have a handful of units on the shelf, so
that safety stock for all of them is dear; it is meant for the few that sell all day, and is set by SKU or by pattern.
"""


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Units per 10,000 orders; at the top both hubs together, below each by itself.

    Keys: version, seed, skus, days, orders; `usual`, `ours`, `bound` (oversold), `usual_lost`, `ours_lost`,
    `bound_lost`; `hubs` → "lowers", "keeps" → the same six and those of the four side runs (`usual_changed_only`,
    `ours_without_resend`, `ours_without_invoices`, `ours_unpunctual_erp`); `safety` → a list by units: units,
    oversold, lost, and both by hub.
    """
    document: dict[str, Any] = {
        "version": 1,
        "seed": outcome.seed,
        "skus": outcome.skus,
        "days": outcome.days,
        "orders": outcome.orders,
    }
    both = [outcome.strategies[hub] for hub in HUBS]
    for name in MAIN:
        document[name] = outcome.per_10_000(sum(hub[name].oversold for hub in both), len(both))
    for name in MAIN:
        document[f"{name}_lost"] = outcome.per_10_000(sum(hub[name].lost for hub in both), len(both))
    document["hubs"] = {hub: _one_hub(outcome, hub) for hub in HUBS}
    document["safety"] = [_one_safety(outcome, units) for units in range(len(outcome.safety["keeps"]))]
    return document


def _one_hub(outcome: Outcome, hub: str) -> dict[str, float]:
    figures = outcome.strategies[hub]
    oversold = {name: outcome.per_10_000(figures[name].oversold) for name in STRATEGIES}
    return oversold | {f"{name}_lost": outcome.per_10_000(figures[name].lost) for name in STRATEGIES}


def _one_safety(outcome: Outcome, units: int) -> dict[str, Any]:
    by_hub = {hub: outcome.safety[hub][units] for hub in HUBS}
    return {
        "units": units,
        "oversold": outcome.per_10_000(sum(figures.oversold for figures in by_hub.values()), len(by_hub)),
        "lost": outcome.per_10_000(sum(figures.lost for figures in by_hub.values()), len(by_hub)),
        "hubs": {
            hub: {"oversold": outcome.per_10_000(figures.oversold), "lost": outcome.per_10_000(figures.lost)}
            for hub, figures in by_hub.items()
        },
    }


def as_text(document: dict[str, Any]) -> str:
    """For the terminal."""
    lines = [
        f"seed {document['seed']}: {document['skus']} SKUs, {document['days']} days, {document['orders']} orders",
        "units per 10,000 orders",
        "",
        f"{'':<36}{'oversold':>30}{'sales lost':>30}",
        f"{'hub':<36}" + "".join(f"{name:>10}" for name in (*MAIN, *MAIN)),
    ]
    rows = [("both together", document), *((_HUB_NAMES[hub], document["hubs"][hub]) for hub in HUBS)]
    lines += [f"{title:<36}" + "".join(f"{values[key]:>10.2f}" for key in _KEYS) for title, values in rows]
    lines += ["", "what safety stock buys (ours, both hubs)", f"{'units':<8}{'oversold':>12}{'sales lost':>14}"]
    lines += [f"{row['units']:<8}{row['oversold']:>12.2f}{row['lost']:>14.2f}" for row in document["safety"]]
    return "\n".join(lines) + "\n"


def as_markdown(document: dict[str, Any], chart: str) -> str:
    """The page of the docs; `chart` is the image's file name beside it."""
    hubs, rows = document["hubs"], document["safety"]
    strategies = [
        f"| {_HUB_NAMES[hub]} | " + " | ".join(f"{hubs[hub][key]:,.2f}" for key in _KEYS) + " |" for hub in HUBS
    ]
    safety: list[str] = []
    for previous, row in zip([None, *rows], rows, strict=False):
        cells = [f"{row['hubs'][hub][key]:,.2f}" for key in ("oversold", "lost") for hub in HUBS]
        safety.append(f"| {row['units']} | {' | '.join(cells)} | {_exchange(previous, row)} |")
    lowers = hubs["lowers"]
    return _PAGE.format(
        **{key: document[key] for key in ("seed", "skus", "days", "orders")},
        chart=chart,
        strategies="\n".join(strategies),
        changed=lowers["usual_changed_only"],
        changed_lost=lowers["usual_changed_only_lost"],
        silent=lowers["ours_without_resend"],
        silent_lost=lowers["ours_without_resend_lost"],
        untold=lowers["ours_without_invoices"],
        minute=lowers["ours_unpunctual_erp"],
        minute_lost=lowers["ours_unpunctual_erp_lost"],
        untold_lost=lowers["ours_without_invoices_lost"],
        safety="\n".join(safety),
    )


def _exchange(previous: dict[str, Any] | None, row: dict[str, Any]) -> str:
    """How many lost units a step of safety stock costs for each oversold one it avoids."""
    if previous is None:
        return "–"
    avoided = previous["oversold"] - row["oversold"]
    return f"{(row['lost'] - previous['lost']) / avoided:,.0f} lost" if avoided > 0 else "buys nothing"
