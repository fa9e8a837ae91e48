"""`dev.py audit`: licences of what the program carries, and known holes in it, as far as the service can be asked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from installer import supply
from installer.environment import RUNTIME_LOCK, Environment, clean_env
from installer.say import SetupError, say

_SECONDS = 120


def licences(environment: Environment) -> list[str]:
    """What is wrong with the licences of the runtime lock's packages, as far as they are installed here."""
    names = supply.locked((environment.root / "installer" / RUNTIME_LOCK.name).read_text(encoding="utf-8"))
    command = [str(environment.python), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    folder = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    parts = [part for part in supply.parts_in(Path(folder)) if part.name in names]
    if not parts:
        raise SetupError("No package of the lock is installed here.")
    say(f"audit: {len(parts)} of {len(names)} packages are installed here and were looked at for their licence")
    return list(supply.complaints(parts))


def holes(environment: Environment) -> tuple[list[str], str]:
    """Known holes of the locked versions; and why they couldn't be looked up, empty when they could."""
    lock = environment.root / "installer" / RUNTIME_LOCK.name
    command = [str(environment.command("pip-audit")), "-r", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    try:
        ran = subprocess.run(
            command, env=clean_env(), capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return [], f"no answer within {_SECONDS} s"
    return judge(ran.stdout, ran.stderr)


def judge(out: str, err: str) -> tuple[list[str], str]:
    """Read what pip-audit said, as `holes` answers it."""
    try:
        entries: list[dict[str, Any]] = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], (err.strip().splitlines() or ["it said nothing"])[-1][:200]
    found = [
        f"{one['name']} {one['version']}: {hole['id']}" for one in entries for hole in one.get("vulns", ())
    ]
    unknown = sum("skip_reason" in one for one in entries)
    return found, f"the service knows {len(entries) - unknown} of {len(entries)} packages" if unknown else ""


def audit(arguments: Sequence[str]) -> int:
    """Look at licences and known holes."""
    if arguments:
        raise SetupError("audit takes no arguments.")
    environment = Environment()
    environment.ensure()
    wrong = licences(environment)
    found, silent = holes(environment)
    for line in (*wrong, *found):
        say(f"audit: {line}")
    if silent:
        say("=" * 78)
        say(f"KNOWN HOLES WERE NOT LOOKED UP FOR EVERY PACKAGE: {silent}")
        say("=" * 78)
    say(f"audit: {len(wrong)} complaints about licences, {len(found)} known holes")
    return 1 if wrong or found else 0
