"""The systemd unit: the command it starts is ours, its options are known, and it gives the service no rights."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from otimo_tray.cli.main import build_parser

UNIT = Path(__file__).parents[2] / "installer" / "otimo-tray.service"


def _service() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section = ""
    for line in UNIT.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif "=" in line and not line.startswith("#") and section == "[Service]":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_command_is_one_that_the_program_takes() -> None:
    words = _service()["ExecStart"][0].split()
    assert words[0].endswith("/otimo-tray")
    args = build_parser("run").parse_args(words[1:])
    assert args.profiles == Path("%S/otimo-tray/lojas")
    assert args.service_credentials


def test_the_folder_of_the_command_is_the_one_that_systemd_makes() -> None:
    service = _service()
    assert "otimo-tray/lojas" in service["StateDirectory"][0].split()
    assert service["StateDirectoryMode"] == ["0700"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Type", "notify"),
        ("DynamicUser", "yes"),
        ("ProtectSystem", "strict"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("Restart", "on-failure"),
        ("WatchdogSec", "60"),
    ],
)
def test_it_is_hardened(name: str, value: str) -> None:
    assert _service()[name] == [value]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_it() -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", str(UNIT)], capture_output=True, text=True, check=False, timeout=60
    )
    # The program isn't installed where the unit says; nothing else may be said.
    said = [line for line in (done.stdout + done.stderr).splitlines() if "is not executable" not in line]
    assert not [line for line in said if "otimo-tray.service" in line], said
