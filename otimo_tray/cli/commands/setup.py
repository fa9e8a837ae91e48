"""`otimo-tray setup`: configures a profile from a file and secrets on standard input, without questions."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from otimo_tray.app import SECRET_NAMES, Profile
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import own_engine
from otimo_tray.desktop import settings_file
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.errors import ConfigurationError

_LONGEST_INPUT = 64 * 1024


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("setup", parents=[common], help="configure without questions")
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE.toml")
    parser.add_argument("--secrets-stdin", action="store_true", help="JSON with the four credentials on stdin")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Settings are checked before anything is kept; secrets go to the keyring before the settings are written."""
    settings = with_absolute_paths(settings_file.read(args.source), args.source.resolve().parent)
    secrets = read_secrets(sys.stdin.read(_LONGEST_INPUT + 1)) if args.secrets_stdin else {}
    with own_engine(profile):
        for name, value in secrets.items():
            profile.secrets.set(f"hub.{name}", value)
        if secrets:
            profile.secrets.delete("hub.token")  # it belongs to the former credentials
            profile.secrets.set("hub.address", settings.hub.base_url)  # they go nowhere else, whatever a file says
        profile.change_settings(settings)
        profile.store()
    output.say("Configurado. Confira com: otimo-tray check" if output.language == "pt_BR" else "Configured.")
    output.result(profile_dir=str(profile.paths.folder), secrets=sorted(secrets))
    return exits.OK


def read_secrets(text: str) -> dict[str, str]:
    """The credentials of `resources/contracts.md`, part 2.

    Raises ConfigurationError C-433: not that JSON, or one of the four is missing. Nothing of the text is repeated.
    """
    try:
        given: object = json.loads(text) if len(text) <= _LONGEST_INPUT else None
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise ConfigurationError("C-433", name="JSON")
    found = cast("dict[str, object]", given)
    if found.get("version", 1) != 1:
        raise ConfigurationError("C-433", name="version")
    secrets: dict[str, str] = {}
    for name in SECRET_NAMES:
        value = found.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ConfigurationError("C-433", name=name)
        secrets[name] = value.strip()
    return secrets


def with_absolute_paths(settings: Settings, folder: Path) -> Settings:
    """Paths of a set-up file are relative to it; the profile keeps them absolute."""

    def absolute(text: str) -> str:
        return str((folder / Path(text).expanduser()).absolute()) if text else ""

    erp: ErpSettings = settings.erp
    return replace(
        settings,
        erp=replace(
            erp,
            folder=absolute(erp.folder),
            nfe_folder=absolute(erp.nfe_folder),
            demo_data=absolute(erp.demo_data),
        ),
    )
