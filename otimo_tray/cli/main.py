"""Reads the command line and runs one command. No command at all starts the tray."""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from otimo_tray import __version__
from otimo_tray.cli import exits

if TYPE_CHECKING:
    from otimo_tray.cli.output import Output
    from otimo_tray.profile import Profile

COMMANDS = {
    "demo": "show the whole program with a made-up shop",
    "simulator": "a Plugg.to on loopback, for trials and tests",
    "demo-erp": "an ERP with the HTTP interface, to build against",
    "setup": "configure without questions",
    "check": "test credentials, ERP, folders, clock and keyring",
    "sync": "one run of the flows",
    "status": "what the program says of itself",
    "run": "the engine without a screen",
    "explain": "why is this the available number",
    "audit": "every value ever sent, and why",
    "reconcile": "compare Plugg.to's values with ours, now",
    "undo": "take the last batch of values back",
    "mapping": "De/Para: export and import",
    "tracking": "tracking codes",
    "packing": "the packer's window: scan orders and codes",
    "orders": "orders: list, import, ignore",
    "invoices": "invoices: list, confirm",
    "provision": "set up a shop from the installer's file",
    "self-test": "test the installation itself",
    "held": "held plans: list, release, discard",
    "move": "the state to a server that several PCs share, or back",
    "backup": "copies of the state: list, restore",
}
_STARTED_HERE = ("simulator", "packing")


def _module(name: str) -> str:
    return f"otimo_tray.cli.commands.{name.replace('-', '_')}"


def _common(*, inside: bool) -> argparse.ArgumentParser:
    """Options that every command has, before or after its name. `inside` a command an absent one changes nothing:
    argparse would else overwrite what stood before the name with the default."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--profile-dir",
        type=Path,
        default=argparse.SUPPRESS if inside else None,
        metavar="DIR",
        help="settings, state and logs live there and nowhere else",
    )
    common.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if inside else False,
        help="one JSON object on standard output",
    )
    return common


def build_parser(wanted: str | None) -> argparse.ArgumentParser:
    """The parser; only the wanted command's module is imported (None = all, for the help)."""
    parser = argparse.ArgumentParser(
        prog="otimo-tray",
        description="Ótimo Tray. Without a command the tray starts.",
        parents=[_common(inside=False)],
    )
    parser.add_argument("--version", action="version", version=f"otimo-tray {__version__}")
    parser.add_argument("--minimized", action="store_true", help="start in the tray without a window")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, text in COMMANDS.items():
        if name not in _STARTED_HERE and (wanted is None or name == wanted):
            importlib.import_module(_module(name)).add(subparsers, _common(inside=True))
        else:
            subparsers.add_parser(name, help=text, parents=[_common(inside=True)] if name == "packing" else [])
    return parser


def wanted_command(argv: Sequence[str]) -> str | None:
    """The command's name, if there is one before anything else that could be one."""
    values = {index + 1 for index, word in enumerate(argv) if word == "--profile-dir"}
    found = next((w for i, w in enumerate(argv) if i not in values and w in COMMANDS), None)
    helping = any(word in ("-h", "--help") for word in argv)
    return None if helping and found is None else found or ""


def _log_to_stderr() -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program; answers the exit code (`resources/contracts.md`, part 5)."""
    words = list(sys.argv[1:] if argv is None else argv)
    _utf8_streams()
    if words[:1] == ["simulator"]:
        # Needs no profile and nothing of ours: it is another program's server.
        from otimo_tray.demo.simulator.cli import main as simulate

        return simulate(words[1:])
    parser = build_parser(wanted_command(words))
    args = parser.parse_args(words)
    if args.command in {None, "packing"}:
        from otimo_tray.tray_start import start_tray

        return start_tray(args.profile_dir, minimized=args.minimized, page=args.command or "")
    _log_to_stderr()
    return _run(args)


def _run(args: argparse.Namespace) -> int:
    """Runs a command and turns what went wrong into a sentence and an exit code."""
    from otimo_tray.cli.output import Output
    from otimo_tray.errors import OtimoError, StoreDamaged
    from otimo_tray.profile import load_profile

    output = Output(as_json=args.json, language="pt_BR")
    profile = None
    try:
        # A command about many profiles must not make the user's own.
        done: int | None = getattr(args, "without_profile", _needs_profile)(args, output)
        if done is not None:
            return done
        profile = load_profile(args.profile_dir)
        output.language = profile.settings.shop.language
        try:
            code: int = args.run(args, profile, output)
        except StoreDamaged as damage:
            profile.rescue(damage)
            code = args.run(args, profile, output)
    except OtimoError as error:
        output.result(error=output.trouble(error))
        print(output.sentence(error.code, error.params), file=sys.stderr)
        return exits.exit_code_of(error)
    except KeyboardInterrupt:
        return 130
    finally:
        if profile is not None:
            profile.close()
            _tell_rescue(profile, output)
    return code


def _needs_profile(args: argparse.Namespace, output: Output) -> int | None:
    del args, output
    return None


def _tell_rescue(profile: Profile, output: Output) -> None:
    """Says on standard error that a damaged database was replaced; the same stays in *Problemas*."""
    done = profile.rescued
    if done is not None:
        code, params = ("L-324", {}) if done.copy is None else ("L-323", {"copy": done.copy.name})
        print(output.sentence(code, {**params, "typed": done.again}), file=sys.stderr)


def _utf8_streams() -> None:
    """Windows pipes are cp1252, and a program without a console has no streams at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
