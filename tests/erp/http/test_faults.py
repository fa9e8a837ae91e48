"""Each way in which the connection or the ERP's API can be wrong has a sentence of its own, told by every call."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from otimo_tray.domain.orders import ErpOrder, ErpOrderLine, Order
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http import HttpErp, answer, open_http_erp
from otimo_tray.errors import ErpAway, ErpMisconfigured, OtimoError
from otimo_tray.web import body
from otimo_tray.words import LANGUAGES, sentence
from tests.erp.http.canned import TOKEN, ZONE, Call, Reply, canned, page, problem
from tests.support.clock import FakeClock
from tests.support.tls import serve_tls


def an_order(hub_id: str = "6067aa") -> ErpOrder:
    line = ErpOrderLine("SKU", "000123", 2, 1, 2)  # type: ignore[arg-type]
    return ErpOrder(Order(hub_id=hub_id, original_id="200123", status="approved"), (line,))


CALLS: dict[str, Call] = {
    "items": lambda erp: list(erp.read_items().chunks()),
    "find": lambda erp: erp.find_order("6067aa"),
    "import": lambda erp: erp.import_order(an_order()),
    "invoices": lambda erp: erp.invoices(""),
}
HTML = Reply(body=b"<html>wi-fi: log in</html>", headers={"Content-Type": "text/html"})
WRONG: dict[str, tuple[Reply, type[OtimoError], str]] = {
    "401": (problem(401), ErpMisconfigured, "E-280"),
    "403": (problem(403, detail="Sem a permissão."), ErpMisconfigured, "E-281"),
    "404": (Reply(404, b"<h1>not here</h1>"), ErpMisconfigured, "E-282"),
    "404 of some other API": (problem(404), ErpMisconfigured, "E-282"),
    "405": (problem(405), ErpMisconfigured, "E-282"),
    "redirect": (Reply(307, b"", {"Location": "https://outro.example/?k=1"}), ErpMisconfigured, "E-285"),
    "429": (problem(429), ErpAway, "E-273"),
    "500": (Reply(500, b"oops"), ErpAway, "E-273"),
    "503": (problem(503, detail="Fechamento do mês."), ErpAway, "E-273"),
    "captive portal": (HTML, ErpAway, "E-274"),
    "cut off": (Reply(raw=b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"version": 1'), ErpAway, "E-274"),
    "no HTTP": (Reply(raw=b"220 mail.example ESMTP\r\n"), ErpAway, "E-274"),
    "newer version": (Reply(body={"version": 2}), ErpMisconfigured, "E-283"),
    "no version": (Reply(body={"ok": True}), ErpMisconfigured, "E-283"),
    "other JSON": (Reply(body=[1, 2]), ErpMisconfigured, "E-284"),
    "fields missing": (Reply(body={"version": 1}), ErpMisconfigured, "E-284"),
    "304 that nobody asked for": (Reply(304, b""), ErpMisconfigured, "E-284"),
}


def failed(erp: HttpErp, call: Call) -> OtimoError:
    with pytest.raises(OtimoError) as caught:
        call(erp)
    error = caught.value
    for language in LANGUAGES:
        told = sentence(error.code, error.params, language)
        assert "?" not in told.line, told
        assert told.hint, "it says what to do"
    assert TOKEN not in f"{error.raw}{error.params}{error.__context__!r}{error.__cause__!r}"
    return error


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_answer_is_told_for_what_it_is(wrong: str, call: str) -> None:
    reply, kind, code = WRONG[wrong]
    with canned(reply) as (erp, _):
        error = failed(erp, CALLS[call])
        assert (type(error), error.code) == (kind, code)
        checked = erp.check()
    assert [(one.name, one.error and one.error.code) for one in checked] == [("erp_api", code)]


def test_a_missing_right_is_named() -> None:
    with canned(problem(403, detail="Fale com o administrador.")) as (erp, _):
        error = failed(erp, CALLS["import"])
    assert "gravar pedidos" in sentence(error.code, error.params, "pt_BR").line
    assert "Fale com o administrador." in sentence(error.code, error.params, "pt_BR").line


NO_NOTES: dict[str, object] = {"version": 1, "invoices": [], "next": "0", "more": False}


def test_check_tells_a_right_that_the_erp_itself_does_not_give() -> None:
    health = {"version": 1, "system": "ERP 1", "now": "2026-11-24T12:00:00Z", "rights": ["items", "invoices"]}
    with canned(Reply(body=health), page([]), Reply(body=NO_NOTES)) as (erp, _):
        results = {one.name: one.error for one in erp.check()}
    wrong = results.pop("erp_api_rights")
    assert wrong is not None
    assert (wrong.code, wrong.params["right"]) == ("E-281", "orders")
    assert list(results.values()) == [None] * 3


# --- the way there ---------------------------------------------------------------------------------------------------


def at(address: str, secret: str = TOKEN, timeout_s: float = 20.0) -> HttpErp:
    return open_http_erp(ErpSettings(kind="http", address=address, timeout_s=timeout_s), secret, ZONE, FakeClock())


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    erp = at(f"http://127.0.0.1:{port}")
    error = failed(erp, CALLS["find"])
    assert error.code == "E-210"
    assert f"127.0.0.1, porta {port}" in sentence(error.code, error.params, "pt_BR").line


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = failed(at("https://erp.example.invalid/api"), CALLS["find"])
    assert (type(error), error.code, error.params["host"]) == (ErpAway, "E-270", "erp.example.invalid")


def test_an_erp_that_hangs_ends_in_a_sentence() -> None:
    with canned(Reply(raw=b"", hang=True), timeout_s=0.3) as (erp, _):
        error = failed(erp, CALLS["items"])
        assert (type(error), error.code, error.params["seconds"]) == (ErpAway, "E-272", "0.3")


def test_an_erp_that_trickles_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    monkeypatch.setattr(body, "_CHUNK", 4)
    moments = iter(range(0, 10_000, 5))
    monkeypatch.setattr(clock, "monotonic", lambda: float(next(moments)))
    with canned(page([{"code": "1"}]), clock=clock) as (erp, _):
        assert failed(erp, CALLS["items"]).code == "E-272"


@pytest.mark.parametrize("packed", [False, True])
def test_a_flood_is_refused(monkeypatch: pytest.MonkeyPatch, packed: bool) -> None:
    monkeypatch.setattr(answer, "MAX_BYTES", 2**20)
    body = b" " * (2**20 + 1)
    reply = Reply(body=gzip.compress(body), headers={"Content-Encoding": "gzip"}) if packed else Reply(body=body)
    with canned(reply) as (erp, _):
        assert failed(erp, CALLS["items"]).code == "E-275"


def test_a_redirect_gets_no_log_in() -> None:
    with canned(page([])) as (_, other):
        place = f"http://127.0.0.1:{other.port}/otimo/v1/items"
        with canned(Reply(308, b"", {"Location": place})) as (erp, _):
            assert failed(erp, CALLS["items"]).code == "E-285"
        assert other.asked == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://erp.example/api", "E-288"),
        ("http://192.168.0.10/api", "E-288"),
        ("ftp://erp.example", "E-287"),
        ("erp.example", "E-287"),
        ("https://user:senha@erp.example", "E-287"),
        ("https://erp.example/api?token=1", "E-287"),
        ("https://erp.example:99999", "E-287"),
    ],
)
def test_an_address_that_is_none(address: str, code: str) -> None:
    with pytest.raises(ErpMisconfigured) as caught:
        at(address)
    assert caught.value.code == code
    assert "senha" not in str(caught.value)


@pytest.mark.parametrize(
    ("auth", "secret"), [("token", ""), ("token", "a b"), ("token", "á"), ("basic", "semdoispontos"), ("basic", "a:\n")]
)
def test_a_secret_that_cannot_be_sent(auth: str, secret: str) -> None:
    settings = ErpSettings(kind="http", address="https://erp.example", auth="basic" if auth == "basic" else "token")
    with pytest.raises(ErpMisconfigured, match="E-289"):
        open_http_erp(settings, secret, ZONE, FakeClock())


# --- TLS -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[int, Path, list[str]]]:
    """An HTTPS server of its own authority for `localhost`: port, authority's file, log-ins seen."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers["Authorization"])
            self.connection.sendall(problem(404, type="urn:otimo:order-unknown").bytes())
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the base class
            pass

    with serve_tls(tmp_path, Handler) as server:
        yield server.port, server.authority, seen


def test_an_unknown_authority_gets_nothing(tls: tuple[int, Path, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, chain, seen = tls
    # What requests would believe from the environment isn't the operating system's word.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(chain))
    erp = at(f"https://localhost:{port}")
    error = failed(erp, CALLS["find"])
    erp.close()
    assert (type(error), error.code, seen) == (ErpMisconfigured, "E-271", [])


def test_a_certificate_of_another_name_gets_nothing(
    tls: tuple[int, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, chain, seen = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    erp = at(f"https://127.0.0.1:{port}")
    error = failed(erp, CALLS["find"])
    erp.close()
    assert (error.code, seen) == ("E-271", [])


def test_the_operating_systems_roots_are_trusted(
    tls: tuple[int, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, chain, seen = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    erp = at(f"https://localhost:{port}")
    assert erp.find_order("1") is None
    erp.close()
    assert seen == [f"Bearer {TOKEN}"]
