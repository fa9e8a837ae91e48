"""`otimo-tray status`: what the running engine says, or what the last one left behind."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from otimo_tray.app import Profile, missing_part
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output, plain
from otimo_tray.cli.running import ask
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import OtimoError
from otimo_tray.sync.board import Board
from otimo_tray.sync.flows import HOUSEKEEPING
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("status", parents=[common], help="what the program says of itself")
    parser.set_defaults(run=run)


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
