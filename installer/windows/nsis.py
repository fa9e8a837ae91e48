"""The installer, packed by makensis from the payload."""

from __future__ import annotations

import os
from pathlib import Path

from installer.windows import native

SCRIPT = Path(__file__).with_name("setup.nsi")


def pack(
    payload: Path, icon: Path, target: Path, version: str, *, epoch: int, sign: str = "", quick: bool = False
) -> None:
    """Write the installer `target`.

    Args:
        payload: the folder that is installed.
        icon: the icon of installer and uninstaller.
        target: the file.
        version: three numbers.
        epoch: the time the file carries.
        sign: a command that signs the file named after it; empty signs nothing.
        quick: pack ten times faster and a third larger, for tests.

    Raises:
        SetupError: makensis failed; the message holds its last words.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.stem}.part.exe")
    defined = {"VERSION": version, "SRC": str(payload), "OUT": str(part), "ICON": str(icon)}
    if sign:
        defined["SIGN"] = sign
    if quick:
        defined["QUICK"] = "1"
    options = [f"-D{name}={value}" for name, value in defined.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "LANG": "C.UTF-8"}
    native.run([*command, str(SCRIPT)], env, "makensis failed")
    part.replace(target)
