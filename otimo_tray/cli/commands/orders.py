"""`otimo-tray orders`: the ledger of orders, the first run's question, and one order by its number."""

from __future__ import annotations

import argparse
import heapq
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from typing import Any

from otimo_tray.app import working
from otimo_tray.cli import exits
from otimo_tray.cli.listing import (
    ItemResult,
    add_full,
    add_limit,
    day_and_time,
    masked,
    short_name,
    tell_items,
)
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.domain import text as formats
from otimo_tray.domain.orders import OrderStage
from otimo_tray.errors import ItemError, OtimoError
from otimo_tray.profile import Profile
from otimo_tray.sync.decisions import Choice, decide_first_orders, erase_order, handle_cancelled
from otimo_tray.sync.fetch_order import FetchContext, fetch_order
from otimo_tray.sync.storage import OrderRow, Storage
from otimo_tray.words import phrase

_CHOICES: dict[str, Choice] = {"import": "import", "in-erp": "in_erp", "ignore": "ignore"}
_HELP = {
    "import": "orders of the first run into the ERP; an unknown number is fetched from the hub",
    "in-erp": "orders of the first run that were keyed in by hand",
    "ignore": "orders of the first run to be left out",
}


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds `orders list`, `import`, `in-erp`, `ignore`, `handled` and `erase`."""
    parser = subparsers.add_parser("orders", help="orders: list, import, in-erp, ignore, handled, erase")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="the newest first")
    listing.add_argument("--stage", choices=[stage.value for stage in OrderStage], help="only this stage")
    listing.add_argument("--waiting", action="store_true", help="only what waits for a person")
    listing.add_argument("--find", metavar="TEXT", help="by number, buyer, CPF/CNPJ, NF-e or tracking code")
    add_limit(listing)
    add_full(listing)
    listing.set_defaults(run=_list)
    for name, text in _HELP.items():
        deciding = actions.add_parser(name, parents=[common], help=text)
        which = deciding.add_mutually_exclusive_group(required=True)
        which.add_argument("ids", nargs="*", default=[], metavar="ID", help="the hub's id or the channel's number")
        which.add_argument("--all", action="store_true", help="all that wait for the first run's answer")
        deciding.set_defaults(run=_decide)
    handled = actions.add_parser("handled", parents=[common], help="a cancelled order was taken care of")
    handled.add_argument("ids", nargs="+", metavar="ID")
    handled.set_defaults(run=_handled)
    erasing = actions.add_parser("erase", parents=[common], help="forget an ended order's buyer, as he may ask (LGPD)")
    erasing.add_argument("ids", nargs="+", metavar="ID")
    erasing.set_defaults(run=_erase)


# --- list ------------------------------------------------------------------------------------------------------------


def _list(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    storage = profile.store()
    stages = tuple(OrderStage) if args.stage is None else (OrderStage(args.stage),)
    if args.find:
        found: Iterable[OrderRow] = storage.orders.find(args.find, 1_000)
    else:
        found = storage.orders.by_stage(stages)
    counter = _Counter(lambda row: row.stage in stages and (not args.waiting or _waits(row)))
    rows = heapq.nsmallest(args.limit, filter(counter, found), key=_newest_first)
    for row in rows:
        _say(row, profile, output, full=args.full)
    output.say(phrase("done.listed", {"count": len(rows), "total": counter.count}, output.language))
    output.result(total=counter.count, orders=[_entry(row, output, full=args.full) for row in rows])
    return exits.OK


class _Counter:
    """A filter that counts what it lets through."""

    def __init__(self, keeps: Callable[[OrderRow], bool]) -> None:
        self._keeps = keeps
        self.count = 0

    def __call__(self, row: OrderRow) -> bool:
        kept = self._keeps(row)
        self.count += kept
        return kept


def _newest_first(row: OrderRow) -> tuple[float, str]:
    return -(row.order.approved or row.seen_at).timestamp(), row.order.hub_id


def _waits(row: OrderRow) -> bool:
    """For a person: the first run's question, an order that can't go on, a cancellation to handle."""
    stuck = row.error_code is not None and row.stage in (OrderStage.SEEN, OrderStage.IMPORTING)
    return stuck or row.stage is OrderStage.FIRST_RUN or row.cancel_open


def _say(row: OrderRow, profile: Profile, output: Output, *, full: bool) -> None:
    order = row.order
    name = order.payer.name or order.receiver.name
    stage = phrase("cli.cancel_open" if row.cancel_open else f"stage.{row.stage}", None, output.language)
    why = f"  {output.sentence(row.error_code, row.error_params)}" if row.error_code else ""
    output.say(
        f"{day_and_time(order.approved or row.seen_at, profile)}  {order.original_id}  {order.channel}  "
        f"{name if full else short_name(name)}  {formats.money(order.total)}  {stage}{why}"
    )


def _entry(row: OrderRow, output: Output, *, full: bool) -> dict[str, Any]:
    order = row.order
    name = order.payer.name or order.receiver.name
    document = order.payer.document or order.receiver.document
    error = ItemError(row.error_code, **row.error_params) if row.error_code else None
    return {
        "id": order.hub_id,
        "number": order.original_id,
        "channel": order.channel,
        "account": order.channel_account,
        "status": order.status,
        "stage": row.stage,
        "stage_at": row.stage_at,
        "approved": order.approved,
        "expected_send": order.expected_send,
        "buyer": name if full else short_name(name),
        "document": document if full else masked(document),
        "total": order.total,
        "items": [{"sku": item.sku, "quantity": item.quantity, "price": item.price} for item in order.items],
        "erp_ref": row.erp_ref,
        "cancel_open": row.cancel_open,
        "waiting": _waits(row),
        "error": output.trouble(error) if error else None,
    }


# --- decisions -------------------------------------------------------------------------------------------------------


def _decide(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    choice, storage = _CHOICES[args.action], profile.store()
    if args.all:
        waiting = sorted(row.order.original_id for row in storage.orders.by_stage((OrderStage.FIRST_RUN,)))
        decide_first_orders(storage, None, choice, profile.clock.now())
        results = [ItemResult(number, f"choice.{choice}") for number in waiting]
    else:
        with _HubWhenNeeded(profile) as hub:
            results = [_decide_one(text, choice, storage, hub) for text in dict.fromkeys(args.ids)]
    if any(result.error is None for result in results):
        nudge(profile, "orders", "stock")
    return tell_items(results, output)


def _decide_one(text: str, choice: Choice, storage: Storage, hub: _HubWhenNeeded) -> ItemResult:
    try:
        row = known_order(storage, text)
        if row is None:
            if choice != "import" or storage.orders.known([text]):
                raise _not_waiting(storage, text)
            fetch_order(hub.context(), text)
            return ItemResult(text, "done.fetched")
        if row.stage is not OrderStage.FIRST_RUN:
            raise ItemError("O-550", order=row.order.original_id, stage=str(row.stage))
        decide_first_orders(storage, [row.order.hub_id], choice, hub.clock.now())
    except ItemError as error:
        return ItemResult(text, "", error)
    return ItemResult(text, f"choice.{choice}")


def _not_waiting(storage: Storage, text: str) -> ItemError:
    """A forgotten order keeps its stage; one never seen has none."""
    stage = storage.orders.known([text]).get(text)
    return ItemError("O-550", order=text, stage=str(stage)) if stage else ItemError("T-605", order=text)


def known_order(storage: Storage, text: str) -> OrderRow | None:
    """The order of that hub id or channel number. Raises ItemError T-620 when two channels have that number."""
    row = storage.orders.get(text)
    if row is not None:
        return row
    rows = storage.orders.by_original_ids([text])
    if len(rows) > 1:
        raise ItemError("T-620", order=text, orders=", ".join(found.order.hub_id for found in rows))
    return rows[0] if rows else None


class _HubWhenNeeded:
    """Logs in at the hub only if an order has to be fetched from there."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._opened = ExitStack()
        self._context: FetchContext | None = None
        self.clock = profile.clock

    def __enter__(self) -> _HubWhenNeeded:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def context(self) -> FetchContext:
        if self._context is None:
            work = self._opened.enter_context(working(self._profile))
            hub = self._opened.enter_context(closing(work.hub(self._profile.settings)))
            self._context = FetchContext(work.store, hub, self.clock)
        return self._context


def _handled(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    def handle(row: OrderRow) -> None:
        if not row.cancel_open:
            raise ItemError("O-554", order=row.order.original_id)
        handle_cancelled(profile.store(), row.order.hub_id, profile.clock.now())

    return _each(args.ids, profile, output, handle, "done.handled")


def _erase(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    def erase(row: OrderRow) -> None:
        erase_order(profile.store(), row.order.hub_id, profile.clock.now())

    return _each(args.ids, profile, output, erase, "done.erased")


def _each(ids: Iterable[str], profile: Profile, output: Output, act: Callable[[OrderRow], None], outcome: str) -> int:
    """Does something to each order that was named; one that can't be is told and stops none of the others."""
    storage, results = profile.store(), list[ItemResult]()
    for text in dict.fromkeys(ids):
        error: OtimoError | None = None
        try:
            row = known_order(storage, text)
            if row is None:
                raise _not_waiting(storage, text)
            act(row)
        except ItemError as refused:
            error = refused
        results.append(ItemResult(text, outcome, error))
    return tell_items(results, output)
