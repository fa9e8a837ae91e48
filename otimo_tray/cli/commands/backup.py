"""`otimo-tray backup`: the daily copies of the state, and the way back to one of them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import own_engine
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds `backup list` and `backup restore`."""
    parser = subparsers.add_parser("backup", help="copies of the state: list, restore")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", parents=[common], help="the copies there are, newest first")
    listing.set_defaults(run=_list)
    restoring = actions.add_parser(
        "restore", parents=[common], help="go back to a copy; what was typed since is done again, nothing is deleted"
    )
    restoring.add_argument("name", metavar="NAME", help="a name of the list")
    restoring.add_argument(
        "--leave-server", action="store_true", help="the state was on a server that is lost: go on with this PC's copy"
    )
    restoring.set_defaults(run=_restore)


def _list(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    from otimo_tray.store.backup import backups, is_sound

    del args
    copies = [_entry(copy, sound=is_sound(copy)) for copy in backups(profile.paths.state)]
    for copy in copies:
        output.say(f"{'✓' if copy['sound'] else '✗'} {copy['name']}  {copy['made_at']}  {copy['bytes'] // 1024} KiB")
    output.result(copies=copies)
    return exits.OK


def _entry(copy: Path, *, sound: bool) -> dict[str, Any]:
    stat = copy.stat()
    made = datetime.fromtimestamp(stat.st_mtime, UTC)
    return {"name": copy.name, "made_at": made.isoformat(timespec="seconds"), "bytes": stat.st_size, "sound": sound}


def _restore(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    from otimo_tray.store.backup import backups
    from otimo_tray.store.rescue import restore

    chosen = next((copy for copy in backups(profile.paths.state) if args.name in (copy.name, copy.stem)), None)
    if chosen is None:
        raise ConfigurationError("L-325", name=args.name)
    state = profile.settings.state
    if profile.is_shared and not args.leave_server:
        raise ConfigurationError("L-380", where=state.address.rpartition("@")[2], name=chosen.name)
    with own_engine(profile):
        done = restore(profile.paths.state, chosen, profile.clock)
        if profile.is_shared:
            profile.change_settings(replace(profile.settings, state=replace(state, kind="sqlite")))
    output.say(output.sentence("L-326", {"copy": chosen.name, "typed": done.again}))
    output.result(restored=chosen.name, typed=done.again, aside=done.aside.name if done.aside else None)
    return exits.OK
