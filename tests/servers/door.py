"""A door between the program and a server on loopback: open, shut, or open with nobody behind it."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading


class Door:
    """Passes bytes both ways on one thread.

    Attributes:
        port: where the program knocks.
    """

    def __init__(self, target: int) -> None:
        self._target = ("127.0.0.1", target)
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._waker, self._wake = socket.socketpair()
        self._selector.register(self._listener, selectors.EVENT_READ, None)
        self._selector.register(self._waker, selectors.EVENT_READ, None)
        self._mode = "open"
        self._thrown_out = threading.Event()
        self._held: list[socket.socket] = []
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="door")
        self._thread.start()

    def set(self, mode: str) -> None:
        """`open`; `shut`: whoever knocks is turned away at once; `cut`: whoever is in is thrown out as well; `dead`:
        whoever knocks or is in hears nothing."""
        self._mode = mode
        if mode == "cut":
            self._thrown_out.clear()
            self._wake.send(b"x")
            self._thrown_out.wait(10)

    def close(self) -> None:
        self._ended = True
        self._wake.send(b"x")
        self._thread.join()
        self._wake.close()
        self._waker.close()

    def _run(self) -> None:
        while not self._ended:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._waker:
                    self._waker.recv(16)
                elif key.data is not None:
                    self._pass(key.fileobj, key.data)  # pyright: ignore[reportArgumentType]
            if self._mode == "cut":
                self._throw_out()
        for entry in list(self._selector.get_map().values()):
            if entry.fileobj is self._waker:
                continue
            entry.fileobj.close()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        for held in self._held:
            held.close()
        self._selector.close()

    def _throw_out(self) -> None:
        for entry in list(self._selector.get_map().values()):
            if entry.data is not None:
                self._selector.unregister(entry.fileobj)
                entry.fileobj.close()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        self._thrown_out.set()

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        if self._mode in ("shut", "cut"):
            near.close()
        elif self._mode == "dead":
            self._held.append(near)
        else:
            far = socket.create_connection(self._target)
            for one in (near, far):
                # A server and its driver answer at once; the door between them mustn't wait for more to send.
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(near, selectors.EVENT_READ, far)
            self._selector.register(far, selectors.EVENT_READ, near)
            self._joined(near)

    def _joined(self, near: socket.socket) -> None:
        """Somebody came in."""

    def _passing(self, source: socket.socket, data: bytes) -> None:
        """These bytes are about to go on; none: this side has ended."""

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        if self._mode == "dead":
            self._selector.unregister(source)
            self._held.append(source)
            return
        data = b""
        with contextlib.suppress(OSError):
            data = source.recv(65536)
        self._passing(source, data)
        if data:
            with contextlib.suppress(OSError):
                target.sendall(data)
                return
        for one in (source, target):
            with contextlib.suppress(KeyError, ValueError):
                self._selector.unregister(one)
            one.close()
