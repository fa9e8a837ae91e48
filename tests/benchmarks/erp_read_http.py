"""What a reading over the ERP's HTTP interface costs, beside fetching and parsing the same pages alone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import requests

from otimo_tray.demo.erp import DemoErp
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.catalogue import RawRow
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http import HttpErp, open_http_erp
from otimo_tray.erp.http.api import PAGE
from tests.benchmarks.shop import check, median

ROUNDS = 5
_ZONE = ZoneInfo("America/Sao_Paulo")


def measure(folder: Path, rows: Mapping[str, RawRow], say: Callable[[str], None]) -> float:
    """Median of: what the connector needs, typed and in Decimal, over what bare requests and JSON need, side by side.

    Both in processor time of this process: in seconds on the clock the server's own work would hide the connector's.

    Args:
        folder: empty; for the ERP's file. rows: what the ERP has, by code.

    Raises:
        CheckError: the connector gave other rows.
    """
    with served(folder, rows) as (erp, address, token):
        warm = _typed(erp)
        check(warm == len(rows), "rows read over HTTP", warm)
        ratios: list[float] = []
        for _ in range(ROUNDS):
            began = time.process_time()
            found = _bare(address, token)
            between = time.process_time()
            read = _typed(erp)
            ended = time.process_time()
            check(found == read == len(rows), "rows read over HTTP", (found, read))
            ratios.append((ended - between) / (between - began))
            say(f"http: bare {between - began:.3f} s, typed {ended - between:.3f} s")
        check({row[0]: row for chunk in erp.read_items().chunks() for row in chunk} == dict(rows), "rows over HTTP")
        return median(ratios)


def peak(folder: Path, rows: Mapping[str, RawRow]) -> int:
    """Bytes that Python holds at most during a reading, rows given on and not kept."""
    with served(folder, rows) as (erp, _, _):
        tracemalloc.start()
        try:
            for chunk in erp.read_items().chunks():
                del chunk
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def _typed(erp: HttpErp) -> int:
    parse = erp.parse_row
    return sum(len([parse(row) for row in chunk]) for chunk in erp.read_items().chunks())


def _bare(address: str, token: str) -> int:
    """The same pages by requests and its JSON alone."""
    items: list[Any] = []
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
            answer = session.get(f"{address}/items", params=query, timeout=60)
            page = cast("dict[str, Any]", answer.json())
            items += page["items"]
            cursor = page["next"]
    return len(items)


@contextmanager
def served(folder: Path, rows: Mapping[str, RawRow]) -> Generator[tuple[HttpErp, str, str]]:
    """The demo ERP with these rows as a process of its own: connector, address, token."""
    data = folder / "http.sqlite"
    demo = DemoErp(data, SystemClock())
    with closing(sqlite3.connect(data)) as connection, connection:
        names = "code, balance, price, promo_price, promo_from, promo_until, name, ean"
        connection.executemany(f"INSERT INTO item ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.values())
    demo.close()
    command = [sys.executable, "-m", "otimo_tray", "--profile-dir", str(folder / "perfil"), "demo-erp"]
    process = subprocess.Popen([*command, "--data", str(data)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = cast("dict[str, str]", json.loads(process.stdout.readline()))
        settings = ErpSettings(kind="http", address=line["address"])
        erp = open_http_erp(settings, line["token"], _ZONE, SystemClock())
        yield erp, line["address"], line["token"]
        erp.close()
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()
