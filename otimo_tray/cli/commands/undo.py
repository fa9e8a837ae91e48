"""`otimo-tray undo`: the last batch of prices or stock goes back to the values before."""

from __future__ import annotations

import argparse
from typing import Any

from otimo_tray.cli import exits
from otimo_tray.cli.listing import add_limit, day_and_time
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import nudge
from otimo_tray.domain.plan import Kind
from otimo_tray.profile import Profile
from otimo_tray.sync.undo import undo
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("undo", parents=[common], help="take the last batch of values back")
    parser.add_argument("--kind", choices=("price", "stock"), default="price", help="of these values (default price)")
    parser.add_argument("--dry-run", action="store_true", help="say what would go back; change nothing")
    add_limit(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Takes back, and tells a running engine; nothing to take back is G-241."""
    kind: Kind = args.kind
    found = undo(profile.store(), kind, profile.clock.now(), dry_run=args.dry_run)
    since, until = (day_and_time(moment, profile) for moment in (found.since, found.until))
    name = phrase(f"kind.{kind}", None, output.language)
    output.say(phrase("undo.batch", {"name": name, "since": since, "until": until}, output.language))
    for entry in found.back[: args.limit]:
        output.say(f"  {entry.sku}  {entry.value} → {entry.instead}")
    for sku in found.first[: args.limit]:
        output.say(f"  {sku}  {phrase('undo.first', None, output.language)}")
    params = {"count": len(found.back), "first": len(found.first)}
    output.say(phrase("undo.dry" if args.dry_run else "undo.done", params, output.language))
    if found.back and not args.dry_run:
        nudge(profile, kind)
    output.result(
        kind=kind,
        dry_run=args.dry_run,
        since=found.since,
        until=found.until,
        values=found.back,
        first=found.first,
    )
    return exits.OK
