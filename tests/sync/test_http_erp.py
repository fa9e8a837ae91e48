"""The engine over an ERP that tells changes: each counts once, a quiet cycle asks once, and half a picture is held."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from otimo_tray.demo.erp.http_server import ErpServer
from otimo_tray.demo.erp.http_server_wire import Answer, Request
from otimo_tray.domain.settings import ErpSettings, GuardSettings
from otimo_tray.domain.status import Flow
from otimo_tray.erp.http import open_http_erp
from tests.sync.world import CODES, LosingErp, World, world

VALUES = (Flow.STOCK, Flow.PRICE)


class Counted(ErpServer):
    """Notes what is asked."""

    def __init__(self, erp: LosingErp, here: World) -> None:
        super().__init__(erp, here.clock, "token")
        self.asked: list[str] = []
        answer = self.routes.answer

        def noted(request: Request) -> Answer:
            since = "changes" if "updated_since" in request.query else "all"
            found = answer(request)
            self.asked.append(f"{since} {found.status}" if request.path == "/items" else request.path)
            return found

        self.routes.answer = noted


@pytest.fixture
def shop(tmp_path: Path) -> Generator[tuple[World, LosingErp, Counted]]:
    with world(tmp_path, guards=GuardSettings(minimum_items=2, changes_percent=100, zero_percent=100)) as here:
        demo = here.erp
        server = Counted(demo, here)
        server.start()
        erp = open_http_erp(
            ErpSettings(kind="http", address=server.address), "token", ZoneInfo("America/Sao_Paulo"), here.clock
        )
        here.erp = cast(Any, erp)
        try:
            here.run(*VALUES)
            here.puts()
            yield here, demo, server
        finally:
            here.erp = demo
            erp.close()
            server.stop()


def test_a_change_is_one_put_and_a_quiet_cycle_one_question(shop: tuple[World, LosingErp, Counted]) -> None:
    here, demo, server = shop
    server.asked.clear()
    demo.shop.set_balance(CODES[0], 7)
    here.run(*VALUES)
    assert here.puts() == 1
    assert here.hub_sku(CODES[0])["quantity"] == 7
    here.run(*VALUES)
    here.run(*VALUES)
    assert here.puts() == 0
    assert server.asked == ["changes 200", "changes 200", "changes 304"]


def test_the_moment_of_the_balance_moves_on_while_nothing_changes(shop: tuple[World, LosingErp, Counted]) -> None:
    here, _, _ = shop
    for _ in range(3):
        here.clock.advance(300)
        asked = here.clock.now()
        here.run(*VALUES)
        last = here.store.values.last_reading()
        assert last is not None
        assert last.as_of >= asked


def test_half_a_picture_is_held_also_after_changes_alone_were_read(shop: tuple[World, LosingErp, Counted]) -> None:
    here, demo, _ = shop
    demo.shop.set_balance(CODES[0], 7)
    here.run(*VALUES)
    here.puts()
    with closing(sqlite3.connect(here.folder / "erp.db")) as connection, connection:
        connection.execute("DELETE FROM item WHERE code > ?", (CODES[1],))
    here.run(*VALUES)
    assert [plan.guard for plan in here.store.held.list()] == ["G-202"]
    assert here.puts() == 0
    assert here.hub_sku(CODES[5])["quantity"] == 20
