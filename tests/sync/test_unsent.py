"""The worst age of a change that isn't at the hub yet: through retries, newer values and restarts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest

from otimo_tray.cli.commands import sync as sync_command
from otimo_tray.cli.commands.status import stored_status
from otimo_tray.cli.output import Output
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import FlowSettings
from otimo_tray.domain.status import Flow, Status
from otimo_tray.profile import Profile
from otimo_tray.sync.board import Board
from otimo_tray.sync.engine import FlowReport
from tests.sync.world import World, world

NO_STOCK = {"kind": "500", "method": "PUT", "path": "/skus/000001/stock"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as shop:
        shop.run()
        yield shop


def seen(shop: World) -> Status:
    """The board of a program that has just started."""
    board = Board(shop.clock, shop.settings)
    board.recount(shop.store)
    return board.status(lambda _: None)


def test_it_counts_from_the_first_value_that_did_not_go(shop: World) -> None:
    assert seen(shop).oldest_unsent is None
    shop.fault(NO_STOCK)
    shop.erp.shop.set_balance("000001", 9)
    shop.run()
    first = seen(shop).oldest_unsent
    assert first is not None
    shop.clock.advance(600)
    shop.erp.shop.set_balance("000001", 8)
    shop.erp.shop.set_balance("000002", 8)
    shop.run()
    assert (seen(shop).oldest_unsent, seen(shop).waiting.unsent_values) == (first, 1), "a newer value waits as long"
    shop.clock.advance(3600)
    shop.restart()
    assert seen(shop).oldest_unsent == first
    shop.fault()
    shop.clock.advance(24 * 3600)
    shop.run()
    assert (seen(shop).oldest_unsent, seen(shop).waiting.unsent_values) == (None, 0)


def test_what_a_person_holds_and_what_is_switched_off_is_no_delay(shop: World) -> None:
    shop.erp.shop.set_price("000003", Decimal(90))
    shop.run()
    assert seen(shop).waiting.held == 1
    assert seen(shop).oldest_unsent is None
    shop.fault(NO_STOCK)
    shop.erp.shop.set_balance("000001", 9)
    shop.run()
    assert seen(shop).oldest_unsent is not None
    shop.change(stock=FlowSettings(enabled=False))
    assert (seen(shop).oldest_unsent, seen(shop).waiting.unsent_values) == (None, 0)


def told(profile: Profile, reports: list[FlowReport], flows: list[Flow], **how: bool) -> tuple[int, Any]:
    stream = StringIO()
    output = Output(as_json=how.get("as_json", True), language="pt_BR", stream=stream)
    unsent = sync_command.unsent_values(profile, flows)
    code = sync_command.tell(reports, output, dry_run=False, unsent=unsent)
    return code, json.loads(stream.getvalue()) if how.get("as_json", True) else stream.getvalue()


def test_a_run_that_leaves_values_behind_says_so_and_is_not_all_right(shop: World, tmp_path: Path) -> None:
    """The second run finds the value in back-off: nothing fails, and still it isn't at the hub."""
    profile = Profile(ProfilePaths(tmp_path / "profile"), shop.settings, shop.secrets, shop.clock)
    profile._store = shop.store
    both = [Flow.STOCK, Flow.PRICE]
    code, document = told(profile, list(shop.run(*both).values()), both)
    assert (code, document["ok"]) == (0, True)
    assert document["unsent"] == {"count": 0, "oldest": None, "age_s": None}
    shop.fault(NO_STOCK)
    shop.erp.shop.set_balance("000001", 9)
    shop.run(*both)
    reports = list(shop.run(*both).values())
    assert all(report.ok for report in reports)
    shop.clock.advance(120)
    code, document = told(profile, reports, both)
    assert (code, document["ok"], document["unsent"]["count"]) == (1, False, 1)
    oldest = datetime.fromisoformat(cast(str, document["unsent"]["oldest"]))
    assert document["unsent"]["age_s"] == int((shop.clock.now() - oldest).total_seconds()) >= 120
    assert "Ainda não transmitidos: 1, o mais antigo há 2 min" in told(profile, reports, both, as_json=False)[1]
    assert told(profile, reports, [Flow.PRICE])[0] == 0, "only the flows asked for"
    away = [replace(reports[0], ok=False, code="P-110")]
    assert told(profile, away, both)[0] == 4, "the worse reason counts"
    status = stored_status(profile)
    assert datetime.fromisoformat(status["oldest_unsent"]) == oldest
