"""New versions: a signed manifest is looked at, the installer fetched and checked, and started on the person's word.

The manifest is JSON: `{"signed": TEXT, "signature": BASE64}`; TEXT is the release as JSON, and the signature (Ed25519)
is over exactly its UTF-8 bytes::

    {"format": 1, "program": "otimo-tray", "version": "1.2.3", "url": "https://…/OtimoTray-1.2.3-setup.exe",
     "size": 27000000, "sha256": "…", "share": 10}

`share` (may be left out = 100) is the part of the installations that take it, in per cent: each one by its own number,
so that those who took it at 10 are among those at 50.

Nothing here trusts the server: whoever holds the address can keep an update back, but can't put another one in.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from otimo_tray.desktop import ed25519
from otimo_tray.errors import OtimoError

EVERY: Final = timedelta(days=1)
MANIFEST_LIMIT: Final = 64 * 1024
INSTALLER_LIMIT: Final = 200 * 1024 * 1024
PROGRAM: Final = "otimo-tray"
_INSTALLER: Final = re.compile(r"OtimoTray-(\d+\.\d+\.\d+)-setup\.exe")

Fetch = Callable[[str], contextlib.AbstractContextManager[Iterable[bytes]]]
"""Opens an address and gives its content in pieces. Raises OSError when it can't be had."""

CODES: Final[dict[str, str]] = {
    "away": "L-340",
    "form": "L-341",
    "signature": "L-342",
    "older": "L-343",
    "content": "L-344",
    "setup": "L-345",
}
"""Why there is no update, and the code of its sentence."""


class UpdateRefused(OtimoError):
    """No update, and why: `reason` is a key of `CODES`."""

    def __init__(self, reason: str, /, *, detail: str = "") -> None:
        super().__init__(CODES[reason], detail=detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Release:
    """A version that the publisher signed. `size` in bytes, `sha256` of the installer in hexadecimal digits, `share` of
    the installations in per cent."""

    version: str
    url: str
    size: int
    sha256: str
    share: int = 100


def takes_part(profile_id: str, version: str, share: int) -> bool:
    """Whether an installation is among the first `share` per cent that take a version. Another order each version, so
    that it isn't always the same shops that go first."""
    number = int.from_bytes(hashlib.sha256(f"{profile_id} {version}".encode()).digest()[:8])
    return number % 100 < share


class Updates:
    """The way to a newer version.

    Args:
        address: of the manifest; empty = updates are off.
        public_key: the publisher's, hexadecimal.
        current: the running version.
        folder: where an installer is kept until it is used.
        fetch: opens addresses.
        profile_id: what tells this installation from others, for updates in stages.
    """

    def __init__(
        self, address: str, public_key: str, current: str, folder: Path, fetch: Fetch, profile_id: str = ""
    ) -> None:
        self._address = address
        self._key = bytes.fromhex(public_key)
        self._current = current
        self._folder = folder
        self._fetch = fetch
        self._profile_id = profile_id

    @property
    def is_on(self) -> bool:
        """Whether there is an address and a key to check against."""
        return bool(self._address) and len(self._key) == 32

    def is_due(self, now: datetime, last: datetime | None) -> bool:
        """Whether to look again: at most daily, and at once when the clock was set back."""
        return self.is_on and (last is None or not last <= now < last + EVERY)

    def look(self) -> Release | None:
        """The newer version, None when this one is the newest or the newer one isn't for this installation yet.

        Raises:
            UpdateRefused: the manifest can't be had, isn't signed, is damaged, or offers an older version.
        """
        if not self.is_on:
            return None
        release = read_manifest(self._read(self._address), self._key)
        if _numbers(release.version) < _numbers(self._current):
            raise UpdateRefused("older")
        newer = _numbers(release.version) > _numbers(self._current)
        return release if newer and takes_part(self._profile_id, release.version, release.share) else None

    def download(self, release: Release) -> Path:
        """The checked installer; one that is there already isn't fetched again.

        Raises:
            UpdateRefused: it can't be had, or isn't the announced one (then nothing of it stays).
        """
        target = self._folder / f"OtimoTray-{release.version}-setup.exe"
        if is_the_one(target, release):
            return target
        self._folder.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        try:
            with self._fetch(release.url) as pieces, part.open("wb") as file:
                size = 0
                for piece in pieces:
                    size += len(piece)
                    if size > release.size:
                        raise UpdateRefused("content")
                    file.write(piece)
            if not is_the_one(part, release):
                raise UpdateRefused("content")
            part.replace(target)
        except OSError:
            raise UpdateRefused("away") from None
        finally:
            part.unlink(missing_ok=True)
        return target

    def install(self, release: Release) -> subprocess.Popen[bytes]:
        """Starts the installer, which closes this program, changes it and starts it again. On the person's word only.

        Answers the installer's process: if it ends while this program still runs, nothing was changed.

        Raises:
            UpdateRefused: the file was changed since it came, or can't be started.
        """
        path = self._folder / f"OtimoTray-{release.version}-setup.exe"
        if not is_the_one(path, release):
            path.unlink(missing_ok=True)
            raise UpdateRefused("content")
        flags = getattr(subprocess, "DETACHED_PROCESS", 0) if sys.platform == "win32" else 0
        try:
            return subprocess.Popen([str(path), "/S"], creationflags=flags, close_fds=True)
        except OSError as error:
            raise UpdateRefused("setup", detail=type(error).__name__) from None

    def tidy(self) -> None:
        """Removes installers of versions that aren't newer than this one, and halves of downloads."""
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                found = _INSTALLER.fullmatch(path.name)
                if path.suffix == ".part" or (found and _numbers(found[1]) <= _numbers(self._current)):
                    path.unlink(missing_ok=True)

    def _read(self, address: str) -> bytes:
        data = b""
        try:
            with self._fetch(address) as pieces:
                for piece in pieces:
                    data += piece
                    if len(data) > MANIFEST_LIMIT:
                        raise UpdateRefused("form")
        except OSError:
            raise UpdateRefused("away") from None
        return data


def read_manifest(data: bytes, public_key: bytes) -> Release:
    """The release of a manifest; its signature is checked before a word of it is believed.

    Raises:
        UpdateRefused: form or signature.
    """
    outer = _object(data)
    text, signature = outer.get("signed"), outer.get("signature")
    if not isinstance(text, str) or not isinstance(signature, str):
        raise UpdateRefused("form")
    try:
        signed = base64.b64decode(signature, validate=True)
        message = text.encode()
    except ValueError:
        raise UpdateRefused("signature") from None
    if not ed25519.is_valid(public_key, message, signed):
        raise UpdateRefused("signature")
    inner = _object(message)
    version, url, size, digest = (inner.get(name) for name in ("version", "url", "size", "sha256"))
    share = inner.get("share", 100)
    right = (
        inner.get("format") == 1
        and isinstance(share, int)
        and not isinstance(share, bool)
        and 0 <= share <= 100
        and inner.get("program") == PROGRAM
        and isinstance(version, str)
        and re.fullmatch(r"\d{1,6}\.\d{1,6}\.\d{1,6}", version)
        and isinstance(url, str)
        and _is_safe(url)
        and isinstance(size, int)
        and 0 < size <= INSTALLER_LIMIT
        and isinstance(digest, str)
        and re.fullmatch(r"[0-9a-f]{64}", digest)
    )
    if not right:
        raise UpdateRefused("form")
    return Release(str(version), str(url), cast("int", size), str(digest), cast("int", share))


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UpdateRefused("form") from None
    if not isinstance(found, dict):
        raise UpdateRefused("form")
    return cast("dict[str, Any]", found)


def _is_safe(url: str) -> bool:
    """https, or a server on this PC (a test's)."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def is_the_one(path: Path, release: Release) -> bool:
    """Whether a file has the size and hash that the publisher signed."""
    try:
        if path.stat().st_size != release.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == release.sha256
    except OSError:
        return False


@contextlib.contextmanager
def fetch(address: str) -> Any:
    """Opens an address with the system's certificates and proxy. Raises OSError, also for an answer but 200."""
    import requests

    from otimo_tray.web.trust import OsTrustAdapter, os_roots

    with requests.Session() as session:
        session.mount("https://", OsTrustAdapter(os_roots()))
        with session.get(address, timeout=(10, 60), stream=True) as answer:
            answer.raise_for_status()
            yield answer.iter_content(64 * 1024)
