"""The few file operations the connector is made of, and the one border where operating-system errors become ours.

Everything that changes the folder goes through `Disk`, so that a test can make each single step fail.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from otimo_tray.errors import ErpAway, ErpMisconfigured

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one version of a file from the next without reading it: size in bytes, time in nanoseconds, inode."""

    size: int
    mtime_ns: int
    inode: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Stamp:
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ino)


@contextlib.contextmanager
def reading(path: Path) -> Generator[None]:
    """Converts what can go wrong with looking at `path`.

    Raises:
        ErpAway: E-211 the file is held by another program (or we may not read it), E-213 it vanished meanwhile,
            E-210 the folder can't be reached.
    """
    try:
        yield
    except PermissionError as error:
        raise ErpAway("E-211", source=path.name, raw=str(error)) from error
    except FileNotFoundError as error:
        raise ErpAway("E-213", source=path.name, raw=str(error)) from error
    except OSError as error:
        raise ErpAway("E-210", folder=str(path.parent), raw=str(error)) from error


@contextlib.contextmanager
def writing(path: Path) -> Generator[None]:
    """Converts what can go wrong with writing `path`.

    Raises:
        ErpMisconfigured: E-221, no right to write there.
        ErpAway: E-214 the disk is full, E-210 the folder can't be reached.
    """
    try:
        yield
    except PermissionError as error:
        raise ErpMisconfigured("E-221", folder=str(path.parent), raw=str(error)) from error
    except OSError as error:
        code = "E-214" if error.errno in _FULL else "E-210"
        raise ErpAway(code, folder=str(path.parent), raw=str(error)) from error


class Disk:
    """Durable writes and moves. Raises OSError as the system does; callers convert with `reading` or `writing`."""

    def write(self, path: Path, data: bytes) -> None:
        """Writes the whole file in place and waits until it is on the disk. Not atomic: for temporary names only."""
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def append(self, path: Path, data: bytes) -> None:
        """Adds to the end and waits until it is on the disk."""
        with path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, source: Path, target: Path) -> None:
        """Gives a file its name in one step, replacing what had it, and makes that step durable where it can be."""
        source.replace(target)
        self._sync_folder(target.parent)

    def make_folder(self, path: Path) -> None:
        """Makes a folder (and those above it) unless it is there."""
        path.mkdir(parents=True, exist_ok=True)

    def replace_text(self, path: Path, text: str) -> None:
        """Writes a small file so that a reader sees the old or the new one, never half of it."""
        temporary = path.with_name(path.name + ".tmp")
        self.write(temporary, text.encode())
        self.rename(temporary, path)

    @staticmethod
    def _sync_folder(path: Path) -> None:
        if os.name == "nt":
            return  # NTFS journals a rename by itself, and a directory can't be opened there
        with contextlib.suppress(OSError):  # some network file systems can't do it; the rename stands all the same
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def free_name(folder: Path, name: str, suffix: str) -> Path:
    """`folder/name`, or with `_suffix` (and a number) before the extension when taken: nothing is overwritten."""
    target = folder / name
    stem, extension = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    count = 0
    while target.exists():
        count += 1
        target = folder / f"{stem}_{suffix}{'' if count == 1 else f'-{count}'}{extension}"
    return target
