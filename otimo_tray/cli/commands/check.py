"""`otimo-tray check`: one line for each thing that can be wrong, with what to do."""

from __future__ import annotations

import argparse
import contextlib
import secrets as random_secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from otimo_tray.app import make_erp, make_hub
from otimo_tray.cli import exits
from otimo_tray.cli.output import Output
from otimo_tray.errors import ConfigurationError, KeyringAway, OtimoError, StoreAway
from otimo_tray.ports import CheckResult
from otimo_tray.profile import SECRET_NAMES, Profile
from otimo_tray.words import phrase


def add(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser("check", parents=[common], help="test credentials, ERP, folders, clock and keyring")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, profile: Profile, output: Output) -> int:
    """Runs every check, also after one failed; exit code of the first that did."""
    del args
    results = list(all_checks(profile))
    for result in results:
        name = phrase(f"check.{result.name}", output.language)
        if result.error is None:
            output.say(f"✓ {name}{': ' + result.detail if result.detail else ''}")
        else:
            output.say(f"✗ {name}: {output.sentence(result.error.code, result.error.params)}")
    output.result(
        ok=all(result.error is None for result in results),
        checks=[
            {
                "name": result.name,
                "ok": result.error is None,
                "detail": result.detail,
                "error": output.trouble(result.error) if result.error else None,
            }
            for result in results
        ],
    )
    errors = [result.error for result in results if result.error is not None]
    return exits.exit_code_of(errors[0]) if errors else exits.OK


def all_checks(profile: Profile) -> Iterator[CheckResult]:
    """Everything in the order in which it is needed."""
    yield _check("profile", lambda: _writable(profile.paths.folder))
    keyring = _check("keyring", lambda: _keyring(profile))
    yield keyring
    yield _check("state", lambda: f"{profile.store().catalogue.counts().get('products', 0)} SKUs")
    if keyring.error is None:
        credentials = _check("credentials", lambda: _credentials(profile))
        yield credentials
        if credentials.error is None:
            yield from _hub(profile)
    yield from _erp(profile)


def _check(name: str, look: Any) -> CheckResult:
    try:
        detail = look()
    except OtimoError as error:
        return CheckResult(name, error)
    return CheckResult(name, None, detail or "")


def _writable(folder: Path) -> str:
    probe = folder / ".probe"
    try:
        probe.write_text("x", encoding="ascii")
        probe.unlink()
    except OSError as error:
        raise StoreAway("L-310", path=str(folder), reason=type(error).__name__) from None
    return str(folder)


def _keyring(profile: Profile) -> str:
    """Writes, reads and removes a value of no worth."""
    value = random_secrets.token_hex(8)
    profile.secrets.set("probe", value)
    try:
        if profile.secrets.get("probe") != value:
            raise KeyringAway()
    finally:
        with contextlib.suppress(OtimoError):
            profile.secrets.delete("probe")
    return ""


def _credentials(profile: Profile) -> str:
    for name in SECRET_NAMES:
        if not profile.secrets.get(f"hub.{name}"):
            raise ConfigurationError("C-420", name=f"hub.{name}")
    return ""


def _hub(profile: Profile) -> Iterator[CheckResult]:
    try:
        hub = make_hub(profile.settings.hub, profile.secrets, profile.clock)
    except OtimoError as error:
        yield CheckResult("hub_address", error)
        return
    with contextlib.closing(hub):

        def log_in() -> str:
            hub.check_login()
            return profile.settings.hub.base_url

        yield _check("hub_login", log_in)
        yield _check("clock", lambda: _clock(hub.clock_difference()))


def _clock(difference: float | None) -> str:
    """A wrong clock makes invoices' dates and tokens wrong."""
    if difference is None:
        return ""
    if abs(difference) > 300:
        raise ConfigurationError("C-470", seconds=round(difference))
    return f"{difference:+.0f} s"


def _erp(profile: Profile) -> Iterator[CheckResult]:
    try:
        erp = make_erp(profile.settings, profile.secrets, profile.clock, profile.paths.folder / "cache")
    except OtimoError as error:
        yield CheckResult("erp", error)
        return
    with contextlib.closing(erp):
        yield from erp.check()
