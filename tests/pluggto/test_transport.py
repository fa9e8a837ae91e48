"""The way to the hub: which addresses, which proxies, which certificates, which connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from otimo_tray.errors import ConfigurationError, HubAway, HubRefusedItem
from otimo_tray.pluggto.address import parse_base, segment
from tests.support.tls import serve_tls
from tests.support_pluggto.doubles import hub_at
from tests.support_pluggto.server import PRODUCT, Reply, ScriptedHub, Seen, always


@pytest.mark.parametrize("good", ["https://api.plugg.to", "https://api.plugg.to/", "http://127.0.0.1:8080/base/"])
def test_good_addresses(good: str) -> None:
    assert parse_base(good).url == good.rstrip("/")


@pytest.mark.parametrize("good", ["http://localhost:1", "http://127.8.9.1", "http://[::1]:8080"])
def test_plain_http_on_loopback_is_allowed(good: str) -> None:
    assert parse_base(good).loopback


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("http://api.plugg.to", "C-410"),
        ("http://10.0.0.1", "C-410"),
        ("http://localhost.evil.com", "C-410"),
        ("http://127.0.0.1.evil.com", "C-410"),
        ("http://2130706433", "C-410"),
        ("ftp://api.plugg.to", "C-411"),
        ("api.plugg.to", "C-411"),
        ("", "C-411"),
        ("https://", "C-411"),
        ("https://user:pass@api.plugg.to", "C-411"),
        ("https://api.plugg.to/?a=1", "C-411"),
        ("https://api.plugg.to:port", "C-411"),
        ("https://api .plugg.to", "C-411"),
    ],
)
def test_bad_addresses(bad: str, code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_base(bad)
    assert caught.value.code == code
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize("sku", ["", " ", ".", ".."])
def test_a_key_that_climbs_out_of_the_path_is_refused(sku: str) -> None:
    with pytest.raises(HubRefusedItem) as caught:
        segment(sku)
    assert caught.value.code == "P-134"


@pytest.mark.parametrize(
    "sku", ["A/B", "a b", "ção", "50%", "%2F", "a?b#c", "../x", "a+b", "~x", "a;b,c", "%2e%2e", "👍"]
)
def test_any_sku_arrives_as_it_is(sku: str) -> None:
    from urllib.parse import unquote

    with ScriptedHub(lambda _: Reply({**PRODUCT, "sku": sku})) as server:
        hub = hub_at(server.address + "/base")
        assert hub.put_stock(sku, 1).sku == sku
        hub.close()
    base, skus, given, stock = server.seen[0].path.strip("/").split("/")
    assert (base, skus, unquote(given), stock) == ("base", "skus", sku, "stock")


def test_a_proxy_never_sees_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedHub(always(PRODUCT)) as proxy, ScriptedHub(always(PRODUCT)) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        hub = hub_at(server.address)
        hub.product("A")
        hub.close()
        assert len(server.seen) == 1
        assert proxy.seen == []


def test_the_system_proxy_is_used_for_the_hub_and_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[Seen] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            met.append(Seen("CONNECT", self.path, "", dict(self.headers.items()), b""))
            self.send_error(407)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the base class
            pass

    server = HTTPServer(("127.0.0.1", 0), Proxy)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.delenv("no_proxy", raising=False)
    hub = hub_at("https://api.plugg.to")
    with pytest.raises(HubAway) as caught:
        hub.check_login()
    hub.close()
    server.shutdown()
    thread.join()
    server.server_close()
    assert (caught.value.code, caught.value.params["reason"]) == ("P-110", "proxy")
    assert caught.value.after_send is False
    assert [one.path for one in met] == ["api.plugg.to:443"]
    assert not any(name.lower() == "authorization" for name in met[0].headers)


def test_a_netrc_does_not_replace_the_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password thief\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address)
        hub.product("A")
        hub.close()
    assert server.seen[0].headers["authorization"] == "Bearer token-1"


def test_cookies_are_not_kept() -> None:
    with ScriptedHub(always(PRODUCT, Set_Cookie="a=b; Path=/")) as server:
        hub = hub_at(server.address)
        hub.product("A")
        hub.product("A")
        hub.close()
    assert "cookie" not in server.seen[1].headers


def test_five_senders_keep_five_connections() -> None:
    gate = threading.Barrier(5)

    def meet(_: Seen) -> Reply:
        gate.wait(10)
        return Reply(PRODUCT)

    with ScriptedHub(meet) as server:
        hub = hub_at(server.address)
        hub.session.log_in()
        threads = [threading.Thread(target=lambda: [hub.put_stock("A", one) for one in range(4)]) for _ in range(5)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        hub.close()
        assert len(server.seen) == 20
        assert server.connections == 5


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """An HTTPS hub with a certificate of its own authority; gives address, authority's file, tokens seen."""
    tokens: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            tokens.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(b'{"access_token":"t","expires_in":3600}')

        def do_GET(self) -> None:
            tokens.append(self.headers["Authorization"])
            self.answer(b'{"total":0,"result":[]}')

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the base class
            pass

    with serve_tls(tmp_path, Handler) as server:
        yield f"https://localhost:{server.port}", server.authority, tokens


def test_an_unknown_authority_gets_nothing(
    tls_server: tuple[str, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, chain, tokens = tls_server
    # What requests would believe from the environment isn't the operating system's word.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(chain))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(chain))
    hub = hub_at(address)
    with pytest.raises(HubAway) as caught:
        hub.check_login()
    hub.close()
    assert (caught.value.code, caught.value.after_send, tokens) == ("P-114", False, [])


def test_the_operating_systems_roots_are_trusted(
    tls_server: tuple[str, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, chain, tokens = tls_server
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))  # where OpenSSL keeps the system's roots
    hub = hub_at(address)
    hub.check_login()
    hub.close()
    assert tokens[1] == "Bearer t"


def test_a_certificate_for_another_host_gets_nothing(
    tls_server: tuple[str, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, chain, tokens = tls_server
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    hub = hub_at(address.replace("localhost", "127.0.0.1"))
    with pytest.raises(HubAway) as caught:
        hub.check_login()
    hub.close()
    assert (caught.value.code, tokens) == ("P-114", [])


@pytest.mark.parametrize(
    ("date", "ahead"),
    [("Mon, 02 Mar 2026 11:00:00 GMT", 3600.0), ("Mon, 02 Mar 2026 12:00:05 GMT", -5.0), ("yesterday", None)],
)
def test_a_wrong_clock_of_this_pc_is_told(date: str, ahead: float | None) -> None:
    with ScriptedHub(lambda _: Reply(PRODUCT, headers={"Date": date})) as server:
        hub = hub_at(server.address)
        assert hub.clock_difference() is None
        hub.product("A")
        assert hub.clock_difference() == ahead
        hub.close()
