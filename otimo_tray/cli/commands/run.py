"""`otimo-tray run`: the engine with its timers and without a screen, until it is told to stop; for one shop or many."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from otimo_tray.app import make_care, make_engine
from otimo_tray.cli import exits
from otimo_tray.cli.many import run_many
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import dispatcher, own_engine
from otimo_tray.desktop.ipc import IpcServer
from otimo_tray.desktop.paths import profile_paths
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile

_LOOK_S = 0.5 if sys.platform == "win32" else 3600.0
"""On Windows a waiting main thread doesn't see Ctrl-C before its wait ends."""


class _AddFolder(argparse.Action):
    """`--profile-dir` again and again; the first one also stands where every other command looks for it."""

    def __call__(
        self, parser: object, namespace: argparse.Namespace, values: Any, option_string: object = None
    ) -> None:
        namespace.profile_dirs = [*getattr(namespace, "profile_dirs", []), values]
        namespace.profile_dir = namespace.profile_dirs[0]


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "run", parents=[common], conflict_handler="resolve", help="the engine without a screen"
    )
    parser.add_argument(
        "--profile-dir",
        type=Path,
        action=_AddFolder,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="a shop's folder; several times for several shops in one process",
    )
    parser.add_argument("--profiles", type=Path, metavar="DIR", help="a folder of shops: each sub-folder with settings")
    parser.add_argument(
        "--service-credentials",
        action="store_true",
        help="secrets come from systemd's credentials alone, never from a keyring",
    )
    parser.set_defaults(run=run, without_profile=without_profile)


def without_profile(args: argparse.Namespace, output: Output) -> int | None:
    """Runs many shops in this process; None when it is one, in the usual way."""
    folders = getattr(args, "profile_dirs", [])
    if args.profiles is None and len(folders) < 2 and not args.service_credentials:
        return None
    if args.profiles is not None and folders:
        raise ConfigurationError("C-400", detail="--profiles, --profile-dir")
    if args.profiles is None and not folders:
        folders = [profile_paths(args.profile_dir).folder]
    return run_many(args.profiles, folders, output, service_credentials=args.service_credentials)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Runs until SIGTERM, SIGINT or (Windows) a closed console; then ends after the item in flight."""
    del args
    ending = threading.Event()
    with own_engine(profile):
        engine = make_engine(profile)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: ending.set())
        engine.start()
        care = make_care(profile, engine)
        server = IpcServer(profile.paths, dispatcher(engine))
        output.result(started=True, profile_dir=str(profile.paths.folder))
        try:
            while not ending.wait(_LOOK_S):
                pass
        finally:
            server.stop()
            care.stop()
            engine.stop()
    return exits.OK
