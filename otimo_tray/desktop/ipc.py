"""A command of this user asks the running engine; nobody else can, and nothing a caller sends can harm it."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import stat
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any, Final

from otimo_tray.desktop import atomic, ipc_wire
from otimo_tray.desktop.ipc_wire import BadMessageError, Reply
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.errors import AlreadyRunning, ConfigurationError, OtimoError

Dispatch = Callable[[str, dict[str, Any]], Any]
"""Carries out a command; answers JSON values. Raises OtimoError, or KeyError for a command it doesn't
know."""

_log: Final = logging.getLogger(__name__)
_FAULTS: Final = (OSError, EOFError, BadMessageError)
_IDLE_S: Final = 5.0
_MOST_CALLERS: Final = 16


class UnknownCommandError(Exception):
    """The engine knows no such command."""


class IpcServer:
    """Answers commands while the engine runs. Its owner holds the profile's lock.

    Args:
        paths: the profile.
        dispatch: called in a thread of the caller's; several at once.
        idle_s: how long a caller may keep silent before it has sent its whole request.

    Raises:
        ConfigurationError: C-442, the address or its key can't be made.
    """

    def __init__(self, paths: ProfilePaths, dispatch: Dispatch, *, idle_s: float = _IDLE_S) -> None:
        self._key_path, self._dispatch, self._idle_s = paths.ipc_key, dispatch, idle_s
        self._key = secrets.token_bytes(32)
        self._address = paths.ipc_address()
        self._stopping = False
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._callers: dict[threading.Thread, Connection] = {}
        try:
            if sys.platform != "win32":
                # We hold the profile's lock, so a socket that lies here belongs to a dead engine.
                Path(self._address).unlink(missing_ok=True)
            self._listener = Listener(self._address, _family(), backlog=_MOST_CALLERS)
        except OSError as error:
            raise ConfigurationError("C-442", reason=type(error).__name__) from None
        try:
            if sys.platform != "win32":
                Path(self._address).chmod(0o600)
            atomic.write(self._key_path, self._key.hex().encode())
        except OSError as error:
            self._listener.close()
            raise ConfigurationError("C-442", reason=type(error).__name__) from None
        self._thread = threading.Thread(target=self._accept, name="ipc", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends listening, hangs up on callers, removes address and key. May be called twice."""
        with self._lock:
            if self._stopping:
                return
            self._stopping = True
        self._stop.set()
        # The one way to end a waiting accept() on every system: call it.
        with contextlib.suppress(OSError, EOFError):
            Client(self._address, _family()).close()
            self._thread.join(_IDLE_S)
        if self._thread.is_alive():  # somebody removed the socket from its folder
            _hang_up(self._listener)
            self._thread.join(_IDLE_S)
        with contextlib.suppress(OSError):
            self._listener.close()
        with self._lock:
            callers = list(self._callers)
            for connection in self._callers.values():
                ipc_wire.interrupt(connection)
        for thread in callers:
            thread.join(self._idle_s)
        with contextlib.suppress(OSError):
            if self._key_path.read_bytes() == self._key.hex().encode():
                self._key_path.unlink()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError) as error:
                if self._stopping:
                    return
                _log.warning("ipc: a caller was lost: %s", type(error).__name__)
                self._stop.wait(0.2)
                continue
            with self._lock:
                if self._stopping or len(self._callers) >= _MOST_CALLERS:
                    connection.close()
                    if self._stopping:
                        return
                    continue
                thread = threading.Thread(target=self._serve, args=(connection,), name="ipc-caller", daemon=True)
                self._callers[thread] = connection
                thread.start()

    def _serve(self, connection: Connection) -> None:
        try:
            ipc_wire.set_timeouts(connection, self._idle_s)
            ipc_wire.greet_client(connection, self._key, self._idle_s)
            connection.send_bytes(ipc_wire.write(self._answer(connection)))
        except _FAULTS as error:
            if not self._stopping:
                _log.info("ipc: a caller was turned away: %s", type(error).__name__)
        finally:
            with self._lock:
                self._callers.pop(threading.current_thread(), None)
                connection.close()

    def _answer(self, connection: Connection) -> dict[str, Any]:
        try:
            data = ipc_wire.receive(connection, ipc_wire.REQUEST_LIMIT, self._idle_s)
            command, arguments = ipc_wire.read_request(data)
        except BadMessageError:
            return _refusal("C-460", {})
        try:
            result = self._dispatch(command, arguments)
        except OtimoError as error:
            return _refusal(error.code, error.params)
        except UnknownCommandError:
            return _refusal("C-461", {"command": command[:40]})
        except Exception:
            _log.exception("ipc: command %r failed", command[:40])
            return _refusal("X-000", {})
        return {"v": ipc_wire.VERSION, "ok": True, "result": result}


def _refusal(code: str, params: dict[str, object]) -> dict[str, Any]:
    return {"v": ipc_wire.VERSION, "ok": False, "code": code, "params": params}


def _hang_up(listener: Listener) -> None:
    """Ends a waiting accept() of a socket that can't be called any more."""
    inner = getattr(getattr(listener, "_listener", None), "_socket", None)
    if isinstance(inner, socket.socket):
        with contextlib.suppress(OSError):
            inner.shutdown(socket.SHUT_RDWR)


def _family() -> str:
    return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


def ask(
    paths: ProfilePaths, command: str, arguments: dict[str, Any], *, seconds: float = 30.0, as_root: bool = False
) -> Reply:
    """Asks the engine that runs for this profile.

    Args:
        paths: the profile.
        command: its name.
        arguments: JSON values.
        seconds: how long the engine may take to answer.
        as_root: the administrator may ask a service that runs as another user.

    Raises:
        AlreadyRunning: C-451, there is none, it isn't ours, or it doesn't answer in time.
        ConfigurationError: C-462, the request is too large.
    """
    data = ipc_wire.write({"v": ipc_wire.VERSION, "cmd": command, "args": arguments})
    if len(data) > ipc_wire.REQUEST_LIMIT:
        raise ConfigurationError("C-462", size=len(data), limit=ipc_wire.REQUEST_LIMIT)
    end = time.monotonic() + seconds
    try:
        key = _read_key(paths.ipc_key, as_root=as_root)
        with Client(paths.ipc_address(), _family()) as connection:
            ipc_wire.set_timeouts(connection, max(seconds, 0.1))
            ipc_wire.greet_server(connection, key, min(seconds, _IDLE_S))
            connection.send_bytes(data)
            reply = ipc_wire.receive(connection, ipc_wire.REPLY_LIMIT, max(0.0, end - time.monotonic()))
        return ipc_wire.read_reply(reply)
    except (*_FAULTS, ValueError) as error:
        raise AlreadyRunning("C-451", reason=type(error).__name__) from None


def _read_key(path: Path, *, as_root: bool) -> bytes:
    """The running engine's key. Raises OSError, ValueError; BadMessageError when others could have written
    it."""
    with path.open("rb") as file:
        if sys.platform != "win32":
            found = os.fstat(file.fileno())
            ours = found.st_uid == os.getuid() or (as_root and os.getuid() == 0)
            if not ours or stat.S_IMODE(found.st_mode) & 0o077:
                raise BadMessageError("key")
        return bytes.fromhex(file.read(200).decode("ascii"))


def is_listening(paths: ProfilePaths) -> bool:
    """Whether an engine of this profile left its key: cheap, and no promise that it answers."""
    return paths.ipc_key.exists()
