"""Many shops under one supervisor, in virtual time: found, let go of, and none in another's way."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.errors import AlreadyRunning, ConfigurationError, HubAway, HubRefusedLogin, OtimoError, StoreDamaged
from tests.service.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def _runs(world: World) -> Counter[str]:
    return Counter(name for name, _ in world.ran)


def test_first_cycles_are_spread_and_later_ones_keep_their_distance(world: World) -> None:
    for number in range(100):
        world.add(f"{number:03}")
    supervisor = world.supervisor()
    world.play(supervisor, 310)
    firsts = [next(at for shop, at in world.ran if shop == f"{number:03}") for number in range(100)]
    assert len(set(firsts[3:])) == 97, "never two first cycles in the same second, the first few apart"
    assert max(firsts) - min(firsts) == pytest.approx(288, abs=3)
    world.play(supervisor, 600)
    assert set(_runs(world).values()) <= {3, 4}


def test_a_new_profile_is_taken_up_and_a_removed_one_let_go_within_a_minute(world: World) -> None:
    world.add("a")
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    world.add("b")
    world.play(supervisor, 60)
    assert _runs(world)["b"] == 1
    world.remove("a")
    world.play(supervisor, 60)
    assert world.engines["a"].stopped
    assert world.closed == ["a"]
    assert [shop.name for shop in supervisor.shops()] == ["b"]
    before = _runs(world)["a"]
    world.play(supervisor, 400)
    assert _runs(world)["a"] == before
    assert _runs(world)["b"] == 2
    world.add("a")
    world.play(supervisor, 60)
    assert _runs(world)["a"] == before + 1, "and taken up again when it comes back"


def test_a_profile_whose_run_hangs_while_it_is_removed_keeps_its_lock_until_it_ended(world: World) -> None:
    world.add("a")
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    world.hangs_at_stop["a"] = True
    world.remove("a")
    world.play(supervisor, 60)
    assert not world.closed
    world.hangs_at_stop["a"] = False
    world.play(supervisor, 60)
    assert world.closed == ["a"]


def test_an_unreadable_folder_of_profiles_stops_nobody(world: World, tmp_path: Path) -> None:
    world.add("a")
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    world.parent = tmp_path / "away"
    world.play(supervisor, 400)
    assert _runs(world)["a"] == 2


@pytest.mark.parametrize(
    ("error", "condition"),
    [
        (ConfigurationError("C-404", file="settings.toml", reason="TOMLDecodeError"), "attention"),
        (StoreDamaged("L-322"), "attention"),
        (AlreadyRunning(), "attention"),
        (OtimoError("L-310", detail="x"), "away"),
    ],
)
def test_a_shop_that_cannot_be_opened_shows_it_alone_and_is_tried_with_back_off(
    world: World, error: OtimoError, condition: str
) -> None:
    world.add("bad")
    world.add("good")
    world.refuse["bad"] = error
    supervisor = world.supervisor()
    world.play(supervisor, 600)
    tries = [at for name, at in world.tried if name == "bad"]
    gaps = [round(later - earlier) for earlier, later in itertools.pairwise(tries)]
    assert gaps[:4] == [30, 60, 120, 240]
    assert world.entry(supervisor, "bad")["condition"] == condition
    assert world.entry(supervisor, "bad")["trouble"]["code"] == error.code
    assert world.entry(supervisor, "good")["condition"] == "ok"
    assert _runs(world)["good"] == 3
    del world.refuse["bad"]
    world.play(supervisor, 900)
    assert world.entry(supervisor, "bad")["condition"] == "ok"
    assert _runs(world)["bad"] >= 1


@pytest.mark.logs_errors("a run ended with a bug")
def test_a_bug_in_one_shop_is_its_own_and_it_holds_back(world: World) -> None:
    world.add("bad")
    world.add("good")
    bugs = True

    def work(name: str) -> None:
        if name == "bad" and bugs:
            raise ZeroDivisionError

    world.work = work
    supervisor = world.supervisor()
    world.play(supervisor, 2)
    entry = world.entry(supervisor, "bad")
    assert entry["trouble"]["code"] == "X-000"
    assert entry["condition"] == "attention"
    assert world.entry(supervisor, "good")["condition"] == "ok"
    world.engines["bad"].sync_now()
    world.play(supervisor, 20)
    assert _runs(world)["bad"] == 1, "not again and again"
    world.play(supervisor, 20)
    assert _runs(world)["bad"] == 2, "but after half a minute"
    bugs = False
    world.play(supervisor, 400)
    assert world.entry(supervisor, "bad")["condition"] == "ok"


@pytest.mark.logs_errors("a run ended with a bug")
def test_a_state_found_damaged_in_a_run_is_opened_anew(world: World) -> None:
    world.add("a")
    mended_by = 2

    def work(name: str) -> None:
        if len(world.tried) < mended_by:
            raise StoreDamaged("L-322")

    world.work = work
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    assert world.closed == ["a"]
    assert [name for name, _ in world.tried] == ["a", "a"]
    assert world.entry(supervisor, "a")["condition"] == "ok"
    mended_by = 6
    world.play(supervisor, 300)
    assert len(world.tried) == 3
    world.play(supervisor, 120)
    assert len(world.tried) == 5, "opened anew at once, then with back-off"


def test_a_refused_log_in_and_an_absent_hub_show_in_their_shop_alone(world: World) -> None:
    for name in ("refused", "away", "good"):
        world.add(name)
    errors: dict[str, OtimoError] = {"refused": HubRefusedLogin(), "away": HubAway()}
    world.work = errors.get
    supervisor = world.supervisor()
    world.play(supervisor, 60)
    found = {name: world.entry(supervisor, name) for name in ("refused", "away", "good")}
    assert {name: entry["condition"] for name, entry in found.items()} == {
        "refused": "attention",
        "away": "away",
        "good": "ok",
    }
    assert found["refused"]["trouble"]["code"] == "P-101"
    whole = supervisor.dispatch("status_all", {})
    assert whole["condition"] == "attention"
    assert whole["counts"] == {"ok": 1, "away": 1, "attention": 1}


def test_changed_settings_are_taken_over_and_wrong_ones_told_while_the_shop_goes_on(world: World) -> None:
    folder = world.add("a")
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    world.settings["a"] = replace(Settings(), retention_days=7)
    _touch(folder, 1)
    world.play(supervisor, 60)
    assert world.engines["a"].settings.retention_days == 7
    world.settings["a"] = ConfigurationError("C-404", file="settings.toml", reason="x")
    _touch(folder, 2)
    world.play(supervisor, 60)
    assert world.engines["a"].settings.retention_days == 7
    assert world.entry(supervisor, "a")["trouble"]["code"] == "C-404"
    before = _runs(world)["a"]
    world.play(supervisor, 400)
    assert _runs(world)["a"] > before
    world.settings["a"] = Settings()
    _touch(folder, 3)
    world.play(supervisor, 60)
    assert world.entry(supervisor, "a")["condition"] == "ok"


def test_a_shop_whose_state_moves_while_a_run_hangs_is_opened_there_once_it_ended(world: World) -> None:
    folder = world.add("a")
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    world.hangs_at_stop["a"] = True
    world.settings["a"] = replace(Settings(), state=StateSettings("postgresql", "postgresql://u@h/d"))
    _touch(folder, 1)
    world.play(supervisor, 60)
    assert not world.closed
    world.hangs_at_stop["a"] = False
    world.play(supervisor, 60)
    assert world.closed == ["a"]
    assert [name for name, _ in world.tried] == ["a", "a"]
    before = _runs(world)["a"]
    world.play(supervisor, 400)
    assert _runs(world)["a"] > before


def _touch(folder: Path, step: int) -> None:
    os.utime(folder / "settings.toml", (step * 1000, step * 1000))


def test_a_flow_that_has_not_gone_well_for_long_is_late(world: World) -> None:
    world.add("a")
    supervisor = world.supervisor()
    world.play(supervisor, 10)
    world.work = lambda _name: HubAway()
    world.play(supervisor, 1700)
    assert world.entry(supervisor, "a")["late"] == []
    world.play(supervisor, 400)
    entry = world.entry(supervisor, "a")
    assert entry["condition"] == "away"
    assert set(entry["late"]) == {"stock", "price", "orders", "invoices", "tracking"}
    assert entry["last_cycle_age_s"] == pytest.approx(2100, abs=15)
    assert supervisor.dispatch("status_all", {})["late"] == 1


def test_a_command_reaches_its_shop_alone(world: World) -> None:
    folder = world.add("a")
    world.add("b")
    supervisor = world.supervisor()
    world.play(supervisor, 1)
    assert supervisor.dispatch("wake", {"shop": str(folder), "flows": ["stock"]}) == {
        "shop": "a",
        "command": "wake",
        "flows": ["stock"],
    }
    with pytest.raises(OtimoError, match="C-451"):
        supervisor.dispatch("wake", {"shop": str(world.parent / "c")})
    with pytest.raises(OtimoError, match="C-451"):
        supervisor.dispatch("wake", {})


def test_stopping_ends_every_shop(world: World) -> None:
    for name in ("a", "b", "c"):
        world.add(name)
    world.refuse["c"] = ConfigurationError()
    supervisor = world.supervisor()
    world.play(supervisor, 5)
    assert supervisor.stop(1.0)
    assert sorted(world.closed) == ["a", "b"]
    assert all(engine.stopped for engine in world.engines.values())


def test_with_threads_of_its_own(world: World) -> None:
    """The same in real threads: nothing moves but by them."""
    for name in ("a", "b"):
        world.add(name)
    supervisor = world.supervisor(workers=2)
    supervisor.start()
    try:
        _until(lambda: len(world.ran) >= 1)
        world.clock.advance(10)
        world.engines["a"].sync_now()
        _until(lambda: _runs(world)["a"] >= 2)
    finally:
        assert supervisor.stop(10.0)
    assert sorted(world.closed) == ["a", "b"]


def _until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not ready():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def test_hundred_shops_are_told_at_once(world: World) -> None:
    for number in range(100):
        world.add(f"{number:03}")
    supervisor = world.supervisor()
    world.play(supervisor, 1)
    began = time.perf_counter()
    whole = supervisor.dispatch("status_all", {})
    assert time.perf_counter() - began < 1
    assert len(whole["shops"]) == 100
    assert whole["counts"]["ok"] == 100
