"""An e-mail over the shop's own mail server: TLS verified, plain only to this machine."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

from otimo_tray.domain.settings import CareSettings
from otimo_tray.web.address import is_loopback

_TIMEOUT_S: Final = 20.0
_LINE: Final = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and text, plain."""

    subject: str
    text: str


class PlainMailError(OSError):
    """`smtp_security = "none"` with a server that isn't on this machine: the password and the text would be open."""


def is_set_up(care: CareSettings) -> bool:
    """Whether there is a receiver and a server."""
    return bool(care.mail_to.strip() and care.smtp_server.strip())


def message(care: CareSettings, letter: Letter, now: datetime) -> EmailMessage:
    """The letter with its headers."""
    receivers = [one.strip() for one in care.mail_to.split(",") if one.strip()]
    sender = care.mail_from or (care.smtp_user if "@" in care.smtp_user else receivers[0])
    made = EmailMessage()
    made["Subject"] = _LINE.sub(" ", letter.subject)
    made["From"] = f"Ótimo Tray <{sender}>"
    made["To"] = ", ".join(receivers)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    made["Auto-Submitted"] = "auto-generated"  # no out-of-office answers
    made.set_content(letter.text)
    return made


def send(care: CareSettings, password: str | None, letter: Letter, now: datetime) -> None:
    """Hands the letter to the mail server. Raises OSError (smtplib's errors are such) when it wasn't taken."""
    from otimo_tray.web.trust import os_roots

    host, port = care.smtp_server.strip(), care.smtp_port
    if care.smtp_security == "none" and not is_loopback(host):
        raise PlainMailError("plain")
    server = (
        smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=os_roots())
        if care.smtp_security == "tls"
        else smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
    )
    with server:
        if care.smtp_security == "starttls":
            server.starttls(context=os_roots())
        if care.smtp_user:
            server.login(care.smtp_user, password or "")
        server.send_message(message(care, letter, now))
