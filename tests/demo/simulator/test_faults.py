"""Each fault as it looks on the socket, and what it did or didn't do behind it."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import pytest
import requests

from otimo_tray.demo.simulator import Simulator

from .conftest import TIMEOUT, MakeHub, Outsider

PATH = "/skus/000001/stock"


def put(hub: Outsider, quantity: int, timeout: float = TIMEOUT) -> requests.Response:
    body = {"action": "update", "quantity": quantity}
    return hub.session.put(hub.address + PATH, json=body, timeout=timeout)


def stock(hub: Outsider) -> int:
    for entry in hub.get("/_sim/skus?limit=1")["skus"]:
        return entry["quantity"]
    raise AssertionError


def raw(hub: Outsider) -> bytes:
    """All bytes that answer a PUT of 901, read to the connection's end."""
    body = b'{"action":"update","quantity":901}'
    host, port = hub.address.removeprefix("http://").split(":")
    head = f"PUT {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: {hub.session.headers['Authorization']!s}\r\n"
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_drop_closes_without_an_answer_and_without_effect(hub: Outsider) -> None:
    hub.fault({"kind": "drop", "times": 1})
    assert raw(hub) == b""
    assert stock(hub) != 901
    assert put(hub, 901).status_code == 200


def test_lost_answer_closes_after_the_effect(hub: Outsider) -> None:
    hub.fault({"kind": "lost_answer", "times": 1})
    assert raw(hub) == b""
    assert stock(hub) == 901
    assert put(hub, 901).json()["type"] == "not_updated"


def test_truncate_sends_half_of_the_announced_body(hub: Outsider) -> None:
    hub.fault({"kind": "truncate", "times": 1})
    head, _, body = raw(hub).partition(b"\r\n\r\n")
    announced = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert head.startswith(b"HTTP/1.1 200 ")
    assert len(body) == announced // 2
    assert stock(hub) == 901


@pytest.mark.parametrize("kind", ["401", "429", "500", "503"])
def test_a_status_has_the_error_body_and_no_effect(hub: Outsider, kind: str) -> None:
    hub.fault({"kind": kind, "times": 1, "method": "put"})
    answer = put(hub, 901)
    assert answer.status_code == int(kind)
    assert set(answer.json()) == {"error", "type", "message", "details"}
    assert "Retry-After" not in answer.headers
    assert stock(hub) != 901
    assert put(hub, 901).status_code == 200


@pytest.mark.parametrize("kind", ["429", "503"])
@pytest.mark.parametrize("value", [7, "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_retry_after_is_sent_as_it_was_given(hub: Outsider, kind: str, value: object) -> None:
    hub.fault({"kind": kind, "retry_after": value})
    assert put(hub, 901).headers["Retry-After"] == str(value)


def test_html_and_empty_bodies(hub: Outsider) -> None:
    hub.fault({"kind": "html", "times": 1}, {"kind": "html", "status": 200, "times": 1}, {"kind": "empty", "times": 1})
    first, second, third = put(hub, 901), put(hub, 901), put(hub, 901)
    assert (first.status_code, first.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert (second.status_code, second.text[:6]) == (200, "<html>")
    assert (third.status_code, third.content) == (200, b"")
    assert stock(hub) != 901


@pytest.mark.parametrize(("effect", "happened"), [("none", False), ("before", True), ("after", True)])
def test_hang_answers_nothing_until_it_is_released(hub: Outsider, effect: str, happened: bool) -> None:
    hub.fault({"kind": "hang", "times": 1, "path": PATH, "effect": effect})
    with pytest.raises(requests.exceptions.ReadTimeout):
        put(hub, 901, timeout=0.2)
    assert (stock(hub) == 901) is (effect == "before")
    hub.post("/_sim/faults/release", {})
    wait_for(lambda: hub.get("/_sim/requests")["outcomes"].get("PUT /skus/{sku}/stock") == {"hang": 1})
    assert (stock(hub) == 901) is happened


def test_hang_for_a_time_ends_in_an_answer(hub: Outsider) -> None:
    hub.fault({"kind": "hang", "times": 1, "seconds": 0.05})
    assert put(hub, 901).json()["Product"]["quantity"] == 901


def ask_in_vain(address: str) -> None:
    """A request that gets no answer."""
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{address}/orders", timeout=TIMEOUT)


def test_stop_is_prompt_with_a_request_hanging() -> None:
    with Simulator(products=1) as simulator:
        address = simulator.address
        requests.post(f"{address}/_sim/faults", json={"rules": [{"kind": "hang"}]}, timeout=TIMEOUT)
        hanging = threading.Thread(target=ask_in_vain, args=(address,))
        hanging.start()
        wait_for(lambda: simulator.server.faults.rules()[0]["struck"] == 1)
        before = time.monotonic()
    assert time.monotonic() - before < 5
    hanging.join(5)
    assert not hanging.is_alive()


def test_latency_is_added_and_another_fault_may_follow(hub: Outsider) -> None:
    hub.fault({"kind": "latency", "seconds": 0.15, "path": PATH}, {"kind": "500", "path": PATH})
    before = time.monotonic()
    assert put(hub, 901).status_code == 500
    assert time.monotonic() - before >= 0.15


def test_the_hubs_own_latency(make_hub: MakeHub) -> None:
    hub = make_hub(products=1, latency=0.1).login()
    before = time.monotonic()
    assert put(hub, 901).status_code == 200
    assert time.monotonic() - before >= 0.1
    assert hub.post("/_sim/latency", {"seconds": 0}) == {"latency": 0.0}
    assert hub.call("POST", "/_sim/latency", {"seconds": "x"}).status_code == 400


class TestRules:
    def test_they_pick_by_method_path_and_count(self, hub: Outsider) -> None:
        hub.fault({"kind": "500", "method": "GET", "path": "/orders/.*|/orders", "after": 1, "times": 2})
        found = [hub.call("GET", "/orders").status_code for _ in range(5)]
        assert found == [200, 500, 500, 200, 200]
        assert hub.call("GET", "/products").status_code == 200
        (rule,) = hub.get("/_sim/faults")["rules"]
        assert (rule["struck"], rule["kind"]) == (2, "500")

    def test_a_probability_strikes_the_same_requests_for_the_same_seed(self, hub: Outsider) -> None:
        def run(seed: int) -> list[int]:
            hub.fault({"kind": "503", "probability": 0.5, "seed": seed})
            return [hub.call("GET", "/orders").status_code for _ in range(24)]

        first = run(1)
        assert set(first) == {200, 503}
        assert run(1) == first
        assert run(2) != first

    def test_the_first_that_strikes_is_it(self, hub: Outsider) -> None:
        hub.fault({"kind": "500", "times": 1}, {"kind": "503", "times": 1})
        assert [put(hub, n).status_code for n in (901, 902, 903)] == [500, 503, 200]

    def test_they_can_be_added_to_and_ended(self, hub: Outsider) -> None:
        hub.fault({"kind": "500", "times": 1})
        hub.post("/_sim/faults", {"rules": [{"kind": "503"}], "add": True})
        assert [put(hub, n).status_code for n in (901, 902)] == [500, 503]
        hub.fault()
        assert put(hub, 903).status_code == 200

    def test_control_calls_are_never_struck(self, hub: Outsider) -> None:
        hub.fault({"kind": "drop"})
        assert hub.get("/_sim/state")["products"] == 12

    @pytest.mark.parametrize(
        "rule",
        [
            {}, {"kind": "explode"}, {"kind": "drop", "colour": 1}, {"kind": "drop", "path": "("}, 3,
            {"kind": "drop", "times": "x"}, {"kind": "html", "status": 99}, {"kind": "hang", "effect": "x"},
            {"kind": "429", "retry_after": "1\r\nX: y"},
        ],
    )  # fmt: skip
    def test_one_that_cant_be_read_is_refused_and_the_others_stay(self, hub: Outsider, rule: Any) -> None:
        hub.fault({"kind": "500"})
        assert hub.call("POST", "/_sim/faults", {"rules": [rule]}).status_code == 400
        assert [one["kind"] for one in hub.get("/_sim/faults")["rules"]] == ["500"]


def wait_for(condition: Any) -> None:
    """Wait until another thread got there."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)
