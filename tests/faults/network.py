"""A network that lies, a hub that is ill, a clock that jumps: the shop goes on meanwhile, and then all is right."""

from __future__ import annotations

import contextlib
import random
import socket
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from otimo_tray.domain.status import Flow
from otimo_tray.errors import OtimoError
from otimo_tray.sync.timers import RESUME_GRACE_S, Timers
from tests.faults.rows import Row
from tests.faults.shop import CODES, FaultShop, fault_shop
from tests.support.clock import FakeClock

STEP_S = 300.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble: how it begins, for how many runs it lasts, and how many virtual seconds lie between them."""

    name: str
    during: Callable[[FaultShop], contextlib.AbstractContextManager[None]]
    runs: int = 3
    step_s: float = STEP_S


def _rules(*rules: dict[str, Any]) -> Callable[[FaultShop], contextlib.AbstractContextManager[None]]:
    @contextlib.contextmanager
    def during(shop: FaultShop) -> Generator[None]:
        shop.call("POST", "faults", {"rules": list(rules), "add": False})
        try:
            yield
        finally:
            shop.call("POST", "faults", {"rules": [], "add": False})

    return during


@contextlib.contextmanager
def _no_names(shop: FaultShop) -> Generator[None]:
    """DNS is gone. Connections that are open already would go on: they are closed."""
    shop.hub.close()
    shop.restart()
    real = socket.getaddrinfo

    def gone(*_: object, **__: object) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    socket.getaddrinfo = gone
    try:
        yield
    finally:
        socket.getaddrinfo = real


def _clock_set(**difference: float) -> Callable[[FaultShop], contextlib.AbstractContextManager[None]]:
    """Somebody sets this PC's clock; at the end it is set right again."""

    @contextlib.contextmanager
    def during(shop: FaultShop) -> Generator[None]:
        shop.clock.set_wall(shop.clock.now() + timedelta(**difference))
        try:
            yield
        finally:
            shop.clock.set_wall(shop.clock.now() - timedelta(**difference))

    return during


@contextlib.contextmanager
def _asleep(shop: FaultShop) -> Generator[None]:
    shop.clock.sleep_machine(hours=13)
    yield


TROUBLES: Sequence[Trouble] = (
    Trouble("captive portal (HTML with 200)", _rules({"kind": "html", "status": 200})),
    Trouble("redirect to another host", _rules({"kind": "html", "status": 302})),
    Trouble("empty bodies", _rules({"kind": "empty", "status": 200})),
    Trouble("half bodies", _rules({"kind": "truncate"})),
    Trouble("half bodies of every second answer", _rules({"kind": "truncate", "probability": 0.5, "seed": 7})),
    Trouble("DNS gone", _no_names, runs=1),
    Trouble("429 with Retry-After", _rules({"kind": "429", "retry_after": "120"})),
    Trouble("429 with Retry-After, PUTs only", _rules({"kind": "429", "retry_after": "120", "method": "PUT"})),
    Trouble("429 without Retry-After", _rules({"kind": "429"})),
    Trouble("503 for an hour", _rules({"kind": "503"}), runs=12),
    Trouble("a hung call", _rules({"kind": "hang", "method": "PUT", "times": 1, "effect": "before"})),
    Trouble("answers out of order", _rules({"kind": "latency", "seconds": 0.05, "probability": 0.4, "seed": 3})),
    Trouble("answers lost after their effect", _rules({"kind": "lost_answer", "method": "PUT"})),
    Trouble("tokens refused now and then", _rules({"kind": "401", "probability": 0.3, "seed": 5})),
    Trouble("clock set ahead by a day", _clock_set(days=1), runs=2),
    Trouble("clock set back by a day", _clock_set(days=-1), runs=2),
    Trouble("clock set ahead by an hour (DST)", _clock_set(hours=1), runs=2),
    Trouble("PC asleep for a night", _asleep, runs=1),
)


def run_trouble(trouble: Trouble, seed: int) -> Row:
    """The shop's day goes on while the trouble lasts; then two clean runs, and both sides are compared."""
    row = Row(f"network and hub: {trouble.name}", seed=seed)
    started = time.monotonic()
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="otimo-network-") as folder, fault_shop(Path(folder)) as shop:
        shop.settings = replace(shop.settings, hub=replace(shop.settings.hub, read_timeout_s=0.5))
        shop.restart()
        shop.run()
        first = shop.sell(CODES[0], 2)
        shop.clock.advance(STEP_S)
        shop.run()
        _people(shop, rng, first)
        with trouble.during(shop):
            for number in range(trouble.runs):
                if number:
                    _people(shop, rng, None)
                with contextlib.suppress(OtimoError):
                    shop.run()
                row.tried += 1
                shop.clock.advance(trouble.step_s)
        for _ in range(3):  # a PUT that failed over and over waits longer than one interval
            shop.clock.advance(hours=1)
            shop.run()
        row.add(*shop.disagreements())
    row.seconds = time.monotonic() - started
    return row


def _people(shop: FaultShop, rng: random.Random, first: str | None) -> None:
    shop.set_balance(rng.choice(CODES[4:]), rng.randrange(100, 900))
    shop.set_price(rng.choice(CODES), Decimal(rng.randrange(900, 1_200)) / 100)
    shop.sell(CODES[1])
    if first is not None:
        shop.invoice(first)
        shop.type_code(first, "AA123456785BR")


def catch_up(seed: int = 0) -> Row:
    """After a night asleep each flow runs once, after a grace, not once for every run it missed."""
    row = Row("network and hub: one catch-up run after a night", seed=seed)
    clock = FakeClock()
    timers = Timers(clock, dict.fromkeys(Flow, STEP_S))
    timers.due()
    clock.advance(10)
    clock.sleep_machine(hours=13)
    timers.slept()
    ran = dict.fromkeys(Flow, 0)
    early = bool(timers.due())
    for _ in range(int(RESUME_GRACE_S) + 30):
        clock.advance(1)
        for flow in timers.due():
            ran[flow] += 1
    row.tried = len(ran)
    row.add(
        [f"{flow} didn't run" for flow, times in ran.items() if times == 0] + (["no grace"] if early else []),
        [f"{flow} ran {times} times" for flow, times in ran.items() if times > 1],
    )
    return row


def run(seed: int, *, until: float = 0.0) -> list[Row]:
    """Every trouble once."""
    rows = [catch_up(seed)]
    for trouble in TROUBLES:
        if until and time.monotonic() > until:
            break
        rows.append(run_trouble(trouble, seed))
    return rows
