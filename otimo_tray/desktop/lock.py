"""One engine a profile, held by a lock of the operating system: when its holder dies the lock is free."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from otimo_tray.errors import AlreadyRunning, ConfigurationError


class ProfileLock:
    """The lock of one profile, also as a context manager. May be released from another thread than took
    it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path, timeout=0, thread_local=False, mode=0o600, fallback_to_soft=False)

    @property
    def is_held(self) -> bool:
        """Whether this object holds it."""
        return self._lock.is_locked

    def acquire(self) -> None:
        """Takes the lock at once or not at all.

        Raises:
            AlreadyRunning: another process (or another part of this one) holds it.
            ConfigurationError: C-441, the folder's file system gives no locks or can't be written.
        """
        if self._lock.is_locked:
            raise AlreadyRunning()
        try:
            self._lock.acquire()
        except Timeout:
            raise AlreadyRunning() from None
        except (OSError, NotImplementedError) as error:
            raise ConfigurationError("C-441", path=str(self._path), reason=type(error).__name__) from None

    def release(self) -> None:
        """Gives it back; without holding it nothing happens."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
