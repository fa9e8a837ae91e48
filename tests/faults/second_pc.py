"""A second PC with the same credentials, at a hub where each log-in ends the one before: suspected and said."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from otimo_tray.errors import OtimoError
from otimo_tray.pluggto.client import PluggtoHub
from otimo_tray.sync.board import heals
from tests.faults.rows import Row
from tests.faults.shop import CODES, FaultShop, fault_shop
from tests.support.memory_secrets import MemorySecrets

SUSPECTED = "P-103"
CYCLES = 36
STEP_S = 300.0
_MOST_LOG_INS = 16
"""In three hours: some before the suspicion, then four an hour."""


@contextlib.contextmanager
def _rival(shop: FaultShop) -> Generator[PluggtoHub]:
    """The other PC: its own keyring with the same credentials, its own token."""
    secrets = MemorySecrets({name: value for name, value in shop.secrets.values.items() if name != "hub.token"})
    hub = PluggtoHub(shop.settings.hub, secrets, shop.clock)
    try:
        yield hub
    finally:
        hub.close()


def run(seed: int = 0, *, cycles: int = CYCLES) -> Row:
    """Both work for so many cycles (three hours); then the other one is switched off."""
    row = Row("second PC with the same credentials", seed=seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="otimo-rival-") as folder, fault_shop(Path(folder)) as shop:
        shop.call("POST", "switches", {"one_login_alive": True})
        shop.run()
        said: set[str] = set()
        before = shop.hub.session.log_ins
        with _rival(shop) as rival:
            for number in range(cycles):
                shop.set_balance(CODES[number % 9], 100 + number)
                with contextlib.suppress(OtimoError):
                    rival.check_login()
                said |= {report.code for report in shop.run().values() if report.code}
                shop.clock.advance(STEP_S)
                row.tried += 1
        if SUSPECTED not in said:
            row.add([f"the second PC was never said to be suspected, only {sorted(said)}"])
        if heals(SUSPECTED):
            row.add(["the suspicion shows as something that heals by itself"])
        log_ins = shop.hub.session.log_ins - before
        if log_ins > _MOST_LOG_INS * 2:  # a log-in may take two calls: the refresh, then the password
            row.add([], [f"{log_ins} log-ins in three hours"])
        for _ in range(4):
            shop.clock.advance(STEP_S)
            shop.run()
        shop.clock.advance(STEP_S)
        last = shop.run()
        row.add(*shop.disagreements())
        row.add([f"still {report.code}" for report in last.values() if report.code])
    row.seconds = time.monotonic() - started
    return row
