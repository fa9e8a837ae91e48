"""Word to others: what is in it, when it goes, and that nothing it meets reaches the flows."""

from __future__ import annotations

import json
import smtplib
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

from otimo_tray.domain.settings import CareSettings, Settings, ShopSettings
from otimo_tray.domain.status import Flow, FlowStatus, State, Status, Trouble, Waiting
from otimo_tray.errors import StoreAway
from otimo_tray.ports import Clock
from otimo_tray.service import heartbeat, mail
from otimo_tray.service.care import FACT, Care
from otimo_tray.service.incident import Incident
from otimo_tray.service.opened import Opened
from tests.service.world import MemoryFacts, World
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets
from tests.support.tls import serve_tls

MAIL = CareSettings(shop="Loja Centro", mail_to="ana@loja.com.br", smtp_server="127.0.0.1", smtp_security="none")


class _Shop:
    """A shop's care with everything outside of it recorded."""

    def __init__(self, care: CareSettings, **shop: Any) -> None:
        self.clock = FakeClock()
        self.settings = replace(Settings(), care=care, shop=ShopSettings(**shop))
        self.troubles: dict[Flow, Trouble] = {}
        self.setup: Trouble | None = None
        self.facts = MemoryFacts()
        self.beats: list[tuple[str, dict[str, Any]]] = []
        self.letters: list[mail.Letter] = []
        self.fails = False
        self.leads = True
        self.care = self.fresh()

    def fresh(self) -> Care:
        """The care after another start of the program."""
        return Care(
            "0123456789abcdef0123456789abcdef",
            lambda: self.settings,
            self.status,
            MemorySecrets({"care.smtp": "secret"}),
            self.facts,
            self.clock,
            leads=lambda: self.leads,
            post=self._post,
            send=self._send,
        )

    def status(self) -> Status:
        flows = {
            flow: FlowStatus(
                flow,
                enabled=flow is not Flow.TRACKING,
                last_success=self.clock.now() - timedelta(minutes=5),
                trouble=self.troubles.get(flow),
                today={"pushed": 41} if flow is Flow.STOCK else {},
            )
            for flow in Flow
        }
        state = State.SETUP if self.setup else State.ATTENTION if self.troubles else State.OK
        worst = self.setup or next(iter(self.troubles.values()), None)
        return Status(state, self.clock.now(), flows, Waiting(problems=2), trouble=worst)

    def _post(self, url: str, beat: dict[str, Any]) -> None:
        if self.fails:
            raise OSError
        self.beats.append((url, beat))

    def _send(self, care: CareSettings, password: str | None, letter: mail.Letter, now: datetime) -> None:
        del care, password, now
        if self.fails:
            raise OSError
        self.letters.append(letter)

    def play(self, minutes: float) -> None:
        for _ in range(int(minutes * 2)):
            self.care.look()
            self.clock.advance(30)


# --- heartbeat -------------------------------------------------------------------------------------------------------


def test_no_word_goes_anywhere_unless_it_was_asked_for() -> None:
    shop = _Shop(CareSettings())
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(600)
    assert (shop.beats, shop.letters, shop.facts.values) == ([], [], {})


def test_a_heartbeat_every_interval_also_after_failures(caplog: pytest.LogCaptureFixture) -> None:
    shop = _Shop(CareSettings(heartbeat_url="http://127.0.0.1:1/x", heartbeat_interval_s=600))
    shop.play(31)
    assert len(shop.beats) == 4
    shop.fails = True
    shop.play(30)
    assert len(shop.beats) == 4
    assert "heartbeat: OSError" in caplog.text
    shop.fails = False
    shop.play(10)
    assert len(shop.beats) == 5


def test_only_the_desk_that_leads_sends_word() -> None:
    shop = _Shop(replace(MAIL, heartbeat_url="http://127.0.0.1:1/x"))
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.leads = False
    shop.play(120)
    assert (shop.beats, shop.letters) == ([], [])
    shop.leads = True
    shop.play(1)
    assert len(shop.beats) == 1


def test_what_a_heartbeat_says_is_the_contract_s_and_nobody_s_data() -> None:
    shop = _Shop(CareSettings(shop="Loja Centro", heartbeat_url="https://x.example/b"))
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


# --- e-mail ----------------------------------------------------------------------------------------------------------


def test_one_letter_an_incident_and_one_when_it_is_over() -> None:
    shop = _Shop(MAIL, support_contact="(11) 5555-0000")
    shop.play(10)
    shop.troubles = {Flow.STOCK: Trouble("P-101"), Flow.PRICE: Trouble("P-101")}
    shop.play(60)
    assert not shop.letters, "not before the hour is full"
    shop.play(1)
    assert len(shop.letters) == 1
    shop.troubles[Flow.ORDERS] = Trouble("P-101")
    shop.play(24 * 60)
    assert len(shop.letters) == 1
    shop.troubles = {}
    shop.play(1)
    assert len(shop.letters) == 2
    shop.play(60)
    assert len(shop.letters) == 2
    failed, over = shop.letters
    assert failed.subject == "Ótimo Tray: Loja Centro precisa de atenção (Estoque, Preço)"
    assert "P-101" in failed.text
    assert "O que fazer:" in failed.text
    assert "(11) 5555-0000" in failed.text
    assert "24/11/2026" in failed.text
    assert "em ordem de novo" in over.subject
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(62)
    assert len(shop.letters) == 3, "another incident is told again"


def test_a_flow_that_fails_now_and_then_is_no_incident() -> None:
    shop = _Shop(MAIL)
    for _ in range(5):
        shop.troubles = {Flow.STOCK: Trouble("P-110")}
        shop.play(50)
        shop.troubles = {}
        shop.play(2)
    assert not shop.letters


def test_what_is_not_set_up_is_told_too_and_a_flow_that_is_switched_off_is_not() -> None:
    shop = _Shop(MAIL)
    shop.troubles = {Flow.TRACKING: Trouble("P-110")}
    shop.play(90)
    assert not shop.letters
    shop.setup = Trouble("C-420", {"name": "hub.password"})
    shop.play(62)
    assert "Configuração" in shop.letters[0].subject
    assert "C-420" in shop.letters[0].text


def test_a_restart_neither_repeats_a_letter_nor_forgets_the_incident() -> None:
    shop = _Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(40)
    shop.care = shop.fresh()
    shop.play(21)
    assert len(shop.letters) == 1, "the hour goes on over the restart"
    shop.care = shop.fresh()
    shop.play(120)
    assert len(shop.letters) == 1
    shop.troubles = {}
    shop.care = shop.fresh()
    shop.play(1)
    assert len(shop.letters) == 2


def test_a_letter_that_was_not_taken_is_tried_again() -> None:
    shop = _Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.fails = True
    shop.play(90)
    assert not shop.letters
    shop.fails = False
    shop.play(6)
    assert len(shop.letters) == 1


def test_a_state_that_cannot_be_written_floods_nobody() -> None:
    shop = _Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(30)

    def full(key: str, value: str) -> None:
        raise StoreAway("L-312", detail=key + value[:0])

    shop.facts.set = full
    shop.play(120)
    assert not shop.letters


def test_what_stays_as_it_is_is_written_once() -> None:
    shop = _Shop(MAIL)
    written: list[str] = []
    keep = shop.facts.set

    def note(key: str, value: str) -> None:
        written.append(value)
        keep(key, value)

    shop.facts.set = note
    shop.play(60)
    assert not written, "a shop that is well writes nothing"
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(120)
    assert len(written) == 2, "that it began, and that the owner knows"


def test_letters_in_english() -> None:
    shop = _Shop(MAIL, language="en")
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(61)
    assert shop.letters[0].subject == "Ótimo Tray: Loja Centro needs attention (Stock)"


def test_remembered_nonsense_is_no_incident() -> None:
    for text in ("", "x", "[]", '{"since": 3}', '{"since": {"stock": "yesterday"}}', "null"):
        assert Incident.loads(text) == Incident()


# --- the mail server --------------------------------------------------------------------------------------------------


class _MailServer:
    """A mail server on loopback that speaks as much SMTP as a letter needs."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = cast("int", self._socket.getsockname()[1])
        self.said: list[str] = []
        self.letters: list[bytes] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection, connection.makefile("rwb") as stream:

            def answer(line: str) -> None:
                stream.write(line.encode() + b"\r\n")
                stream.flush()

            answer("220 here")
            while line := stream.readline():
                text = line.decode().strip()
                self.said.append(text)
                word = text.split(" ")[0].upper()
                if word == "EHLO":
                    answer("250-here\r\n250 AUTH PLAIN")
                elif word == "AUTH":
                    answer("235 in")
                elif word == "DATA":
                    answer("354 go on")
                    data = b""
                    while (part := stream.readline()) != b".\r\n":
                        data += part
                    self.letters.append(data)
                    answer("250 taken")
                elif word == "QUIT":
                    answer("221 bye")
                    return
                else:
                    answer("250 fine")

    def close(self) -> None:
        self._thread.join(10)
        self._socket.close()


def test_a_letter_reaches_a_mail_server_with_its_log_in() -> None:
    server = _MailServer()
    care = replace(
        MAIL, smtp_port=server.port, smtp_user="robo@loja.com.br", mail_to="ana@loja.com.br, bia@loja.com.br"
    )
    try:
        letter = mail.Letter("Atenção\r\nBcc: x@y.z", "Preço parado.\nO que fazer: …")
        mail.send(care, "s3nha", letter, FakeClock().now())
    finally:
        server.close()
    found = message_from_bytes(server.letters[0], policy=default)
    assert found["Subject"] == "Atenção Bcc: x@y.z"
    assert found["Bcc"] is None
    assert found["To"] == "ana@loja.com.br, bia@loja.com.br"
    assert "robo@loja.com.br" in found["From"]
    assert "Preço parado." in found.get_content()
    assert [line for line in server.said if line.upper().startswith("RCPT")] == [
        "rcpt TO:<ana@loja.com.br>",
        "rcpt TO:<bia@loja.com.br>",
    ]
    assert any(line.startswith("AUTH PLAIN") for line in server.said)


def test_mail_in_the_clear_goes_to_this_machine_alone() -> None:
    with pytest.raises(mail.PlainMailError):
        mail.send(replace(MAIL, smtp_server="mail.example.com"), None, mail.Letter("a", "b"), FakeClock().now())


def test_a_mail_server_without_starttls_gets_neither_password_nor_letter() -> None:
    server = _MailServer()
    care = replace(MAIL, smtp_port=server.port, smtp_security="starttls", smtp_user="u")
    try:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            mail.send(care, "s3nha", mail.Letter("a", "b"), FakeClock().now())
    finally:
        server.close()
    assert not server.letters
    assert not any("AUTH" in line.upper() for line in server.said)


def test_a_mail_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with serve_tls(tmp_path, BaseHTTPRequestHandler) as server:
        care = replace(MAIL, smtp_server="localhost", smtp_port=server.port, smtp_security="tls")
        with pytest.raises(OSError, match=r"(?i)certificate"):
            mail.send(care, None, mail.Letter("a", "b"), FakeClock().now())


# --- in the service ---------------------------------------------------------------------------------------------------


def test_the_service_looks_after_each_shop_by_its_own_settings(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.add("a")
    world.add("b")
    world.settings["a"] = replace(Settings(), care=CareSettings(heartbeat_url="http://127.0.0.1:1/x"))
    looked: list[str] = []

    class Looking:
        def __init__(self, name: str) -> None:
            self._name = name

        def look(self) -> None:
            looked.append(self._name)

    def care(opened: Opened, clock: Clock) -> Looking:
        del clock
        return Looking(opened.profile_id)

    supervisor = world.supervisor(care=care)
    world.play(supervisor, 100)
    assert looked.count("id of a") == looked.count("id of b") == 3
    world.remove("a")
    world.play(supervisor, 60)
    looked.clear()
    world.play(supervisor, 100)
    assert set(looked) == {"id of b"}


def test_the_fact_is_one_of_the_shop_s_state() -> None:
    shop = _Shop(MAIL)
    shop.troubles = {Flow.STOCK: Trouble("P-101")}
    shop.play(1)
    assert set(shop.facts.values) == {FACT}
