"""Where a profile lives: everything of one shop in one folder that only its user may read."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import stat
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from otimo_tray.desktop import atomic
from otimo_tray.errors import ConfigurationError

_log: Final = logging.getLogger(__name__)
_NAME: Final = "Otimo Tray"
_SOCKET_PATH_LIMIT: Final = 100
"""Bytes; Linux allows 108 for the address of a socket, other systems less."""


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """The places inside a profile's folder."""

    folder: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "settings.toml"

    @property
    def state(self) -> Path:
        """The state database."""
        return self.folder / "state.db"

    @property
    def mirror(self) -> Path:
        """What this PC knows of a shared state."""
        return self.folder / "mirror.db"

    @property
    def kept_codes(self) -> Path:
        """The tracking codes that wait for a shared state's server."""
        return self.folder / "kept-codes.jsonl"

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.folder / "logs"

    @property
    def lock(self) -> Path:
        """The lock of the running engine."""
        return self.folder / "engine.lock"

    @property
    def ipc_key(self) -> Path:
        """The key that proves to the running engine that a command comes from this user."""
        return self.folder / "ipc.key"

    @property
    def _digest(self) -> str:
        return hashlib.sha256(os.fsencode(os.path.normcase(self.folder.resolve()))).hexdigest()[:24]

    def ipc_address(self) -> str:
        """Address of the running engine: a pipe on Windows, else a socket in the profile.

        A socket's path may be 108 bytes at most; in a deeper profile it goes to the user's runtime folder.

        Raises:
            ConfigurationError: C-440, no folder for the socket can be made safe.
        """
        if sys.platform == "win32":
            return rf"\\.\pipe\otimo-tray-{self._digest}"
        inside = self.folder.resolve() / "ipc.sock"
        if len(os.fsencode(inside)) <= _SOCKET_PATH_LIMIT:
            return str(inside)
        runtime = Path(platformdirs.user_runtime_dir()) / f"otimo-{self._digest}.sock"
        if runtime.parent.is_dir() and len(os.fsencode(runtime)) <= _SOCKET_PATH_LIMIT:
            return str(runtime)
        shared = Path(tempfile.gettempdir()) / f"otimo-tray-{os.getuid()}"
        make_private(shared)
        return str(shared / f"{self._digest}.sock")

    def profile_id(self) -> str:
        """A random name, made once: the keyring's entries are found again when the folder moves.

        Raises:
            ConfigurationError: C-440, the folder can't be read or written.
        """
        path = self.folder / "profile.id"
        for _ in range(2):
            try:
                found = atomic.patiently(lambda: path.read_text("ascii")).strip()
            except FileNotFoundError:
                found = ""
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigurationError("C-440", path=str(path), reason=type(error).__name__) from None
            if re.fullmatch(r"[0-9a-f]{32}", found):
                return found
            _create_once(path, uuid.uuid4().hex)
        raise ConfigurationError("C-440", path=str(path), reason="content")

    def create(self) -> None:
        """Makes the folders, readable by this user alone.

        Raises:
            ConfigurationError: C-440, they can't be made or belong to somebody else.
        """
        make_private(self.folder)
        make_private(self.logs)


def _create_once(path: Path, text: str) -> None:
    """Writes a small file unless another process was quicker."""
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_text(text, "ascii")
        try:
            if path.exists() and path.stat().st_size == 0:
                path.unlink()  # left empty by a power cut
            if sys.platform == "win32":
                # Never replaces there; two names of one file would be in each other's way for a moment.
                atomic.patiently(lambda: temporary.rename(path))
            else:
                os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            if not path.exists():
                temporary.replace(path)
    except OSError as error:
        raise ConfigurationError("C-440", path=str(path), reason=type(error).__name__) from None
    finally:
        atomic.patiently(lambda: temporary.unlink(missing_ok=True))


def profile_paths(explicit: Path | str | None = None) -> ProfilePaths:
    """The paths of the profile in `--profile-dir`, else of the user's own in the local (not roaming) data
    folder."""
    if explicit is not None:
        return ProfilePaths(Path(explicit).expanduser().absolute())
    return ProfilePaths(Path(platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)))


def make_private(folder: Path) -> None:
    """Makes a folder (and its parents) that only this user may enter.

    Raises:
        ConfigurationError: C-440, it can't be made, is no folder or belongs to somebody else.
    """
    try:
        existed = folder.is_dir()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform == "win32":
            if not existed:
                _restrict(folder)
            return
        found = folder.lstat() if folder.parent == Path(tempfile.gettempdir()) else folder.stat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise ConfigurationError("C-440", path=str(folder), reason="owner")
        if stat.S_IMODE(found.st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise ConfigurationError("C-440", path=str(folder), reason=type(error).__name__) from None


def _restrict(folder: Path) -> None:
    """Windows: only this user, the system and administrators, also where the parent lets everybody in."""
    user = os.environ.get("USERNAME", "")
    domain = os.environ.get("USERDOMAIN", "")
    account = f"{domain}\\{user}" if domain else user
    command = ["icacls", str(folder), "/inheritance:r", "/grant:r"]
    # The numbers are the system's and the administrators' identifiers, whose names are translated.
    command += [f"{one}:(OI)(CI)F" for one in (account, "*S-1-5-18", "*S-1-5-32-544")]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("could not restrict %s: %s", folder.name, type(error).__name__)
