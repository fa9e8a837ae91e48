"""`dev.py windows-manifest`: the publisher's signed notice of a release, made with openssl."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installer.say import SetupError, say
from installer.windows import inputs


def public_key(key: Path) -> str:
    """The public half of a private key file, as 64 hexadecimal digits. Raises SetupError."""
    der = _openssl(["pkey", "-in", str(key), "-pubout", "-outform", "DER"])
    return der[-32:].hex()  # RFC 8410: the key is the end of the structure


def manifest(key: Path, setup: Path, url: str, share: int = 100) -> str:
    """The signed manifest of an installer.

    Args:
        key: the publisher's Ed25519 key, PEM.
        setup: `OtimoTray-VERSION-setup.exe`, as it lies on the server.
        url: where it lies.
        share: of the installations that take it, in per cent.

    Raises:
        SetupError: openssl failed, the file has another name, or the share isn't 0 to 100.
    """
    if not 0 <= share <= 100:
        raise SetupError("The share is a percentage, 0 to 100.")
    version = re.fullmatch(r"OtimoTray-(\d+\.\d+\.\d+)-setup\.exe", setup.name)
    if version is None:
        raise SetupError(f"{setup.name} is not called OtimoTray-VERSION-setup.exe.")
    release = {
        "format": 1, "program": "otimo-tray", "version": version[1], "url": url,
        "size": setup.stat().st_size, "sha256": inputs.sha256(setup),
        "share": share,
    }  # fmt: skip
    text = json.dumps(release)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(text.encode())
        file.flush()
        signature = _openssl(["pkeyutl", "-sign", "-rawin", "-inkey", str(key), "-in", file.name])
    return json.dumps({"signed": text, "signature": base64.b64encode(signature).decode()})


def _openssl(arguments: list[str]) -> bytes:
    result = subprocess.run(["openssl", *arguments], capture_output=True, check=False)
    if result.returncode != 0:
        raise SetupError(f"openssl {arguments[0]}: {result.stderr.decode('utf-8', 'replace').strip()[-300:]}")
    return result.stdout


def windows_manifest(arguments: Sequence[str]) -> int:
    """Print the signed manifest of an installer."""
    if len(arguments) not in {3, 4} or not all(one.isdigit() for one in arguments[3:]):
        raise SetupError("windows-manifest needs a key, an installer, its address, and perhaps a share in per cent.")
    key, setup, url = Path(arguments[0]), Path(arguments[1]), arguments[2]
    sys.stdout.write(manifest(key, setup, url, int(arguments[3]) if len(arguments) == 4 else 100) + "\n")
    say(f"public key for the build: {public_key(key)}")
    return 0
