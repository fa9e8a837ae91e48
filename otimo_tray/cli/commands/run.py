"""`otimo-tray run`: the engine with its timers and without a screen, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import Any

from otimo_tray.app import Profile, make_engine
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import dispatcher, own_engine
from otimo_tray.desktop.ipc import IpcServer

_LOOK_S = 0.5 if sys.platform == "win32" else 3600.0
"""On Windows a waiting main thread doesn't see Ctrl-C before its wait ends."""


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("run", parents=[common], help="the engine without a screen")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Runs until SIGTERM, SIGINT or (Windows) a closed console; then ends after the item in flight."""
    del args
    ending = threading.Event()
    with own_engine(profile):
        engine = make_engine(profile)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: ending.set())
        engine.start()
        server = IpcServer(profile.paths, dispatcher(engine))
        output.result(started=True, profile_dir=str(profile.paths.folder))
        try:
            while not ending.wait(_LOOK_S):
                pass
        finally:
            server.stop()
            engine.stop()
    return exits.OK
