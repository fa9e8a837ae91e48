"""What happens at the server, as it happens: one listening connection for all shops of a process.

Payloads on a shop's channel (`otimo_<schema>`): names of tables that were written to, and what desks tell each other:
`lead` (it changed), `ask` (something is asked of the leader), `status` (the leader published it). Two are the feed's
own: `back` (connected, again or for the first time: whatever was told before was missed) and `away`.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
from collections.abc import Callable
from typing import Final, Protocol

from psycopg import sql

from otimo_tray.errors import OtimoError
from otimo_tray.store.shared.line import Answer, Connector, Line
from otimo_tray.store.shared.names import channel_of

BACK: Final = "back"
AWAY: Final = "away"
_ANSWER_S: Final = 5.0
_FIRST_WAIT_S: Final = 0.5
_LONGEST_WAIT_S: Final = 15.0
_QUIET_S: Final = 60.0
"""After so long without a word the server is asked whether it is still there: some routers drop silent connections."""
_log = logging.getLogger(__name__)
Heard = Callable[[str], None]


class FeedLine(Protocol):
    """What a feed listens on; `Line`, or a test's."""

    def fileno(self) -> int: ...
    def ask(self, statements: str, seconds: float) -> list[Answer]: ...
    def heard(self) -> list[tuple[str, str]]: ...
    def close(self) -> None: ...


class Feed:
    """Calls back from its own thread; a callback must return at once. `start`, then `stop`."""

    def __init__(self, connector: Connector, *, line: Callable[[Connector], FeedLine] = Line) -> None:
        self._connector = connector
        self._make_line = line
        self._lock = threading.Lock()
        self._listeners: dict[str, list[Heard]] = {}
        self._listening: set[str] = set()
        self._ended = False
        self._connected = False
        self._waker, self._wake = socket.socketpair()
        self._waker.setblocking(False)
        self._wake.setblocking(False)
        self._thread = threading.Thread(target=self._loop, name="feed", daemon=True)

    # --- any thread --------------------------------------------------------------------------------------------------

    @property
    def is_connected(self) -> bool:
        return self._connected

    def subscribe(self, schema: str, heard: Heard) -> Callable[[], None]:
        """Hears a shop's payloads; answers the unsubscribe. `back` comes first once its channel is listened to."""
        channel = channel_of(schema)
        with self._lock:
            self._listeners.setdefault(channel, []).append(heard)
            told = channel in self._listening
        if told:
            heard(BACK)
        self._stir()

        def unsubscribe() -> None:
            with self._lock:
                left = self._listeners.get(channel, [])
                if heard in left:
                    left.remove(heard)
                if not left:
                    self._listeners.pop(channel, None)
            self._stir()

        return unsubscribe

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Ends the thread and its connection."""
        self._ended = True
        self._stir()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        if not self._thread.is_alive():
            self._waker.close()
            self._wake.close()

    def _stir(self) -> None:
        with contextlib.suppress(OSError):  # full: it is stirred already; closed: it has ended
            self._wake.send(b"x")

    # --- the feed's thread -------------------------------------------------------------------------------------------

    def _loop(self) -> None:
        wait = _FIRST_WAIT_S
        while not self._ended:
            try:
                with self._connector.border():
                    line = self._make_line(self._connector)
                    try:
                        wait = _FIRST_WAIT_S
                        self._follow(line)
                    finally:
                        line.close()
            except OtimoError as error:
                _log.info("the feed of the server is away: %s", error)
            except Exception:
                _log.exception("the feed of the server ended with a bug")
            if self._connected:
                self._connected = False
                self._tell_all(AWAY)
            with self._lock:
                self._listening.clear()
            if not self._ended:
                self._rest(wait)
                wait = min(wait * 2, _LONGEST_WAIT_S)

    def _follow(self, line: FeedLine) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(line.fileno(), selectors.EVENT_READ)
            selector.register(self._waker, selectors.EVENT_READ)
            while not self._ended:
                self._connected = True
                self._listen(line)
                for channel, payload in dict.fromkeys(line.heard()):  # told twice is told once
                    self._tell(channel, payload)
                if not selector.select(_QUIET_S):
                    line.ask("SELECT 1", _ANSWER_S)
                self._drain()

    def _listen(self, line: FeedLine) -> None:
        """Follows what is subscribed to now; whoever's channel is new hears `back`."""
        with self._lock:
            wanted = set(self._listeners)
            new, old = wanted - self._listening, self._listening - wanted
        words = [("LISTEN", one) for one in sorted(new)] + [("UNLISTEN", one) for one in sorted(old)]
        if not words:
            return
        line.ask(";".join(f"{word} {sql.Identifier(channel).as_string()}" for word, channel in words), _ANSWER_S)
        with self._lock:
            self._listening = wanted
        for channel in sorted(new):
            self._tell(channel, BACK)

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._waker.recv(1024):
                pass

    def _rest(self, seconds: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._waker, selectors.EVENT_READ)
            selector.select(seconds)
        if not self._ended:
            self._drain()

    def _tell_all(self, payload: str) -> None:
        with self._lock:
            channels = sorted(self._listeners)
        for channel in channels:
            self._tell(channel, payload)

    def _tell(self, channel: str, payload: str) -> None:
        with self._lock:
            listeners = list(self._listeners.get(channel, ()))
        for heard in listeners:
            try:
                heard(payload)
            except Exception:
                _log.exception("who listened to %s failed", channel)
