"""`otimo-tray held`: plans that a guard stopped, for a person to release or discard."""

from __future__ import annotations

import argparse
import getpass
from itertools import islice
from typing import Any

from otimo_tray.cli import exits
from otimo_tray.cli.listing import ItemResult, add_limit, day_and_time, tell_items
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.errors import ItemError
from otimo_tray.profile import Profile
from otimo_tray.sync.decisions import discard_plan, release_plan
from otimo_tray.sync.storage import HeldItem, HeldPlan, Storage
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds `held list`, `held release` and `held discard`."""
    parser = subparsers.add_parser("held", help="held plans: list, release, discard")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="plans that wait, or the values of one")
    listing.add_argument("id", nargs="?", type=int, metavar="ID", help="show this plan's values")
    add_limit(listing)
    listing.set_defaults(run=_list)
    for name, text in (("release", "let a plan go"), ("discard", "keep its values from being sent")):
        deciding = actions.add_parser(name, parents=[common], help=text)
        deciding.add_argument("id", type=int, metavar="ID")
        deciding.add_argument("--sku", nargs="+", action="extend", metavar="SKU", help="only these of its SKUs")
        deciding.add_argument("--by", metavar="NAME", help="who decides (default: the computer's user)")
        deciding.set_defaults(run=_decide)


def _list(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    storage = profile.store()
    plans = sorted(storage.held.list(), key=lambda plan: plan.id)
    if args.id is not None:
        plans = [plan for plan in plans if plan.id == args.id]
    for plan in plans:
        when = day_and_time(plan.created_at, profile)
        output.say(f"{plan.id}  {when}  {plan.items}  {output.sentence(plan.guard, plan.params)}")
    shown: dict[int, list[HeldItem]] = {}
    if args.id is not None and plans:
        shown[args.id] = list(islice(storage.held.items(args.id), args.limit))
        for item in shown[args.id]:
            kind = phrase(f"kind.{item.kind}", None, output.language)
            output.say(f"  {item.sku}  {kind}  {item.previous or '–'} → {item.value}")
    output.say(phrase("done.listed", {"count": len(plans), "total": len(plans)}, output.language))
    output.result(total=len(plans), plans=[_entry(plan, shown.get(plan.id), output) for plan in plans])
    return exits.OK


def _entry(plan: HeldPlan, items: list[HeldItem] | None, output: Output) -> dict[str, Any]:
    entry = {
        "id": plan.id,
        "guard": plan.guard,
        "params": plan.params,
        "text": output.sentence(plan.guard, plan.params),
        "created_at": plan.created_at,
        "items": plan.items,
    }
    return entry if items is None else {**entry, "values": items}


def _decide(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """The whole plan, or some SKUs of it; a SKU that isn't in it is refused, the others go on."""
    storage, now = profile.store(), profile.clock.now()
    by = args.by or getpass.getuser()
    decide = release_plan if args.action == "release" else discard_plan
    outcome = "outcome.released" if args.action == "release" else "outcome.discarded"
    if args.sku is None:
        count = decide(storage, args.id, by, now)
        results = [ItemResult(str(args.id), outcome)]
    else:
        results = _results(storage, args, outcome)
        skus = [result.item for result in results if result.error is None]
        count = decide(storage, args.id, by, now, skus)
    if args.action == "release" and count:
        nudge(profile, "stock", "price")
    return tell_items(results, output, plan=args.id, values=count, by=by)


def _results(storage: Storage, args: argparse.Namespace, outcome: str) -> list[ItemResult]:
    in_plan = {item.sku for item in storage.held.items(args.id)}
    return [
        ItemResult(sku, outcome, None if sku in in_plan else ItemError("G-231", sku=sku, plan=args.id))
        for sku in dict.fromkeys(args.sku)
    ]
