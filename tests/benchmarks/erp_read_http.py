"""The ERP's HTTP interface for the benchmark of readings: the demo ERP as a process of its own, and the bare client."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import requests

from otimo_tray.demo.erp import DemoErp
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http import HttpErp, open_http_erp
from otimo_tray.erp.http.api import PAGE

Product = tuple[str, str, str, str, str]
"""Code, balance, price, name, EAN."""


@contextmanager
def served(folder: Path, products: Iterable[Product]) -> Generator[str]:
    """The demo ERP with these products; gives its place: address and token.

    Args:
        folder: exists; for the ERP's file.
    """
    data = folder / "http.sqlite"
    DemoErp(data, SystemClock()).close()
    with closing(sqlite3.connect(data)) as connection, connection:
        connection.executemany("INSERT INTO item (code, balance, price, name, ean) VALUES (?, ?, ?, ?, ?)", products)
    command = [sys.executable, "-m", "otimo_tray", "--profile-dir", str(folder / "perfil"), "demo-erp"]
    process = subprocess.Popen([*command, "--data", str(data)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = cast("dict[str, str]", json.loads(process.stdout.readline()))
        yield f"{line['address']} {line['token']}"
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def open_place(place: str, zone: ZoneInfo) -> HttpErp:
    """The connector for a place."""
    address, _, token = place.partition(" ")
    return open_http_erp(ErpSettings(kind="http", address=address, timeout_s=900), token, zone, SystemClock())


def bare(place: str) -> int:
    """The same pages by requests and its JSON alone."""
    address, _, token = place.partition(" ")
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
