"""What the windows ask for: a shop's state to a server, another PC that joins it there, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.desktop import settings_file
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile
from otimo_tray.state_mover import Mover, carry_out
from otimo_tray.ui.desk import MovedState
from tests.servers import Server as RealServer
from tests.servers.server import PASSWORD
from tests.store.build import NOW, one_to_one
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets

Open = Callable[[str], Profile]


@pytest.fixture
def state(postgresql_server: RealServer) -> StateSettings:
    address = f"postgresql://otimo@127.0.0.1:{postgresql_server.port}/postgres"
    return StateSettings("postgresql", address, "mudanca", "Balcão 1")


@pytest.fixture
def profile(tmp_path: Path) -> Generator[Open]:
    made: list[Profile] = []

    def make(name: str) -> Profile:
        paths = ProfilePaths(tmp_path / name)
        paths.create()
        made.append(Profile(paths, Settings(), MemorySecrets(), FakeClock(NOW), owns_engine=True))
        return made[-1]

    yield make
    for one in made:
        one.close()


def _carry_out(profile: Profile, mover: Mover, told: Callable[[int, int], None] | None = None) -> MovedState:
    assert mover.pending is not None
    profile.close()  # as the tray does before
    return carry_out(profile, mover.pending)(told or (lambda _done, _total: None), threading.Event())


def test_there_and_back_with_a_second_pc_in_between(profile: Open, state: StateSettings) -> None:
    first, second = profile("um"), profile("dois")
    first.store().catalogue.set_mappings([one_to_one("A"), one_to_one("B")], NOW)
    mover = Mover(first)
    assert [(found.name, found.error) for found in mover.check(state, PASSWORD)] == [
        ("state_server", None),
        ("state_schema", None),
    ]
    assert not mover.holds_shop(state, PASSWORD)
    mover.prepare(state, PASSWORD, join=False)
    told: list[tuple[int, int]] = []
    moved = _carry_out(first, mover, lambda done, total: told.append((done, total)))
    assert moved.rows >= 2
    assert (first.paths.folder / moved.aside).exists()
    assert told[-1][0] == told[-1][1] > 0
    assert settings_file.read(first.paths.settings).state == state
    assert [entry.sku for block in first.store().catalogue.mappings() for entry in block] == ["A", "B"]
    first.close()

    other = Mover(second)
    second.store().facts.set("x", "y")
    there = replace(state, desk="Balcão 2")
    _bring_settings(first)
    assert other.holds_shop(there, PASSWORD)
    other.prepare(there, PASSWORD, join=True)
    joined = _carry_out(second, other)
    assert (second.paths.folder / joined.aside).exists()
    assert not second.paths.state.exists()
    assert second.store().catalogue.mapping("A") is not None
    second.close()

    back = Mover(first, lambda: 2)
    with pytest.raises(ConfigurationError, match="L-378"):
        back.prepare(replace(state, kind="sqlite"), "", join=False)
    back = Mover(first)
    back.prepare(replace(state, kind="sqlite"), "", join=False)
    returned = _carry_out(first, back)
    assert returned.rows >= moved.rows
    assert first.settings.state.kind == "sqlite"
    assert first.store().catalogue.mapping("B") is not None
    assert not back.holds_shop(state, PASSWORD)


def _bring_settings(first: Profile) -> None:
    """As the first desk does at its start."""
    from otimo_tray.shop_settings import ShopSettings

    ShopSettings(first).take_over()


def test_what_is_wrong_is_said_and_nothing_is_prepared(profile: Open, state: StateSettings) -> None:
    mover = Mover(profile("um"))
    wrong = mover.check(state, "errada")
    assert [found.error is not None for found in wrong] == [True]
    bad = mover.check(replace(state, schema="Loja Um"), PASSWORD)
    assert bad[0].error is not None
    assert bad[0].error.code == "C-405"
    assert mover.pending is None


def test_a_cancelled_move_leaves_everything(profile: Open, state: StateSettings) -> None:
    first = profile("um")
    first.store().catalogue.set_mappings([one_to_one("A")], NOW)
    mover = Mover(first)
    mover.prepare(replace(state, schema="cancelada"), PASSWORD, join=False)
    first.close()
    stop = threading.Event()
    stop.set()
    assert mover.pending is not None
    with pytest.raises(ConfigurationError, match="L-376"):
        carry_out(first, mover.pending)(lambda _done, _total: None, stop)
    assert first.settings.state.kind == "sqlite"
    assert first.store().catalogue.mapping("A") is not None
    assert not mover.holds_shop(replace(state, schema="cancelada"), PASSWORD)
