"""A heartbeat: what it says, to whom, and how it is sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.domain.settings import CareSettings
from otimo_tray.domain.status import Flow, Trouble
from otimo_tray.service import heartbeat
from tests.service.care_shop import Shop
from tests.support.tls import serve_tls


def test_what_a_heartbeat_says_is_the_contract_s_and_nobody_s_data() -> None:
    shop = Shop(CareSettings(shop="Loja Centro", heartbeat_url="https://x.example/b"))
    shop.troubles = {Flow.PRICE: Trouble("E-230", {"row": "PARAFUSO 8mm", "buyer": "Maria"})}
    shop.play(0.5)
    beat = shop.beats[0][1]
    text = (Path(__file__).parents[2] / "resources" / "contracts.md").read_text("utf-8")
    example = json.loads(text.split("## 9. Heartbeat")[1].split("```json\n")[1].split("```")[0])
    assert set(beat) == set(example)
    assert set(beat["flows"]["stock"]) == set(example["flows"]["stock"])
    assert beat["flows"]["price"]["trouble"] == "E-230"
    assert beat["waiting"]["problems"] == 2
    assert beat["today"] == {"stock.pushed": 41}
    whole = json.dumps(beat)
    assert "PARAFUSO" not in whole
    assert "Maria" not in whole
    assert "0123456789abcdef" not in whole, "the profile's id finds secrets in the keyring: only a digest goes out"
    assert beat["id"] == heartbeat.public_id("0123456789abcdef0123456789abcdef")


@contextmanager
def _listening(status: int) -> Generator[tuple[str, list[tuple[dict[str, str], Any]]]]:
    taken: list[tuple[dict[str, str], Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((dict(self.headers), json.loads(body)))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            taken.append(({}, "followed"))

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/beat?shop=1", taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_heartbeat_arrives_at_a_server() -> None:
    with _listening(204) as (url, taken):
        heartbeat.send(url, {"version": 1, "shop": "São José"})
    headers, body = taken[0]
    assert headers["Content-Type"] == "application/json"
    assert "Authorization" not in headers
    assert body == {"version": 1, "shop": "São José"}


def test_a_refused_heartbeat_is_an_error_and_a_redirect_is_not_followed() -> None:
    with _listening(500) as (url, _), pytest.raises(OSError, match="500"):
        heartbeat.send(url, {})
    with _listening(302) as (url, taken):
        heartbeat.send(url, {})
    assert len(taken) == 1


def test_a_heartbeat_never_goes_in_the_clear_or_to_a_server_nobody_vouches_for(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain"):
        heartbeat.send("http://example.com/x", {})
    with serve_tls(tmp_path, BaseHTTPRequestHandler) as server, pytest.raises(OSError, match=r"(?i)certificate"):
        heartbeat.send(f"https://localhost:{server.port}/x", {})
