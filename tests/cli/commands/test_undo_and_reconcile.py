"""`undo` and `reconcile` on the command line."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.domain.settings import GuardSettings, Settings
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import ConfigurationError, ItemError
from otimo_tray.profile import Profile
from otimo_tray.sync.running import Parts
from tests.cli.commands.conftest import Shell
from tests.exports.shop import Row, Shop


@pytest.fixture
def shop(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Generator[Shop]:
    """A shop that has synced, and the command line on its profile."""
    found = Shop(tmp_path / "loja")
    found.sync(found.rows)
    shell.profile.close()
    shell.profile = replace(shell.profile, settings=found.settings, clock=found.clock, _store=found.store)

    def note(_: Profile, *flows: str) -> None:
        shell.nudged.extend(flows)

    def parts(_: Profile) -> Callable[[Settings], Parts]:
        def make(_: Settings) -> Parts:
            return Parts(found.hub, found.erp)

        return make

    def nothing(_: Profile) -> Callable[[Settings], None]:
        def look(_: Settings) -> None:
            return None

        return look

    for command in ("undo", "reconcile"):
        monkeypatch.setattr(f"otimo_tray.cli.commands.{command}.nudge", note)
    monkeypatch.setattr("otimo_tray.app.make_parts", parts)
    monkeypatch.setattr("otimo_tray.cli.commands.reconcile.missing_part", nothing)
    yield found
    found.sender.close()
    shell.profile.close()


def more(rows: list[Row], places: range) -> list[Row]:
    return [(c, n, "50" if at in places else s, p) for at, (c, n, s, p) in enumerate(rows)]


def test_undo_says_what_goes_back(shell: Shell, shop: Shop) -> None:
    shop.sync(more(shop.rows, range(3)))
    code, told = shell.json("undo", "--kind", "stock", "--dry-run")
    assert (code, told["dry_run"], shell.nudged) == (0, True, [])
    before = [(row[0], "50", row[2]) for row in shop.rows[:3]]
    assert sorted((v["sku"], v["value"], v["instead"]) for v in told["values"]) == before
    code, text = shell.text("undo", "--kind", "stock")
    assert code == 0
    assert f"P001  50 → {shop.rows[1][2]}" in text
    assert shell.nudged == ["stock"]
    shop.run()
    assert [shop.hub.shown[row[0]].quantity for row in shop.rows[:3]] == [int(row[2]) for row in shop.rows[:3]]
    explained = shell.json("explain", "P001")[1]["values"]["stock"]
    assert (explained["desired"], explained["announced"]) == ("50", shop.rows[1][2])
    for kind in ("stock", "price"):
        with pytest.raises(ItemError) as caught:
            shell.json("undo", "--kind", kind)
        assert caught.value.code == "G-241"


def test_reconcile_lists_and_repairs(shell: Shell, shop: Shop) -> None:
    assert shell.json("reconcile") == (
        0, {"version": 1, "looked": len(shop.rows), "repaired": 0, "diverging": [], "error": None},
    )  # fmt: skip
    shop.hub.edit("P005", quantity=777)
    code, told = shell.json("reconcile")
    assert (code, shell.nudged) == (1, [])
    [entry] = told["diverging"]
    assert (entry["sku"], entry["found"], entry["code"], entry["repaired"]) == ("P005", "777", "S-332", False)
    assert "painel do Plugg.to" in entry["text"]
    shell.profile.settings = shop.settings = replace(
        shop.settings, guards=GuardSettings(repair_divergences=True)
    )  # fmt: skip
    assert shell.json("reconcile")[1]["repaired"] == 1
    assert shell.nudged == ["stock", "price"]
    shop.run()
    assert shop.hub.shown["P005"].quantity == int(shop.rows[5][2])


def test_reconcile_with_the_hub_away_or_nothing_set_up(
    shell: Shell, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.hub.away = True
    code, told = shell.json("reconcile")
    assert (code, told["looked"]) == (4, 0)
    assert told["error"]["code"]

    def missing(_: Profile) -> Callable[[Settings], Trouble]:
        def look(_: Settings) -> Trouble:
            return Trouble("C-420", {"name": "hub.password"})

        return look

    monkeypatch.setattr("otimo_tray.cli.commands.reconcile.missing_part", missing)
    with pytest.raises(ConfigurationError):
        shell.json("reconcile")
