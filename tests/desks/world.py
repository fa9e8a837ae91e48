"""The shop of three desks: each a real process with a profile of its own and its own way to the server."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from otimo_tray.store.shared.line import Line
from otimo_tray.store.shared.server import Server
from tests.desks.ears import Ears, Heard
from tests.faults.kill import Busy
from tests.process.conftest import CALM
from tests.process.world import Hub, Shop, start_hub, stop_hub
from tests.servers.door import Door
from tests.servers.postgresql import PostgreSql
from tests.servers.server import PASSWORD

NAMES = ("Caixa", "Estoque", "Escritorio")
SCHEMA = "loja"
PRODUCTS = 40
LATENCY_S = 0.08
"""The hub takes so long for an answer: a fault mostly meets requests on their way."""
_TIMERS = "".join(f"[{flow}]\ninterval_s = 2\n" for flow in ("stock", "price", "orders", "invoices", "tracking"))
_HISTORY = f"""
CREATE TABLE IF NOT EXISTS public.led (number integer PRIMARY KEY, desk text NOT NULL, at double precision NOT NULL);
CREATE OR REPLACE FUNCTION public.note_led() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.led VALUES (NEW.number, NEW.desk, extract(epoch FROM clock_timestamp())) ON CONFLICT DO NOTHING;
  RETURN NEW;
END$$;
CREATE TRIGGER note_led AFTER UPDATE ON {SCHEMA}.lease FOR EACH ROW WHEN (NEW.number > OLD.number)
  EXECUTE FUNCTION public.note_led()
"""


@dataclass
class Desk:
    """One PC."""

    name: str
    shop: Shop
    door: Door
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    frozen: bool = False

    def start(self) -> None:
        """Starts the desk and waits until it says so."""
        command = [sys.executable, "-m", "tests.desks.desk_process", *self.shop.command("run")[3:]]
        log = (self.shop.profile.parent / f"{self.name}.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, env=self.environment, cwd=_ROOT
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert b"started" in line, self.log()

    def log(self) -> str:
        return (self.shop.profile.parent / f"{self.name}.log").read_text("utf-8", "replace")[-3000:]

    def kill(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()

    def freeze(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        self.frozen = True

    def thaw(self) -> None:
        if self.frozen and self.process is not None:
            self.process.send_signal(signal.SIGCONT)
        self.frozen = False

    def cut(self) -> None:
        """Nothing goes through the cable any more, and nobody is told."""
        self.door.set("dead")

    def mend(self) -> None:
        """The cable is whole again; what went through it before has run into its time-outs meanwhile."""
        self.door.set("cut")
        for held in list(self.door._held):
            held.close()
        self.door._held.clear()
        self.door.set("open")

    def end(self) -> None:
        """An orderly end."""
        process, self.process = self.process, None
        if process is not None:
            process.terminate()
            try:
                process.communicate(timeout=40)
            finally:
                process.kill()
                process.wait()
            assert process.returncode == 0, self.log()


_ROOT = Path(__file__).resolve().parents[2]


@dataclass
class ThreeDesks:
    """Attributes:
    busy: what people do at hub and ERP, and the comparison in the end.
    typed_at: how many codes were acknowledged at each desk. tried: the code of every order that one was typed for.
    """

    hub: Hub
    ears: Ears
    server: Server
    desks: list[Desk]
    busy: Busy
    rng: random.Random
    typed_at: dict[str, int] = field(default_factory=dict[str, int])
    tried: dict[str, str] = field(default_factory=dict[str, str])

    # --- who leads ---------------------------------------------------------------------------------------------------

    def ask(self, statement: str) -> list[tuple[str | None, ...]]:
        line = Line(self.server)
        try:
            return line.ask(statement, 20)[-1].rows
        finally:
            line.close()

    def history(self) -> list[tuple[int, str, float]]:
        """(number, desk, taken at) of every lease so far."""
        rows = self.ask("SELECT number, desk, at FROM public.led ORDER BY number")
        return [(int(number or 0), desk or "", float(at or 0)) for number, desk, at in rows]

    def leader(self, wait: float = 60.0) -> tuple[Desk, int]:
        """The desk that leads now and its lease's number."""
        ends = time.monotonic() + wait
        while time.monotonic() < ends:
            row = self.ask(f"SELECT number, desk FROM {SCHEMA}.lease WHERE backend <> 0")
            if row:
                return next(desk for desk in self.desks if desk.name == row[0][1]), int(row[0][0] or 0)
            time.sleep(0.05)
        raise AssertionError(f"nobody leads: {[desk.log() for desk in self.desks]}")

    def led_after(self, number: int, wait: float = 60.0) -> tuple[int, float]:
        """The next lease than `number`, and when it was taken."""
        ends = time.monotonic() + wait
        while time.monotonic() < ends:
            later = [(other, at) for other, _, at in self.history() if other > number]
            if later:
                return later[0]
            time.sleep(0.1)
        raise AssertionError(f"nobody took over: {[desk.log() for desk in self.desks]}")

    # --- people ------------------------------------------------------------------------------------------------------

    def sell(self, orders: int) -> None:
        """Customers buy; what the ERP got so far is taken, invoiced and so fit for a code."""
        busy = self.busy
        for _ in range(orders):
            sku = self.rng.choice(sorted(busy.rows))
            body = {"sku": sku, "quantity": 1, "status": "approved", "force": True}
            busy.sold.add(cast("dict[str, Any]", self.hub.post("/_sim/sell", body))["Order"]["id"])
        busy.take_orders()
        for hub_id in [one for one in busy.lines if one not in busy.keys]:
            busy.invoice(hub_id)
        busy.write()

    def change_everything(self) -> None:
        """Every balance and price moves: the leader has something to send for a while."""
        for sku, (units, cents) in self.busy.rows.items():
            self.busy.rows[sku] = (units + self.rng.randrange(1, 4), max(500, cents + self.rng.randrange(-20, 40)))
        self.busy.write()

    def warm_up(self, orders: int, wait: float = 60.0) -> None:
        """Until so many orders are invoiced."""
        self.sell(orders)
        ends = time.monotonic() + wait
        while len(self.busy.keys) < orders:
            assert time.monotonic() < ends, [desk.log() for desk in self.desks]
            time.sleep(0.5)
            self.sell(0)

    def type_codes(self) -> None:
        """A code at each desk at the same time, through the command line; only what it acknowledged counts as typed."""
        waiting = [hub_id for hub_id in self.busy.keys if hub_id not in self.busy.codes]
        desks = [desk for desk in self.desks if not desk.frozen]
        self.rng.shuffle(desks)
        jobs: list[tuple[Desk, str, str]] = []
        for desk, hub_id in zip(desks, waiting, strict=False):
            # A code whose answer got lost is typed again as it was: it may be there already.
            code = self.tried.setdefault(hub_id, f"JAD{len(self.tried):09d}")
            jobs.append((desk, hub_id, code))
        with ThreadPoolExecutor(len(self.desks)) as pool:
            for (desk, hub_id, code), done in zip(jobs, pool.map(_type, jobs), strict=True):
                if done:
                    self.busy.codes[hub_id] = code
                    self.typed_at[desk.name] = self.typed_at.get(desk.name, 0) + 1

    # --- what the hub heard ------------------------------------------------------------------------------------------

    def under_old_leases(self) -> list[str]:
        """Requests that a desk began after another one had taken over."""
        taken = [(number, at) for number, _, at in self.history()]
        wrong: list[str] = []
        for heard in self.ears.heard():
            over = min((at for number, at in taken if number > heard.lease), default=None)
            if heard.lease and over is not None and (heard.left > over or heard.came > over + _ON_THE_WAY_S):
                wrong.append(
                    f"{heard.method} {heard.path} under lease {heard.lease}, {heard.left - over:.2f} s after the next"
                )
        return wrong

    def unsigned(self) -> list[str]:
        """What was sent and isn't recorded under the lease that its desk held then."""
        rows = self.ask(
            f"SELECT sku, kind, lease, at FROM {SCHEMA}.sent_value sent WHERE NOT EXISTS (SELECT 1 FROM public.led"
            " WHERE led.number = sent.lease AND extract(epoch FROM sent.at::timestamptz) >= led.at - 1)"
            f" UNION ALL SELECT code, 'tracking', lease, sent_at FROM {SCHEMA}.tracking WHERE sent_at IS NOT NULL"
            " AND lease NOT IN (SELECT number FROM public.led)"
        )
        return [f"{kind} {item} was sent under lease {lease} at {at}" for item, kind, lease, at in rows]

    def sent_twice(self) -> list[str]:
        """Codes that went up in more than one PUT."""
        puts = [heard for heard in self.ears.heard() if heard.method == "PUT" and heard.path.startswith("/orders/")]
        return [
            f"code {code} of {hub_id} was sent {times} times"
            for hub_id, code in self.busy.codes.items()
            if (times := sum(1 for put in puts if _is_first(put, hub_id, code))) > 1
        ]


_ON_THE_WAY_S = 1.0
"""A request that left in time may be noted here a little later: the machine is busy."""


def _is_first(put: Heard, hub_id: str, code: str) -> bool:
    return hub_id in put.path and code.encode() in put.body


def _type(job: tuple[Desk, str, str]) -> bool:
    desk, hub_id, code = job
    sheet = desk.shop.profile.parent / f"codigos-{desk.name}.csv"
    sheet.write_text(f"pedido;codigo;transportadora\n{hub_id};{code};Jadlog\n", "utf-8")
    try:
        told = desk.shop.run("tracking", "import", str(sheet), expect=None)
    except json.JSONDecodeError:
        return False
    rows = cast("list[dict[str, Any]]", told.get("rows", []))
    return bool(told.get("applied")) and [row["outcome"] for row in rows] in (["new"], ["same"])


@contextmanager
def three_desks(
    folder: Path, postgres: PostgreSql, seed: int, *, haste: float = 1.0, fence: str = ""
) -> Generator[ThreeDesks]:
    """The shop, configured, in step, all three desks running."""
    address = postgres.new_database()
    bare = address.replace(f":{PASSWORD}@", "@")
    server = Server(bare, PASSWORD)
    hub = start_hub(folder, "--products", str(PRODUCTS), "--orders", "0", "--seed", "5")
    ears = Ears(int(hub.address.rpartition(":")[2]))
    environment = {**os.environ, "DESKS_HASTE": str(haste), "DESKS_FENCE": fence}
    desks: list[Desk] = []
    rng = random.Random(seed)
    try:
        exchange = folder / "pasta"
        exchange.mkdir()
        for name in NAMES:
            door = Door(postgres.port)
            (folder / name).mkdir()
            near = Hub(hub.process, f"http://127.0.0.1:{ears.port}", hub.first_line)
            desks.append(Desk(name, Shop(near, folder / name / "perfil", exchange), door, environment))
        busy = Busy(desks[0].shop, rng, dict.fromkeys(sorted(hub.skus()), (500, 9_990)))
        busy.write()
        for desk in desks:
            place = bare.replace(f":{postgres.port}/", f":{desk.door.port}/")
            state = f'[state]\nkind = "postgresql"\naddress = "{place}"\nschema = "{SCHEMA}"\ndesk = "{desk.name}"\n'
            secrets = json.loads(hub.first_line) | {"state_password": PASSWORD}
            desk.shop.setup(CALM + _TIMERS + state, secrets=json.dumps(secrets))
        desks[0].start()
        world = ThreeDesks(hub, ears, server, desks, busy, rng)
        world.ask(_HISTORY)
        hub.post("/_sim/latency", {"seconds": LATENCY_S})
        world.ask(
            f"INSERT INTO public.led SELECT number, desk, extract(epoch FROM clock_timestamp()) FROM {SCHEMA}.lease"
        )
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Desk.start, desks[1:]))
        yield world
        for desk in desks:
            desk.thaw()
            desk.mend()
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(Desk.end, desks))
    finally:
        for desk in desks:
            desk.kill()
            desk.door.close()
        ears.close()
        stop_hub(hub)
        server.close()
        with contextlib.suppress(Exception):
            postgres.drop_database(address)
