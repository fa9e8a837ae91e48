"""`dev.py windows`: from pinned inputs to an installer and a portable ZIP."""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import sys
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import supply, system
from installer.environment import RUNTIME_LOCK, Environment
from installer.say import SetupError, say
from installer.windows import archive, inputs, layout, native, nsis, payload, signing

_MADE_FROM = "made-from.txt"
"""In the folder of intermediate files: what the results of a whole build were made from."""
LARGEST = 40_000_000
"""Bytes that the installer may have."""


@dataclass(frozen=True)
class Built:
    """What a build made: the two files and the SHA-256 over the payload's names and bytes."""

    version: str
    setup: Path
    portable: Path
    payload_digest: str


def build(
    environment: Environment,
    places: layout.Layout,
    version: str,
    *,
    quick: bool = False,
    channel: tuple[str, str] = ("", ""),
) -> Built:
    """Build everything; `quick` packs for tests: faster and larger, without the portable ZIP.
    `channel` is the address and public key of updates; both empty = off.

    Raises:
        SetupError: an input or a tool is missing, the installer is too large, or a licence isn't on the list.
        SigningError: `OTIMO_SIGN` is set and its certificate can't be used.
    """
    epoch = layout.source_epoch(places.root)
    with _timed("payload"):
        payload.build(environment, places, version, epoch, channel)
    with _timed("launchers"):
        native.build(environment, places, version)
        shutil.copyfile(places.build / "app.ico", places.payload / "app" / "app.ico")
        if signing.is_on():
            count = signing.sign_unsigned(path for _, path in payload.files_below(places.payload))
            say(f"signed: {count} programs")
        payload.stamp(places.payload, epoch)
    payload.report(places)
    setup, portable = places.setup_exe(version), places.portable_zip(version)
    with _timed("portable"):
        if not quick:
            archive.write(places.payload, portable, layout.FILE_NAME, epoch)
    with _timed("installer"):
        nsis.pack(places.payload, places.build / "app.ico", setup, version, epoch=epoch, sign=_signer(), quick=quick)
    size = setup.stat().st_size
    if size > LARGEST and not quick:
        raise SetupError(f"{setup.name} has {size / 1e6:.1f} MB, at most {LARGEST / 1e6:.0f} are allowed.")
    files = {path.name: inputs.sha256(path) for path in (setup, portable) if path.exists()}
    parts = supply.parts_in(places.payload / "app" / "packages")
    wrong = list(supply.complaints(parts))
    if wrong:
        raise SetupError(f"What must not be carried: {'; '.join(wrong)}.")
    text = supply.bill(version, parts, payload.python_version(places.payload), files, epoch)
    places.bill(version).write_text(text, encoding="utf-8", newline="\n")
    remember(places, version)
    return Built(version, setup, portable, inputs.digest_of(payload.files_below(places.payload)))


def remember(places: layout.Layout, version: str) -> None:
    """Note what a whole build was made from, for `is_current`."""
    (places.build / _MADE_FROM).write_text(_made_from(places.root, version), encoding="ascii")


def is_current(places: layout.Layout, version: str) -> bool:
    """Whether installer, ZIP and payload are there and made from what the checkout holds now.

    How they were signed and where they look for updates doesn't matter: a release's files are tested as they are.
    """
    made = places.build / _MADE_FROM
    if not all(path.exists() for path in (made, places.setup_exe(version), places.portable_zip(version))):
        return False
    return made.read_text(encoding="ascii") == _made_from(places.root, version)


def _made_from(root: Path, version: str) -> str:
    """One line for all that a build reads of the checkout."""
    names = [*payload.program_files(root), f"installer/{RUNTIME_LOCK.name}"]
    names += [f"installer/windows/{name}" for name, _ in payload.files_below(root / "installer" / "windows")]
    wanted = sorted(name for name in names if "__pycache__" not in name)
    return f"{version} {layout.source_epoch(root)} {inputs.digest_of((name, root / name) for name in wanted)}"


def _signer() -> str:
    """The command that makensis signs with; empty when nothing is signed."""
    return f"'{sys.executable}' '{signing.__file__}'" if signing.is_on() else ""


def broken(good: layout.Layout, places: layout.Layout, version: str) -> Path:
    """Pack a good payload without one of its packages, as a version that can't work: for the test of the way back."""
    shutil.rmtree(places.build, ignore_errors=True)
    shutil.copytree(good.payload, places.payload)
    shutil.rmtree(places.payload / "app" / "packages" / "openpyxl")
    setup = places.setup_exe(version)
    nsis.pack(places.payload, good.build / "app.ico", setup, version, epoch=layout.EPOCH, quick=True)
    return setup


@contextlib.contextmanager
def _timed(name: str) -> Generator[None]:
    """Say how long a step took, if it went well."""
    began = time.monotonic()
    yield
    say(f"windows: {name}: {time.monotonic() - began:.0f} s")


def windows(arguments: Sequence[str]) -> int:
    """Build the installer and the portable ZIP into dist/."""
    parser = argparse.ArgumentParser(prog="dev.py windows", description=windows.__doc__)
    parser.add_argument("--version", default=None, help="another version number, to test updates")
    parser.add_argument("--update-address", default="", help="https address of the signed update manifest")
    parser.add_argument("--update-key", default="", help="the publisher's public key for it, 64 hexadecimal digits")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    args = parser.parse_args(arguments)
    system.ensure_packages((*system.QT, *layout.PACKAGES))
    environment = Environment()
    environment.ensure()
    try:
        version = args.version or layout.read_version()
        built = build(environment, layout.Layout(), version, channel=(args.update_address, args.update_key))
    except signing.SigningError as error:
        raise SetupError(f"Signing failed: {error}") from error
    for path in (built.setup, built.portable):
        say(f"{path.relative_to(layout.ROOT)}: {path.stat().st_size / 1e6:.1f} MB, sha256 {inputs.sha256(path)}")
    say(f"{layout.Layout().bill(built.version).relative_to(layout.ROOT)}: what is in it")
    say(f"payload digest: {built.payload_digest}")
    if args.json:
        answer = {
            "version": built.version, "setup": str(built.setup), "portable": str(built.portable),
            "payload_sha256": built.payload_digest, "bytes": built.setup.stat().st_size,
        }  # fmt: skip
        sys.stdout.write(json.dumps(answer) + "\n")
    return 0
