"""`otimo-tray move`: takes the shop's state to a server, and back into a file of this PC."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otimo_tray.cli import exits
from otimo_tray.cli.commands.setup import given_secrets
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import own_engine
from otimo_tray.domain.settings import StateSettings
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import STATE_SECRET, Profile

if TYPE_CHECKING:
    from otimo_tray.state_mover import Mover


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("move", parents=[common], help="the state to a server, or back to this PC's file")
    parser.add_argument("--to", required=True, choices=("postgresql", "sqlite"), help="where the state is to be")
    parser.add_argument("--address", metavar="URL", help="postgresql://user@server:5432/database, without a password")
    parser.add_argument("--schema", metavar="NAME", help="the shop's schema there (default: the one of the settings)")
    parser.add_argument("--ca-file", metavar="FILE", help="certificate authorities, if the system doesn't know them")
    parser.add_argument("--secrets-stdin", action="store_true", help='{"state_password": …} on standard input')
    parser.add_argument("--join", action="store_true", help="a shop is there already: use it, and put this PC's aside")
    parser.add_argument("--check", action="store_true", help="only look whether it could be done")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Moves, compares row by row, and switches the settings only then; nothing is deleted."""
    from otimo_tray.state_mover import Mover

    state = _wanted(args, profile.settings.state)
    if state.kind == profile.settings.state.kind:
        raise ConfigurationError("L-377", where=_where(state, profile))
    password = given_secrets(args).get("state_password") or profile.secrets.get(STATE_SECRET) or ""
    mover = Mover(profile, lambda: _kept(profile))
    if state.kind == "postgresql":
        if not state.address:
            raise ConfigurationError("C-420", setting="state.address")
        if not password:
            raise ConfigurationError("C-420", name=STATE_SECRET)
        results = mover.check(state, password)
        for result in results:
            if result.error is not None:
                raise result.error
    if args.check:
        output.say(f"{_where(state, profile)} ✓")
        output.result(kind=state.kind, where=_where(state, profile), checked=True)
        return exits.OK
    return _move(profile, output, mover, state, password, join=args.join)


def _move(profile: Profile, output: Output, mover: Mover, state: StateSettings, password: str, *, join: bool) -> int:
    from otimo_tray.state_mover import carry_out

    with own_engine(profile):
        profile.close()
        mover.prepare(state, password, join=join)
        if mover.pending is None:  # pragma: no cover - it was prepared
            raise LookupError
        done = carry_out(profile, mover.pending)(_progress(output), threading.Event())
    where = _where(state, profile)
    aside = done.aside or "-"
    output.say(output.sentence("L-375", {"where": where, "rows": done.rows, "aside": aside}))
    output.result(kind=state.kind, where=where, rows=done.rows, aside=done.aside)
    return exits.OK


def _wanted(args: argparse.Namespace, now: StateSettings) -> StateSettings:
    given: dict[str, Any] = {"kind": args.to}
    if args.to == "postgresql":
        given |= {name: value for name in ("address", "schema") if (value := getattr(args, name)) is not None}
        if args.ca_file is not None:
            given["ca_file"] = str(Path(args.ca_file).expanduser().absolute()) if args.ca_file else ""
    return replace(now, **given)


def _where(state: StateSettings, profile: Profile) -> str:
    """What people call the place: the server with the schema, or the file."""
    if state.kind == "sqlite":
        return str(profile.paths.state)
    return f"{state.address.rpartition('@')[2]} · {state.schema}"


def _kept(profile: Profile) -> int:
    from otimo_tray.store.shared.kept_file import KeptFile

    return len(KeptFile(profile.paths.kept_codes).codes())


def _progress(output: Output) -> Callable[[int, int], None]:
    """A line for each tenth."""
    said = -1

    def tell(done: int, total: int) -> None:
        nonlocal said
        tenth = 10 * done // total if total else 10
        if tenth > said:
            said = tenth
            output.say(f"{10 * tenth:3d} %")

    return tell
