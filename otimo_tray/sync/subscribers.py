"""Who wants to hear of something, from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, ParamSpec

_Told = ParamSpec("_Told")


class Subscribers(Generic[_Told]):
    """Callbacks that are called one after the other, without a lock, in the thread of whoever tells."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: list[Callable[_Told, None]] = []

    def add(self, callback: Callable[_Told, None]) -> Callable[[], None]:
        """Answers the unsubscribe."""
        with self._lock:
            self._callbacks.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return unsubscribe

    def tell(self, *args: _Told.args, **kwargs: _Told.kwargs) -> None:
        with self._lock:
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback(*args, **kwargs)
