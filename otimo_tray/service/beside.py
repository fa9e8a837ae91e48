"""Care beside a single shop's engine (tray, `run`): a thread of its own, and none at all while care is off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from otimo_tray.service.care import Care
from otimo_tray.sync.engine import EngineApi, EventKind

_log = logging.getLogger(__name__)
LOOK_S: Final = 30.0


class CareThread:
    """Starts its thread when care is wanted, now or after a change of the settings; `stop` ends it."""

    def __init__(self, care: Care, wanted: Callable[[], bool], engine: EngineApi) -> None:
        self._care = care
        self._wanted = wanted
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._unsubscribe = engine.subscribe(self._changed)
        self._changed("status")

    def _changed(self, kind: EventKind) -> None:
        """Settings have no event of their own; every run of a flow has one."""
        if kind != "status" or self._thread is not None or not self._wanted():
            return
        with self._lock:
            if self._thread is None and not self._ended.is_set():
                self._thread = threading.Thread(target=self._loop, name="care", daemon=True)
                self._thread.start()

    def _loop(self) -> None:
        while not self._ended.wait(LOOK_S):
            try:
                self._care.look()
            except Exception:
                # The border of the thread: a bug in what tells others must not end it for ever.
                _log.exception("care ended with a bug")

    def stop(self, timeout: float = 1.0) -> None:
        """Ends; a letter on its way isn't waited for longer than `timeout` seconds."""
        self._unsubscribe()
        with self._lock:
            self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout)
