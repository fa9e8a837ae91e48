"""A hundred shops of 2,000 SKUs each in one service: how long a round of all of them takes, and what a shop costs.

The service is the shipped command as a process of its own (`otimo-tray run --profiles`), its state lies in a real
PostgreSQL, a schema a shop; the hubs are simulators, the ERPs exchange folders. A round is every flow of every shop
once, all asked for at the same moment: in a day's work it is spread over five minutes.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import requests

from otimo_tray.desktop import ipc
from otimo_tray.errors import AlreadyRunning
from otimo_tray.service.places import service_paths
from tests.benchmarks import outside
from tests.benchmarks.many_ground import SHOPS, Ground, Shop, start_hubs
from tests.benchmarks.shop import Stopwatch, check
from tests.servers import NotInstalledError, PostgreSql
from tests.servers.server import PASSWORD

_QUIET = 3
_LONGEST_S = 900.0
_STILL_S = 8.0
"""A sheet must be later than the last one by its own time, and have kept still for a second."""
_SETTLED_S = 45.0
"""Longer than the service waits before it gives free memory back."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Many:
    """Seconds of a quiet and of a changed round, MB a shop; the rest for the record."""

    quiet_s: float
    changed_s: float
    mb_per_shop: float
    first_s: float
    one_mb: float
    all_mb: float
    cpu_quiet_s: float
    server_cpu_quiet_s: float
    cpu_changed_s: float
    server_cpu_changed_s: float
    connections: int
    threads: int
    database_mb_per_shop: float
    backend_mb: float
    """Memory of the database's largest process, what all share apart."""


def measure(seed: int, say: Say, folder: Path) -> Many:
    """Raises CheckError when a hub doesn't show what its ERP says; outside.AbsentError without PostgreSQL."""
    server = PostgreSql()
    try:
        server.start()
    except NotInstalledError as error:
        raise outside.AbsentError(str(error)) from None
    try:
        address = server.new_database()
        with start_hubs(folder, seed) as hubs:
            ground = Ground(folder, address.replace(f":{PASSWORD}@", "@"), seed, hubs)
            return _measure(ground, server, say)
    finally:
        server.stop()


def _measure(ground: Ground, server: PostgreSql, say: Say) -> Many:
    shops = [ground.make(0)]
    with _service(ground) as service:
        _round(service, shops, "the first shop's first cycle")
        _round(service, shops, "the first shop's second cycle")
        time.sleep(_SETTLED_S)
        one_mb = service.rss_mb()
        say(f"one shop: {one_mb:.0f} MB")
        shops += [ground.make(number) for number in range(1, SHOPS)]
        with Stopwatch() as first:
            _until(lambda: len(service.status()["shops"]) == SHOPS, "all shops found")
            _round(service, shops, "every shop's first cycle")
        _check_hubs(shops, "after the first cycles")
        say(f"first cycles of {SHOPS} shops: {first.seconds:.1f} s")
        _forget(shops)
        spent, database = service.cpu_s(), _cpu_of_server(server)
        quiet = min(_quiet_round(service, shops) for _ in range(_QUIET))
        spent, database = (service.cpu_s() - spent) / _QUIET, (_cpu_of_server(server) - database) / _QUIET
        check(_puts(shops) == 0, "PUTs in quiet rounds", _puts(shops))
        say(f"quiet round: {quiet:.1f} s, of it the service's processor {spent:.1f} s, the database's {database:.1f} s")
        expected = sum(shop.change(ground.seed) for shop in shops)
        time.sleep(_STILL_S)
        busy, stored = service.cpu_s(), _cpu_of_server(server)
        changed = _round(service, shops, "a changed round")
        busy, stored = service.cpu_s() - busy, _cpu_of_server(server) - stored
        check(_puts(shops) == expected, "PUTs of the changed round", f"{_puts(shops)} instead of {expected}")
        _check_hubs(shops, "after the changed round")
        say(f"changed round: {changed:.1f} s for {expected} values")
        time.sleep(_SETTLED_S)
        all_mb = service.rss_mb()
        with server.connect(ground.address.rpartition("/")[2]) as connection:
            query = (
                "SELECT count(*), pg_database_size(current_database()) FROM pg_stat_activity WHERE datname IS NOT NULL"
            )
            connections, size = connection.execute(query).fetchone()
        found = Many(
            quiet, changed, (all_mb - one_mb) / (SHOPS - 1), first.seconds, one_mb, all_mb,
            spent, database, busy, stored, connections - 1, service.threads(), size / 1e6 / SHOPS,
            _largest_backend_mb(server),
        )  # fmt: skip
        say(str(found))
        return found


class _Service:
    """The running service, seen from outside."""

    def __init__(self, process: subprocess.Popen[bytes], profiles: Path, log: Path) -> None:
        self.process = process
        self._paths = service_paths(profiles)
        self._log = log

    def ask(self, command: str, **arguments: object) -> Any:
        check(self.process.poll() is None, "the service ended", self._log.read_text("utf-8", "replace")[-2_000:])
        try:
            reply = ipc.ask(self._paths, command, dict(arguments), seconds=60)
        except AlreadyRunning:
            return None
        return reply.result if reply.ok else None

    def status(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self.ask("status_all") or {"shops": []})

    def rss_mb(self) -> float:
        return outside.memory_mb(self.process.pid)

    def threads(self) -> int:
        return outside.told(self.process.pid, "status", "Threads")

    def cpu_s(self) -> float:
        return outside.processor_s(self.process.pid)


def _cpu_of_server(server: PostgreSql) -> float:
    """Seconds of processor of the database's processes: of those that live, and of those that ended."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                words = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(entry.name) == server.pid:
                    ticks += sum(map(int, words[11:15]))
                elif int(words[1]) == server.pid:
                    ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _largest_backend_mb(server: PostgreSql) -> float:
    found = [0.0]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, outside.AbsentError):
                if outside.told(int(entry.name), "status", "PPid") == server.pid:
                    found.append(outside.memory_mb(int(entry.name), "RssAnon"))
    return max(found)


@contextlib.contextmanager
def _service(ground: Ground) -> Generator[_Service]:
    log = ground.folder / "saida.txt"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "otimo_tray", "run", "--profiles", str(ground.profiles), "--service-credentials"],
            stdout=output,
            stderr=output,
            env={**os.environ, "CREDENTIALS_DIRECTORY": str(ground.credentials)},
        )
    try:
        yield _Service(process, ground.profiles, log)
    finally:
        process.terminate()
        process.wait(60)


def _until(ready: Callable[[], bool], what: str, pause: float = 0.5) -> None:
    deadline = time.monotonic() + _LONGEST_S
    while not ready():
        check(time.monotonic() < deadline, "waited too long for", what)
        time.sleep(pause)


def _successes(service: _Service) -> dict[str, dict[str, str]]:
    return {
        shop["name"]: {flow: entry["last_success"] or "" for flow, entry in shop["flows"].items()}
        for shop in service.status()["shops"]
    }


def _round(service: _Service, shops: list[Shop], what: str) -> float:
    """Every flow of every shop once, asked for now; answers the seconds until the last one is through."""
    names = {shop.name for shop in shops}
    _until(
        lambda: names <= {one["name"] for one in service.status()["shops"] if one["leader"] and one["leader"]["here"]},
        what,
    )
    before = _successes(service)
    began = time.monotonic()
    for shop in shops:
        service.ask("sync", shop=str(shop.profile))
    last: dict[str, Mapping[str, str]] = {}

    def through() -> bool:
        last.update(_successes(service))
        return all(
            last[name].get(flow, "") > before[name].get(flow, "")
            for name in names
            for flow in ("stock", "price", "orders", "invoices", "tracking")
        )

    _until(through, f"{what}: {[one for one in service.status()['shops'] if one['trouble']][:3]}")
    return time.monotonic() - began


def _quiet_round(service: _Service, shops: list[Shop]) -> float:
    """The ERPs write the same rows anew, as they do: all are read and compared, and nothing is to be sent."""
    for shop in shops:
        shop.write_sheet()
    time.sleep(_STILL_S)
    return _round(service, shops, "a quiet round")


def _forget(shops: list[Shop]) -> None:
    for shop in shops:
        shop.hub.forget_requests()


def _puts(shops: list[Shop]) -> int:
    return sum(
        number for shop in shops for call, number in shop.hub.requests_made().items() if call.startswith("PUT /skus/")
    )


def _check_hubs(shops: list[Shop], when: str) -> None:
    """Every hub shows what its ERP says."""
    for shop in shops:
        answer = requests.get(f"{shop.hub.address}/_sim/skus?limit=5000", timeout=60).json()
        shown = {
            entry["sku"]: (int(entry["quantity"]), Decimal(str(entry["special_price"])).quantize(Decimal("0.01")))
            for entry in answer["skus"]
        }
        wrong = [sku for sku, value in shop.rows.items() if shown.get(sku) != value]
        check(
            not wrong and len(shown) == len(shop.rows),
            f"{shop.name} {when}: SKUs",
            [(sku, shop.rows[sku], shown.get(sku)) for sku in wrong[:3]],
        )
