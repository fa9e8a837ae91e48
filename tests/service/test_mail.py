"""A letter's way to a mail server, and to none that may not have it."""

from __future__ import annotations

import smtplib
import socket
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

import pytest

from otimo_tray.service import mail
from tests.service.care_shop import MAIL
from tests.support.clock import FakeClock
from tests.support.tls import serve_tls


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
