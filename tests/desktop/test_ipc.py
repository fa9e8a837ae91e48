"""The talk between a command and the running engine: it works, and nothing a caller does can harm the engine."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable, Generator
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.desktop import ipc, ipc_wire
from otimo_tray.desktop.ipc import IpcServer, UnknownCommandError, ask
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.errors import AlreadyRunning, ConfigurationError, RowRefused

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these tests look at sockets")


def dispatch(command: str, arguments: dict[str, Any]) -> Any:
    match command:
        case "echo":
            return arguments
        case "refuse":
            raise RowRefused("E-231", field="saldo", value="x")
        case "crash":
            raise RuntimeError("a bug")
        case "large":
            return "x" * int(arguments["size"])
        case _:
            raise UnknownCommandError


@pytest.fixture
def paths(tmp_path: Path) -> ProfilePaths:
    found = ProfilePaths(tmp_path / "perfil é")
    found.create()
    return found


@pytest.fixture
def server(paths: ProfilePaths) -> Generator[IpcServer]:
    running = IpcServer(paths, dispatch, idle_s=0.4)
    yield running
    running.stop()


def test_a_command_is_answered(paths: ProfilePaths, server: IpcServer) -> None:
    given_ = {"texto": "ação", "list": [1, None, True, {"a": 1.5}]}
    assert ask(paths, "echo", given_) == ipc_wire.Reply(True, given_)
    reply = ask(paths, "refuse", {})
    assert (reply.ok, reply.code, reply.params) == (False, "E-231", {"field": "saldo", "value": "x"})
    assert ask(paths, "what", {}).code == "C-461"


@pytest.mark.logs_errors("ipc: command 'crash' failed")
def test_a_bug_in_a_command_is_logged_and_survived(paths: ProfilePaths, server: IpcServer) -> None:
    assert ask(paths, "crash", {}).code == "X-000"
    assert ask(paths, "echo", {"a": 1}).ok


def test_large_answers_pass_large_requests_do_not(paths: ProfilePaths, server: IpcServer) -> None:
    assert len(ask(paths, "large", {"size": 3_000_000}).result) == 3_000_000
    with pytest.raises(ConfigurationError) as caught:
        ask(paths, "echo", {"a": "x" * ipc_wire.REQUEST_LIMIT})
    assert caught.value.code == "C-462"


def test_many_at_once(paths: ProfilePaths, server: IpcServer) -> None:
    found: list[Any] = []

    def one_call(at: int) -> None:
        found.append(ask(paths, "echo", {"at": at}).result["at"])

    threads = [threading.Thread(target=one_call, args=(at,)) for at in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == list(range(10))


def test_nobody_there(paths: ProfilePaths) -> None:
    assert not ipc.is_listening(paths)
    with pytest.raises(AlreadyRunning) as caught:
        ask(paths, "echo", {})
    assert caught.value.code == "C-451"


def test_stopping_leaves_nothing(paths: ProfilePaths) -> None:
    before = {one.name for one in paths.folder.iterdir()}
    server = IpcServer(paths, dispatch)
    assert ipc.is_listening(paths)
    server.stop()
    server.stop()
    assert {one.name for one in paths.folder.iterdir()} == before


def test_stopping_works_when_the_socket_was_removed(paths: ProfilePaths) -> None:
    server = IpcServer(paths, dispatch)
    Path(paths.ipc_address()).unlink()
    server.stop()


def test_a_dead_engines_socket_is_replaced(paths: ProfilePaths) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(paths.ipc_address())
    paths.ipc_key.write_text("00")
    server = IpcServer(paths, dispatch)
    assert ask(paths, "echo", {}).ok
    server.stop()


def test_address_and_key_are_this_users_alone(paths: ProfilePaths, server: IpcServer) -> None:
    for one in (Path(paths.ipc_address()), paths.ipc_key):
        assert one.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(paths.ipc_key.read_text())) == 32


def test_a_key_that_others_may_read_is_not_used(paths: ProfilePaths, server: IpcServer) -> None:
    paths.ipc_key.chmod(0o644)
    with pytest.raises(AlreadyRunning) as caught:
        ask(paths, "echo", {})
    assert caught.value.params["reason"] == "BadMessageError"


def test_a_wrong_key_gets_nothing(paths: ProfilePaths, server: IpcServer) -> None:
    right = paths.ipc_key.read_bytes()
    paths.ipc_key.write_text("ab" * 32)
    with pytest.raises(AlreadyRunning):
        ask(paths, "echo", {})
    paths.ipc_key.write_bytes(right)
    assert ask(paths, "echo", {}).ok


def test_a_server_that_does_not_know_the_key_is_not_believed(paths: ProfilePaths) -> None:
    """Somebody else took the address: he gets no command, only a proof he can't use."""
    paths.ipc_key.write_text("cd" * 32)
    paths.ipc_key.chmod(0o600)
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as thief:
        thief.bind(paths.ipc_address())
        thief.listen()

        def pretend() -> None:
            connection, _ = thief.accept()
            with connection:
                connection.sendall(struct.pack("!i", 32) + b"n" * 32)
                connection.recv(4 + 64)
                connection.sendall(struct.pack("!i", 32) + b"p" * 32)
                heard.append(connection.recv(1000))

        thread = threading.Thread(target=pretend)
        thread.start()
        with pytest.raises(AlreadyRunning):
            ask(paths, "echo", {"secret": 1})
        thread.join()
    assert heard == [b""]


def _raw(paths: ProfilePaths) -> socket.socket:
    one = socket.socket(socket.AF_UNIX)
    one.connect(paths.ipc_address())
    one.settimeout(10)
    return one


def _greeted(paths: ProfilePaths) -> Connection:
    connection = Client(paths.ipc_address(), "AF_UNIX")
    ipc_wire.greet_server(connection, bytes.fromhex(paths.ipc_key.read_text()), 10)
    return connection


HOSTILE: dict[str, Callable[[socket.socket], None]] = {
    "silent": lambda one: None,
    "half a length": lambda one: one.sendall(b"\0\0"),
    "half a message": lambda one: one.sendall(struct.pack("!i", 64) + b"x"),
    "too long": lambda one: one.sendall(struct.pack("!i", 2**31 - 1) + b"x" * 100),
    "negative": lambda one: one.sendall(struct.pack("!i", -5)),
    "huge": lambda one: one.sendall(struct.pack("!iQ", -1, 2**63)),
    "noise": lambda one: one.sendall(os.urandom(500)),
    "http": lambda one: one.sendall(b"GET / HTTP/1.1\r\n\r\n"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_caller_is_hung_up_on(paths: ProfilePaths, server: IpcServer, what: str) -> None:
    with _raw(paths) as one:
        HOSTILE[what](one)
        with contextlib.suppress(ConnectionResetError):
            while one.recv(1000):
                pass  # the challenge, then the end
    assert ask(paths, "echo", {"a": 1}).ok


@pytest.mark.parametrize("what", ["silent", "half a message"])
def test_stopping_does_not_wait_for_a_silent_caller(paths: ProfilePaths, what: str) -> None:
    server = IpcServer(paths, dispatch, idle_s=60)
    with _raw(paths) as one:
        HOSTILE[what](one)
        one.recv(36)
        server.stop()  # the test's own time-out would be the failure


def test_a_crowd_of_silent_callers_does_not_keep_others_out_for_long(paths: ProfilePaths, server: IpcServer) -> None:
    crowd = [_raw(paths) for _ in range(30)]
    for one in crowd:
        with one:
            try:
                while one.recv(1000):
                    pass
            except OSError:
                pass
    assert ask(paths, "echo", {}).ok


BAD_REQUESTS = [
    b"", b"no json", b"[]", b"{}", b'{"v":2,"cmd":"echo"}', b'{"v":1}', b'{"v":1,"cmd":3}', b"\xff\xfe",
    b'{"v":1,"cmd":"echo","args":[]}', b"[" * 100_000, b'{"v":1,"cmd":"echo","args":null}', b"1" * 9000,
]  # fmt: skip


@pytest.mark.parametrize("request_", BAD_REQUESTS, ids=range(len(BAD_REQUESTS)))
def test_a_malformed_request_is_refused(paths: ProfilePaths, server: IpcServer, request_: bytes) -> None:
    with _greeted(paths) as connection:
        connection.send_bytes(request_)
        answer = json.loads(connection.recv_bytes())
    assert (answer["ok"], answer["code"]) == (False, "C-460")
    assert ask(paths, "echo", {}).ok


def test_a_request_over_the_limit_is_not_read(paths: ProfilePaths, server: IpcServer) -> None:
    with _greeted(paths) as connection, pytest.raises((EOFError, OSError)):  # noqa: PT012 -- either may meet the end
        connection.send_bytes(b" " * (ipc_wire.REQUEST_LIMIT + 1))
        connection.recv_bytes()
    assert ask(paths, "echo", {}).ok


def test_a_pickle_is_never_unpickled(paths: ProfilePaths, server: IpcServer) -> None:
    with _greeted(paths) as connection:
        connection.send({"v": 1, "cmd": "echo"})  # multiprocessing's own way: a pickle
        assert json.loads(connection.recv_bytes())["code"] == "C-460"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    for read in (ipc_wire.read_request, ipc_wire.read_reply):
        with contextlib.suppress(ipc_wire.BadMessageError):
            read(data)


def test_an_engine_that_does_not_answer_in_time(paths: ProfilePaths) -> None:
    held = threading.Event()
    server = IpcServer(paths, lambda _, __: held.wait(20))
    with pytest.raises(AlreadyRunning) as caught:
        ask(paths, "slow", {}, seconds=0.2)
    assert caught.value.params["reason"] == "TimeoutError"
    held.set()
    server.stop()


def test_no_place_for_the_socket_is_said(paths: ProfilePaths) -> None:
    Path(paths.ipc_address()).mkdir()
    with pytest.raises(ConfigurationError) as caught:
        IpcServer(paths, dispatch)
    assert caught.value.code == "C-442"
