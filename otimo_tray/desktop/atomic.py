"""A small file replaced whole: a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

_Answer = TypeVar("_Answer")
_PAUSES: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ()
"""Seconds between tries. Windows refuses a file for as long as somebody else has it open: another of our own
programs, a virus scanner. Elsewhere a refusal stays one."""


def patiently(act: Callable[[], _Answer]) -> _Answer:
    """Does something with a file, again a few times within a second while Windows says that it is in use.

    Raises:
        OSError: what it raised the last time.
    """
    for pause in _PAUSES:
        try:
            return act()
        except PermissionError:
            time.sleep(pause)
    return act()


def write(path: Path, data: bytes, *, backup: bool = False) -> None:
    """Writes under a temporary name, flushes to the disk, renames. Readable by this user alone.

    Args:
        path: the file; its folder exists.
        data: its whole content.
        backup: keep the content before as `NAME.bak`.

    Raises:
        OSError: nothing was changed.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        _write_new(temporary, data)
        if backup and path.exists():
            old = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
            try:
                _write_new(old, path.read_bytes())
                patiently(lambda: old.replace(path.with_name(f"{path.name}.bak")))
            finally:
                old.unlink(missing_ok=True)
        patiently(lambda: temporary.replace(path))
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _write_new(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Makes the renaming itself durable, where the system lets a folder be opened."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
