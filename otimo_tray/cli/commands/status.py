"""`otimo-tray status`: what the running engine says, or what the last one left behind."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from otimo_tray.app import missing_part
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output, plain
from otimo_tray.cli.running import ask
from otimo_tray.desktop import ipc
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import AlreadyRunning, ConfigurationError, OtimoError
from otimo_tray.profile import Profile
from otimo_tray.service.places import service_paths
from otimo_tray.sync.board import Board
from otimo_tray.sync.flows import HOUSEKEEPING
from otimo_tray.words import phrase

_NOT_RUNNING: Final = 2


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("status", parents=[common], help="what the program says of itself")
    parser.add_argument("--all", action="store_true", help="every shop of a service, for monitoring")
    parser.add_argument("--profiles", type=Path, metavar="DIR", help="with --all: the service's folder of shops")
    parser.set_defaults(run=run, without_profile=without_profile)


def without_profile(args: argparse.Namespace, output: Output) -> int | None:
    """With --all: 0 all well, 1 some shop needs a person, 2 the service isn't running."""
    if not args.all:
        return None
    parent = args.profiles or args.profile_dir
    if parent is None:
        raise ConfigurationError("C-400", detail="--all --profiles")
    try:
        reply = ipc.ask(service_paths(parent), "status_all", {}, seconds=10.0, as_root=True)
    except AlreadyRunning:
        output.result(running=False, error={"code": "C-452", "params": {}, "text": output.sentence("C-452")})
        print(output.sentence("C-452"), file=sys.stderr)
        return _NOT_RUNNING
    if not reply.ok:
        raise OtimoError(reply.code, **reply.params)
    found = cast("dict[str, Any]", reply.result)
    _tell_all(found, output)
    return exits.SOME_FAILED if found["condition"] == "attention" or found["late"] else exits.OK


def _tell_all(found: dict[str, Any], output: Output) -> None:
    """A line for each shop; in JSON with the sentence of each trouble."""
    for shop in found["shops"]:
        trouble = shop["trouble"]
        text = "" if trouble is None else output.sentence(trouble["code"], trouble["params"])
        if trouble is not None:
            trouble["text"] = text
        late = ", ".join(phrase(f"flow.{name}", output.language) for name in shop["late"])
        word = phrase(f"condition.{shop['condition']}", output.language)
        output.say("  ".join(part for part in (f"{word:<14}", shop["name"], late, text) if part))
    output.result(running=True, **found)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Prints the status: state, flows, what waits."""
    del args
    answer = ask(profile, "status")
    status = answer if answer is not None else stored_status(profile)
    output.say(phrase(f"state.{status['state']}", output.language))
    for name, flow in status["flows"].items():
        when = flow["last_success"] or "–"
        trouble = flow["trouble"]
        text = f": {output.sentence(trouble['code'], trouble['params'])}" if trouble else ""
        output.say(f"  {phrase(f'flow.{name}', output.language)}  {when}{text}")
    oldest, waiting = status.get("oldest_unsent"), status["waiting"]["unsent_values"]
    if oldest and waiting:
        age = profile.clock.now() - datetime.fromisoformat(oldest)
        params = {"count": waiting, "minutes": max(0, int(age.total_seconds())) // 60}
        output.say(f"  {phrase('unsent.values', params, output.language)}")
    notices = [problem for problem in profile.store().problems.list() if problem.flow == HOUSEKEEPING]
    for notice in notices:
        output.say(output.sentence(notice.code, notice.params))
    output.result(
        running=answer is not None,
        **status,
        notices=[output.trouble(OtimoError(notice.code, **notice.params)) for notice in notices],
    )
    return exits.OK


def stored_status(profile: Profile) -> dict[str, Any]:
    """The status as the state database tells it while no engine runs."""
    board = Board(profile.clock, profile.settings)
    try:
        board.set_setup(missing_part(profile)(profile.settings))
    except OtimoError as error:
        board.set_setup(Trouble(error.code, error.params))
    store = profile.store()
    board.restore(store)
    board.recount(store)
    return plain(board.status(lambda _: None))
