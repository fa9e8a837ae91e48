"""A shop's care with everything outside of it recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from otimo_tray.domain.settings import CareSettings, Settings, ShopSettings
from otimo_tray.domain.status import Flow, FlowStatus, State, Status, Trouble, Waiting
from otimo_tray.service import mail
from otimo_tray.service.care import Care
from tests.service.world import MemoryFacts
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets

MAIL = CareSettings(shop="Loja Centro", mail_to="ana@loja.com.br", smtp_server="127.0.0.1", smtp_security="none")


class Shop:
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
