"""The manners of the server: methods, malformed requests, keep-alive, encodings."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .conftest import TIMEOUT, Outsider


def raw(hub: Outsider, sent: bytes) -> bytes:
    """What comes back for these bytes, to the connection's end."""
    host, port = hub.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_every_answer_is_utf8_json_with_a_length(hub: Outsider) -> None:
    for path in ("/orders", "/products", "/skus/000001", "/nowhere", "/orders/x", "/_sim/state"):
        answer = hub.call("GET", path)
        assert answer.headers["Content-Type"] == "application/json"
        assert int(answer.headers["Content-Length"]) == len(answer.content)
        json.loads(answer.content.decode())
    assert "Ração" in hub.put("/skus/000001", {"name": "Ração à moda"})["Product"]["name"]


def test_connections_are_kept(hub: Outsider) -> None:
    for _ in range(20):
        hub.get("/orders")
    assert hub.get("/_sim/state")["connections"]["opened"] == 1


def test_five_connections_at_once_lose_nothing(hub: Outsider) -> None:
    path = f"{hub.address}/skus/000001/stock"
    before = hub.get("/skus/000001")["Product"]["quantity"]
    headers = {"Authorization": str(hub.session.headers["Authorization"])}

    def work() -> list[int]:
        with requests.Session() as session:
            body = {"action": "increase", "quantity": 1}
            return [session.put(path, json=body, headers=headers, timeout=TIMEOUT).status_code for _ in range(30)]

    hub.post("/_sim/requests/reset", {})
    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(work) for _ in range(5)]
        assert {status for answer in answers for status in answer.result()} == {200}
    assert hub.get("/skus/000001")["Product"]["quantity"] == before + 150
    assert hub.get("/_sim/requests")["outcomes"]["PUT /skus/{sku}/stock"] == {"200": 150}
    assert hub.get("/_sim/requests")["connections"]["opened"] == 5


def test_head_is_a_get_without_its_body(hub: Outsider) -> None:
    got, head = hub.call("GET", "/orders"), hub.call("HEAD", "/orders")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert hub.call("GET", "/orders").status_code == 200


def test_options_names_the_methods(hub: Outsider) -> None:
    answer = hub.call("OPTIONS", "/orders/x")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, PUT"


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/orders/x"), ("PATCH", "/skus/1"), ("GET", "/oauth/token")])
def test_another_method_is_405(hub: Outsider, method: str, path: str) -> None:
    answer = hub.call(method, path)
    assert (answer.status_code, answer.json()["error"]) == (405, True)
    assert "PUT" in answer.headers["Allow"] or "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/orders/a/b", "/skus/", "/skus//stock", "/skus/a/stocks", "//"])
def test_an_unknown_path_is_404(hub: Outsider, path: str) -> None:
    answer = hub.call("GET", path)
    assert (answer.status_code, answer.json()["type"]) in ((404, "not_found"), (405, "method_not_allowed"))


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"3", b"null", b'{"a":NaN}', b"\xff\xfe", b'{"a":"\\ud800"}', b"[" * 100_000, b"a=1"],
)
def test_a_body_that_is_no_json_object_is_400(hub: Outsider, body: bytes) -> None:
    for method, path in (("POST", "/orders"), ("PUT", "/skus/000001"), ("POST", "/_sim/sell")):
        answer = hub.session.request(method, hub.address + path, data=body, timeout=TIMEOUT)
        assert (answer.status_code, answer.json()["type"]) == (400, "invalid_json")
        assert set(answer.json()) == {"error", "type", "message", "details"}


def test_a_chunked_body_is_read(hub: Outsider) -> None:
    def parts() -> Iterator[bytes]:
        yield b'{"action":"upd'
        yield b'ate","quantity":901}'

    answer = hub.session.put(hub.address + "/skus/000001/stock", data=parts(), timeout=TIMEOUT)
    assert answer.json()["Product"]["quantity"] == 901
    assert hub.get("/skus/000001")["Product"]["quantity"] == 901


@pytest.mark.parametrize("path", ["/orders", "/_sim/sell"])
def test_an_overlong_body_is_refused_and_the_answer_arrives(hub: Outsider, path: str) -> None:
    answer = requests.post(hub.address + path, data=b" " * (5 * 1024 * 1024), timeout=TIMEOUT)
    assert (answer.status_code, answer.json()["type"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET /orders HTTP/9.9\r\n\r\n", b"505"),
        (b"BREW /orders HTTP/1.1\r\n\r\n", b"501"),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET /orders HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
        (b"POST /orders HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"POST /orders HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"POST /orders HTTP/1.1\r\nContent-Length: 50\r\n\r\n{}", b"400"),
        (b"POST /orders HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"POST /orders HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", b"413"),
    ],
)
def test_a_malformed_request_has_the_documented_error_body(hub: Outsider, sent: bytes, status: bytes) -> None:
    head, _, body = raw(hub, sent).partition(b"\r\n\r\n")
    assert head.split(b" ")[1] == status
    assert json.loads(body)["error"] is True
    assert b"Connection: close" in head


def test_http_1_0_is_answered_and_closed(hub: Outsider) -> None:
    assert b"HTTP/1.1 401" in raw(hub, b"GET /orders HTTP/1.0\r\n\r\n")


def test_an_unencoded_utf8_path_is_read_as_utf8(hub: Outsider) -> None:
    hub.put("/skus/caf%C3%A9", {"quantity": 1})
    token = str(hub.session.headers["Authorization"])
    sent = f"GET /skus/café HTTP/1.1\r\nConnection: close\r\nAuthorization: {token}\r\n\r\n".encode()
    assert b"HTTP/1.1 200" in raw(hub, sent)


def test_expect_100_continue(hub: Outsider) -> None:
    head = b"POST /orders HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
    assert raw(hub, head).startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401")


def test_only_loopback_is_served(hub: Outsider) -> None:
    assert hub.address.startswith("http://127.0.0.1:")
