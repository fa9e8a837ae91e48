"""Temporary folders that go away even when their owner was killed: the next one to come removes them.

A folder's owner holds a lock on a file in it. The system lets go of a lock when its holder dies, however it dies; so a
folder whose lock can be had belongs to nobody any more. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO

_OWNER = ".owner"


class Folder:
    """A temporary folder of this process; `remove` it, or the next one with its prefix does after our death.

    Args:
        prefix: the beginning of its name; folders of dead owners with the same beginning are removed first.

    Attributes:
        path: where it is.
    """

    def __init__(self, prefix: str) -> None:
        base = Path(tempfile.gettempdir())
        for old in base.glob(f"{prefix}*/{_OWNER}"):
            _remove_if_dead(old)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=base))
        self._held = _hold(self.path / _OWNER, "xb")

    def remove(self) -> None:
        """Remove it with all that is in it. May be called twice."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._held is not None:
            self._held.close()
            self._held = None


def _hold(path: Path, mode: str) -> IO[bytes] | None:
    """Open and lock a file; None when another process has the lock, or this system knows none of this kind."""
    if sys.platform == "win32":
        return None
    import fcntl

    file: IO[bytes] = path.open(mode)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _remove_if_dead(owner: Path) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32" or owner.stat().st_uid != os.getuid():
            return
        held = _hold(owner, "r+b")
        if held is not None:
            shutil.rmtree(owner.parent, ignore_errors=True)
            held.close()
