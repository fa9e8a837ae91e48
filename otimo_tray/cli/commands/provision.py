"""`otimo-tray provision`: what the installer does with /CONFIG=: a set-up file that may hold the credentials.

The same file as for `setup`, plus a table `[secrets]` with what `setup` takes as JSON. They go into the keyring, and
the file that held them is removed; without that table it stays where it is.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

from otimo_tray.cli import exits
from otimo_tray.cli.commands.self_test import write_report
from otimo_tray.cli.commands.setup import keep_secrets, read_secrets, with_absolute_paths
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import own_engine
from otimo_tray.desktop import settings_file
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError, OtimoError
from otimo_tray.profile import Profile

_LARGEST = 1024 * 1024


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command's options."""
    parser = subparsers.add_parser("provision", parents=[common], help="set up a shop from the installer's file")
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE.toml")
    parser.add_argument("--report", type=Path, metavar="FILE", help="what is wrong, for the installer (UTF-16)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Provisions; a refusal also goes into the report, since the installer can't read a console's UTF-8."""
    try:
        return provide(args.source, profile, output)
    except OtimoError as error:
        if args.report is not None:
            write_report(args.report, [output.sentence(error.code, error.params)])
        raise


def provide(source: Path, profile: Profile, output: Output) -> int:
    """Keeps secrets first, then settings; only when both are kept the file that held secrets goes."""
    settings, secrets = read(source)
    with own_engine(profile):
        keep_secrets(profile.secrets, secrets)
        profile.change_settings(settings)
    if secrets:
        remove(source)
    output.say("Configurado." if output.language == "pt_BR" else "Configured.")
    output.result(profile_dir=str(profile.paths.folder), secrets=sorted(secrets), removed=bool(secrets))
    return exits.OK


def read(source: Path) -> tuple[Settings, dict[str, str]]:
    """Settings and secrets of a file; both are whole and valid, or nothing is answered.

    Raises:
        ConfigurationError: as `settings_file.read`; C-433 a secret is missing. No secret is ever repeated.
    """
    try:
        data = source.read_bytes()[: _LARGEST + 1]
        document = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError, ArithmeticError):
        # Its own reader says what is wrong, with the line.
        return with_absolute_paths(settings_file.read(source), source.resolve().parent), {}
    table = document.pop("secrets", None)
    if table is None:
        settings = settings_file.parse(data, source=str(source))
        return with_absolute_paths(settings, source.resolve().parent), {}
    if not isinstance(table, dict):
        raise ConfigurationError("C-433", name="secrets")
    secrets = read_secrets(json.dumps(table))
    settings = settings_file.parse(tomli_w.dumps(document).encode(), source=str(source))
    return with_absolute_paths(settings, source.resolve().parent), secrets


def remove(path: Path) -> None:
    """Overwrites a file once and removes it. Raises ConfigurationError C-408 when it can't be removed."""
    try:
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(b" " * size)
            file.flush()
        path.unlink()
    except OSError as error:
        raise ConfigurationError("C-408", path=str(path), reason=type(error).__name__) from None
