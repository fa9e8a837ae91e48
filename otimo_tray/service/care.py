"""Looks after one shop on behalf of others: heartbeats to an implementer, an e-mail to the owner. Both opt-in.

Runs beside the flows, never in their threads; what fails here is in the log and nowhere else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from otimo_tray.domain.settings import CareSettings, Settings
from otimo_tray.domain.status import Status
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock, Secrets
from otimo_tray.service import heartbeat, mail
from otimo_tray.service.incident import Incident, Word, failing, step
from otimo_tray.service.letter import letter
from otimo_tray.service.opened import Opened

_log = logging.getLogger(__name__)
FACT: Final = "care_incident"
SECRET: Final = "care.smtp"  # noqa: S105 - the name, not the secret
_RETRY_S: Final = 300.0


class Facts(Protocol):
    """Where an incident is remembered across starts."""

    def get(self, key: str) -> str | None: ...
    def set(self, key: str, value: str) -> None: ...


def is_wanted(care: CareSettings) -> bool:
    """Whether anybody is to be told anything."""
    return bool(care.heartbeat_url) or mail.is_set_up(care)


class Care:
    """Implements `service.opened.Clocked`. `look` is called now and then, by one thread at a time.

    Args:
        leads: whether this process runs the shop's timers: of several desks only one sends word.
        post, send: how heartbeats and letters go out; a test gives its own.
    """

    def __init__(
        self,
        profile_id: str,
        settings: Callable[[], Settings],
        status: Callable[[], Status],
        secrets: Secrets,
        facts: Facts,
        clock: Clock,
        *,
        leads: Callable[[], bool] = lambda: True,
        post: Callable[[str, dict[str, Any]], None] = heartbeat.send,
        send: Callable[[CareSettings, str | None, mail.Letter, datetime], None] = mail.send,
    ) -> None:
        self._id = profile_id
        self._settings, self._status = settings, status
        self._secrets, self._facts = secrets, facts
        self._clock = clock
        self._leads = leads
        self._post, self._send = post, send
        self._next_beat = float("-inf")
        self._next_mail = float("-inf")

    def look(self) -> None:
        """Sends what is due."""
        settings = self._settings()
        care, now = settings.care, self._clock.monotonic()
        beats, mails = (
            bool(care.heartbeat_url) and now >= self._next_beat,
            mail.is_set_up(care) and now >= self._next_mail,
        )
        if not (beats or mails) or not self._leads():
            return
        status = self._status()
        if beats:
            self._next_beat = now + care.heartbeat_interval_s
            self._beat(care, status)
        if mails:
            self._watch(settings, status)

    def _beat(self, care: CareSettings, status: Status) -> None:
        try:
            self._post(care.heartbeat_url, heartbeat.content(care, self._id, status, self._clock.now()))
        except (OSError, ValueError) as error:
            _log.warning("heartbeat: %s", type(error).__name__)

    def _watch(self, settings: Settings, status: Status) -> None:
        """First remembered, then sent: a letter that is lost with the process is better than one every minute."""
        now, care = self._clock.now(), settings.care
        try:
            known = Incident.loads(self._facts.get(FACT))
            troubles = failing(status)
            after, word = step(known, troubles, now, timedelta(minutes=care.mail_after_min))
            if after != known:
                self._facts.set(FACT, after.dumps())
            if word is not None and not self._tell(settings, word, known if word == "over" else after, troubles, now):
                self._next_mail = self._clock.monotonic() + _RETRY_S
                self._facts.set(FACT, (known if word == "over" else Incident(after.since)).dumps())
        except OtimoError as error:
            _log.warning("care: %s", error)

    def _tell(self, settings: Settings, word: Word, incident: Incident, troubles: Any, now: datetime) -> bool:
        care = settings.care
        made = letter(word, settings, incident, troubles, now.astimezone(ZoneInfo(settings.shop.time_zone)))
        try:
            password = self._secrets.get(SECRET) if care.smtp_user else None
            self._send(care, password, made, now)
        except (OSError, ValueError, OtimoError) as error:
            _log.warning("e-mail: %s", type(error).__name__)
            return False
        return True


def care_of(opened: Opened, clock: Clock) -> Care:
    """The care of one shop of the service."""
    return Care(
        opened.profile_id,
        opened.settings,
        opened.engine.status,
        opened.secrets,
        opened.facts,
        clock,
        leads=lambda: bool(opened.leader().get("here")),
    )
