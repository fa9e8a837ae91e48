"""`otimo-tray setup`: configures a profile from a file and secrets on standard input, without questions."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.cli.running import own_engine
from otimo_tray.desktop import settings_file
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.errors import ConfigurationError
from otimo_tray.ports import Secrets
from otimo_tray.profile import ERP_SECRETS, SECRET_NAMES, STATE_SECRET, Profile
from otimo_tray.service import care

_LONGEST_INPUT = 64 * 1024
_OTHER_NAMES = {
    **{f"erp_{kind}": name for kind, name in ERP_SECRETS.items()},
    "state_password": STATE_SECRET,
    "care_smtp": care.SECRET,
}
"""Name in the JSON → name in the keyring."""


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("setup", parents=[common], help="configure without questions")
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE.toml")
    parser.add_argument("--secrets-stdin", action="store_true", help="JSON with the credentials on stdin")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Settings are checked before anything is kept; secrets go to the keyring before the settings are written."""
    settings = with_absolute_paths(settings_file.read(args.source), args.source.resolve().parent)
    secrets = given_secrets(args)
    with own_engine(profile):
        keep_secrets(profile.secrets, secrets)
        if SECRET_NAMES[0] in secrets:
            profile.secrets.set("hub.address", settings.hub.base_url)  # they go nowhere else, whatever a file says
        profile.change_settings(settings)
        profile.store()
    output.say("Configurado. Confira com: otimo-tray check" if output.language == "pt_BR" else "Configured.")
    output.result(profile_dir=str(profile.paths.folder), secrets=sorted(secrets))
    return exits.OK


def given_secrets(args: argparse.Namespace) -> dict[str, str]:
    """The credentials on standard input with `--secrets-stdin`, else none. Raises as `read_secrets`."""
    return read_secrets(sys.stdin.read(_LONGEST_INPUT + 1)) if args.secrets_stdin else {}


def read_secrets(text: str) -> dict[str, str]:
    """The credentials of `resources/contracts.md`, part 2, by their names there.

    Raises ConfigurationError C-433: not that JSON, or one of the hub's four is missing (they may be left out together
    when another's is there). Nothing of the text is repeated.
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
    others = [name for name in _OTHER_NAMES if name in found]
    hub = SECRET_NAMES if not others or any(name in found for name in SECRET_NAMES) else ()
    for name in (*hub, *others):
        value = found.get(name)
        if not isinstance(value, str) or not value.strip():
            raise ConfigurationError("C-433", name=name)
        secrets[name] = value.strip()
    return secrets


def keep_secrets(keyring: Secrets, given: Mapping[str, str]) -> None:
    """Puts what `read_secrets` answered into the keyring. Raises KeyringAway, ConfigurationError."""
    for name, value in given.items():
        keyring.set(_OTHER_NAMES.get(name, f"hub.{name}"), value)
    if SECRET_NAMES[0] in given:
        keyring.delete("hub.token")  # it belongs to the former credentials


def with_absolute_paths(settings: Settings, folder: Path) -> Settings:
    """Paths of a set-up file are relative to it; the profile keeps them absolute."""

    def absolute(text: str) -> str:
        return str((folder / Path(text).expanduser()).absolute()) if text else ""

    erp: ErpSettings = settings.erp
    return replace(
        settings,
        state=replace(settings.state, ca_file=absolute(settings.state.ca_file)),
        erp=replace(
            erp,
            folder=absolute(erp.folder),
            nfe_folder=absolute(erp.nfe_folder),
            demo_data=absolute(erp.demo_data),
        ),
    )
