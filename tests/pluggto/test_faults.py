"""Every fault of network and hub ends in its class, code and `after_send`."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from otimo_tray.errors import (
    HubAway,
    HubBusy,
    HubNotFound,
    HubRefusedItem,
    HubRefusedLogin,
    HubUnchanged,
    OtimoError,
)
from otimo_tray.pluggto import faults, response
from tests.support_pluggto.doubles import CREDENTIALS, hub_at
from tests.support_pluggto.server import PRODUCT, Reply, Script, ScriptedHub, always, drop

NOT_UPDATED = {"error": True, "type": "not_updated", "details": "Changes not found in the document"}


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _garbage(connection: socket.socket) -> None:
    connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")


TABLE: list[tuple[str, Script, type[OtimoError], str, bool | None]] = [
    ("portal", always(b"<html>Entrar no Wi-Fi</html>"), HubAway, "P-112", True),
    ("portal with spaces", always(b"\n\n  <!DOCTYPE html><p>"), HubAway, "P-112", True),
    ("portal says 511", always(b"", 511), HubAway, "P-112", True),
    ("proxy page 403", always(b"<html>blocked", 403), HubAway, "P-112", True),
    ("page not found 404", always(b"<html>nginx", 404), HubAway, "P-112", True),
    ("redirect", always(None, 302, Location="https://evil.invalid/?t=1"), HubAway, "P-113", True),
    ("redirect 308", always(None, 308, Location="/elsewhere"), HubAway, "P-113", True),
    ("not JSON", always(b"all is well"), HubAway, "P-111", True),
    ("cut JSON", always(b'{"Product":{"id":"1"'), HubAway, "P-111", True),
    ("cut body", lambda _: Reply(PRODUCT, declared=5000), HubAway, "P-111", True),
    ("deep JSON", always(b"[" * 5000), HubAway, "P-111", True),
    ("deep, but whole", always(b'{"a":' * 900 + b"1" + b"}" * 900), HubAway, "P-111", True),
    ("long number", always(b'{"a":' + b"1" * 9000 + b"}"), HubAway, "P-111", True),
    ("bad gzip", lambda _: Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), HubAway, "P-111", True),
    (
        "cut chunks",
        lambda _: Reply(b"5\r\n{}", headers={"Transfer-Encoding": "chunked"}),
        HubAway,
        "P-111",
        True,
    ),
    ("dropped", lambda _: drop, HubAway, "P-110", True),
    ("reset", lambda _: _reset, HubAway, "P-110", True),
    ("garbage", lambda _: _garbage, HubAway, "P-110", True),
    ("500", always({"error": True}, 500), HubAway, "P-115", True),
    ("503 page", always(b"<html>", 503), HubAway, "P-115", True),
    ("502 empty", always(None, 502), HubAway, "P-115", True),
    ("408", always(None, 408), HubAway, "P-117", True),
    ("429", always(None, 429), HubBusy, "P-120", False),
    ("unchanged", always(NOT_UPDATED, 400), HubUnchanged, "P-131", None),
    ("unchanged with 200", always(NOT_UPDATED, 200), HubUnchanged, "P-131", None),
    ("not found", always({"error": True, "type": "not_found"}, 404), HubNotFound, "P-132", None),
    ("not found, empty", always(None, 404), HubNotFound, "P-132", None),
    ("refused", always({"error": True, "details": {"quantity": "bad"}}, 400), HubRefusedItem, "P-130", None),
    ("refused, empty", always(None, 422), HubRefusedItem, "P-130", None),
    ("refused, page", always(b"<html>", 400), HubRefusedItem, "P-130", None),
    ("forbidden", always({"error": True}, 403), HubRefusedItem, "P-130", None),
    ("always 401", always(None, 401), HubAway, "P-118", False),
]


@pytest.mark.parametrize(
    ("script", "kind", "code", "after_send"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_what_an_answer_means(script: Script, kind: type[OtimoError], code: str, after_send: bool | None) -> None:
    with ScriptedHub(script) as server:
        hub = hub_at(server.address)
        with pytest.raises(OtimoError) as caught:
            hub.put_stock("A", 3)
        hub.close()
        puts = len(server.seen)
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert getattr(caught.value, "after_send", None) == after_send
    assert puts == (2 if code == "P-118" else 1)


def test_a_list_blames_no_item() -> None:
    for status, kind, code in ((400, HubAway, "P-115"), (404, HubAway, "P-115"), (403, HubRefusedLogin, "P-102")):
        with ScriptedHub(always({"error": True, "type": "not_found"}, status)) as server:
            hub = hub_at(server.address)
            with pytest.raises(OtimoError) as caught:
                list(hub.orders("approved"))
            hub.close()
        assert (type(caught.value), caught.value.code) == (kind, code)


def test_nobody_listens_means_surely_not_sent() -> None:
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address)
        hub.product("A")
    with pytest.raises(HubAway) as caught:
        hub.put_stock("A", 1)
    hub.close()
    assert (caught.value.code, caught.value.after_send) == ("P-110", False)
    assert caught.value.params["reason"] == "refused"


def test_no_answer_in_time_may_have_had_its_effect() -> None:
    held = threading.Event()

    def hang(_: socket.socket) -> None:
        held.wait(20)

    with ScriptedHub(lambda _: hang) as server:
        hub = hub_at(server.address, read=0.2)
        with pytest.raises(HubAway) as caught:
            hub.put_stock("A", 1)
        held.set()
        hub.close()
    assert (caught.value.code, caught.value.after_send) == ("P-117", True)


def test_no_connection_in_time_was_surely_not_sent() -> None:
    with socket.socket() as full:  # listens, but its queue is full: the handshake never ends
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for one in fillers:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        hub = hub_at(f"http://127.0.0.1:{full.getsockname()[1]}", connect=0.2)
        with pytest.raises(HubAway) as caught:
            hub.check_login()
        hub.close()
        for one in fillers:
            one.close()
    assert (caught.value.code, caught.value.after_send) == ("P-117", False)


def test_an_unknown_name() -> None:
    hub = hub_at("https://hub.invalid")
    with pytest.raises(HubAway) as caught:
        hub.check_login()
    hub.close()
    assert (caught.value.code, caught.value.after_send) == ("P-116", False)


def test_a_server_that_speaks_no_tls() -> None:
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(f"https://127.0.0.1:{server.port}")
        with pytest.raises(HubAway) as caught:
            hub.check_login()
        hub.close()
        assert not server.logins
    assert (caught.value.code, caught.value.after_send) == ("P-114", False)


def test_a_flood_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response, "MAX_BYTES", 200_000)
    bomb = gzip.compress(b" " * 20_000_000)
    for reply in (Reply(bomb, headers={"Content-Encoding": "gzip"}), Reply(b" " * 300_000)):
        with ScriptedHub(lambda _, reply=reply: reply) as server:
            hub = hub_at(server.address)
            with pytest.raises(HubAway) as caught:
                hub.put_stock("A", 1)
            hub.close()
        assert caught.value.code == "P-119"


def test_a_trickle_is_cut_off() -> None:
    from tests.support_pluggto.doubles import FakeClock

    clock = FakeClock()

    class Hurried(FakeClock):
        def monotonic(self) -> float:
            clock.advance(10)  # every look at the clock finds ten seconds gone
            return clock.monotonic()

    with ScriptedHub(always(b'{"a":"' + b"x" * 500_000 + b'"}')) as server:
        hub = hub_at(server.address, clock=Hurried(), read=5)
        with pytest.raises(HubAway) as caught:
            hub.put_stock("A", 1)
        hub.close()
    assert caught.value.code == "P-117"


NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        (None, None, None),
        ("30", None, 30.0),
        ("0", None, 0.0),
        ("86400", None, 900.0),
        ("1.5", None, 1.5),
        ("-5", None, None),
        ("soon", None, None),
        ("9" * 400, None, None),
        ("Mon, 02 Mar 2026 12:01:00 GMT", None, 60.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", None, 0.0),
        ("Tue, 03 Mar 2026 12:00:00 GMT", None, 900.0),
        # This PC's clock is an hour behind; the hub's own date tells.
        ("Mon, 02 Mar 2026 13:00:20 GMT", "Mon, 02 Mar 2026 13:00:00 GMT", 20.0),
        ("Mon, 99 Foo 2026", None, None),
    ],
)
def test_retry_after(value: str | None, date: str | None, seconds: float | None) -> None:
    assert faults.retry_after(value, date, NOW) == seconds


def test_busy_carries_the_wait() -> None:
    with ScriptedHub(always(None, 429, Retry_After="7")) as server:
        hub = hub_at(server.address)
        with pytest.raises(HubBusy) as caught:
            hub.product("A")
        hub.close()
    assert caught.value.retry_after == 7.0


def test_no_secret_and_no_person_in_what_is_kept() -> None:
    echo = {
        "error": True,
        "details": "ana@loja.com.br 123.456.789-09 the-client-secret token-1 refresh-1",
        "access_token": "whatever-this-is",
        "key": "35200159594315000157550010000000012062777161",
    }

    def tell(seen: Any) -> Reply:
        return Reply({**echo, "headers": dict(seen.headers)}, 400)

    with ScriptedHub(tell) as server:
        hub = hub_at(server.address)
        with pytest.raises(HubRefusedItem) as caught:
            hub.put_stock("A", 1)
        hub.close()
    kept = caught.value.raw + str(caught.value) + repr(caught.value.__context__)
    for secret in (*CREDENTIALS.values(), "token-1", "refresh-1", "ana@", "789-09", "whatever-this-is"):
        if secret not in ("the-client-id", "api-user"):
            assert secret not in kept
    assert "35200159594315000157550010000000012062777161" in caught.value.raw


def _context(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found


def test_a_network_error_keeps_no_request_behind_it() -> None:
    """A crash report walks the chain of exceptions; a requests exception would carry the token's header."""
    with ScriptedHub(lambda _: drop) as server:
        hub = hub_at(server.address)
        with pytest.raises(HubAway) as caught:
            hub.put_stock("A", 1)
        hub.close()
    assert [type(one) for one in _context(caught.value)] == [HubAway]
