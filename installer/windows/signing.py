"""Signs programs with the publisher's certificate: one setting, `OTIMO_SIGN=FILE.p12`; without it nothing is signed.

The password is the first line of `FILE.p12.password`; `OTIMO_SIGN_TIMESTAMP` names a time-stamp server, which a release
needs (a signature without one ends with the certificate). makensis calls this file for installer and uninstaller.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SETTING = "OTIMO_SIGN"
TIMESTAMP = "OTIMO_SIGN_TIMESTAMP"
DESCRIPTION = "Ótimo Tray"
ADDRESS = "https://www.otimogestor.com.br"


class SigningError(Exception):
    """A program could not be signed; the message says why."""


def is_on() -> bool:
    """Whether the setting names a certificate."""
    return bool(os.environ.get(SETTING))


def is_signed(path: Path) -> bool:
    """Whether a PE file carries a signature: its fifth data directory is filled (PE format, Attribute Certificate)."""
    data = path.read_bytes()[:4096]
    if data[:2] != b"MZ":
        return False
    start = struct.unpack_from("<I", data, 0x3C)[0]
    optional = start + 24
    directories = optional + (112 if struct.unpack_from("<H", data, optional)[0] == 0x20B else 96)
    _, size = struct.unpack_from("<II", data, directories + 4 * 8)
    return size > 0


def sign(path: Path) -> None:
    """Sign one program in place.

    Raises:
        SigningError: the certificate can't be used.
    """
    certificate = Path(os.environ[SETTING])
    part = path.with_name(f"{path.name}.signed")
    command = ["osslsigncode", "sign", "-pkcs12", str(certificate), "-readpass", f"{certificate}.password"]
    command += ["-h", "sha256", "-n", DESCRIPTION, "-i", ADDRESS]
    if os.environ.get(TIMESTAMP):
        command += ["-ts", os.environ[TIMESTAMP]]
    elif os.environ.get("SOURCE_DATE_EPOCH"):
        command += ["-time", os.environ["SOURCE_DATE_EPOCH"]]
    command += ["-in", str(path), "-out", str(part)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        part.unlink(missing_ok=True)
        raise SigningError(f"{path.name}: {(result.stdout + result.stderr).strip()[-400:]}")
    part.replace(path)


def sign_unsigned(paths: Iterable[Path]) -> int:
    """Sign what its maker didn't sign; answer how many."""
    wanted = [path for path in paths if path.suffix.lower() in {".exe", ".dll", ".pyd"} and not is_signed(path)]
    for path in wanted:
        sign(path)
    return len(wanted)


def verify(path: Path, certificate: Path) -> bool:
    """Whether a program's signature is whole and made by `certificate` (PEM)."""
    command = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.returncode == 0


def make_test_certificate(folder: Path) -> Path:
    """Make a self-signed certificate for trials; answer the .p12 that the setting takes (`test.pem` lies beside it).

    Raises:
        SigningError: openssl failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    key, certificate, bundle = folder / "test.key", folder / "test.pem", folder / "test.p12"
    Path(f"{bundle}.password").write_text("for-trials-only\n", encoding="ascii")
    for command in (
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Otimo Tray trial",
            "-addext", "extendedKeyUsage=codeSigning", "-keyout", str(key), "-out", str(certificate),
        ],
        [
            "openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(certificate), "-out", str(bundle),
            "-passout", f"file:{bundle}.password",
        ],
    ):  # fmt: skip
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise SigningError(result.stderr.strip()[-400:])
    return bundle


if __name__ == "__main__":
    try:
        sign(Path(sys.argv[1]))
    except SigningError as error:
        sys.exit(str(error))
