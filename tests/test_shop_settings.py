"""One shop's settings at two desks: each keeps its own, what is the shop's goes to both, and nobody's edit is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.domain.desks import Author
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.shop_settings import ShopSettings, refusal
from otimo_tray.store import StateStore, open_store
from tests.store.build import NOW
from tests.support.clock import FakeClock


@dataclass
class Desk:
    """A profile as far as its settings go, over one state for all."""

    opened: StateStore
    author: Author
    settings: Settings
    clock: FakeClock

    @property
    def is_shared(self) -> bool:
        return self.settings.state.kind == "postgresql"

    def store(self) -> StateStore:
        self.opened.acts.author = self.author
        return self.opened

    def change_settings(self, settings: Settings) -> None:
        self.settings = settings


@pytest.fixture
def desks(tmp_path: Path) -> Any:
    clock = FakeClock(NOW)
    store = open_store(tmp_path / "shared.db", clock)
    made: list[tuple[Desk, ShopSettings]] = []
    for name, days in (("Ana", 30), ("Bia", 60)):
        own = Settings(state=StateSettings("postgresql", desk=name), retention_days=days, check_updates=days == 30)
        desk = Desk(store, Author(name, name), own, clock)
        made.append((desk, ShopSettings(desk)))  # type: ignore[arg-type]  # as much of a profile as it needs
    yield made
    store.close()


def test_the_first_desk_brings_its_settings_and_the_next_one_takes_them(desks: Any) -> None:
    (ana, hers), (bia, other) = desks
    assert not hers.take_over()
    assert other.take_over()
    assert bia.settings.retention_days == 30
    assert (bia.settings.state.desk, bia.settings.check_updates) == ("Bia", False)
    assert not other.take_over()
    assert ana.settings.retention_days == 30


def test_an_edit_reaches_the_other_desk(desks: Any) -> None:
    (ana, hers), (bia, other) = desks
    hers.take_over()
    other.take_over()
    assert hers.save(replace(ana.settings, retention_days=45)) == {}
    assert other.take_over()
    assert bia.settings.retention_days == 45


def test_an_edit_on_an_old_value_is_refused_and_what_else_was_edited_is_saved(desks: Any) -> None:
    (ana, hers), (bia, other) = desks
    hers.take_over()
    other.take_over()
    hers.save(replace(ana.settings, retention_days=45))
    mine = replace(bia.settings, retention_days=90, import_fulfillment=True)
    refused = other.save(mine)
    assert list(refused) == ["retention_days"]
    assert (bia.settings.retention_days, bia.settings.import_fulfillment) == (45, True)
    error = refusal(refused)
    assert error.code == "C-465"
    assert error.params == {"person": "Ana", "setting": "retention_days", "at": NOW}
    assert other.save(mine) == {}  # a second time, knowing what was there
    assert bia.settings.retention_days == 90


def test_what_was_seen_counts_not_what_this_desk_has_heard_of_since(desks: Any) -> None:
    """The page isn't drawn anew while a person types: the desk may know a value that they never saw."""
    (ana, hers), (bia, other) = desks
    hers.take_over()
    other.take_over()
    seen = bia.settings
    hers.save(replace(ana.settings, retention_days=45))
    other.take_over()
    mine = replace(bia.settings, retention_days=90)
    assert list(other.save(mine, seen)) == ["retention_days"]
    assert bia.settings.retention_days == 45
    assert other.save(mine, bia.settings) == {}
    assert ShopSettings(bia).save(replace(bia.settings, retention_days=91)) == {}


def test_what_is_this_pcs_own_goes_nowhere(desks: Any) -> None:
    (ana, hers), _ = desks
    hers.take_over()
    deeds = len(ana.store().acts.recent())
    assert hers.save(replace(ana.settings, check_updates=False)) == {}
    assert len(ana.store().acts.recent()) == deeds


def test_a_shop_with_its_own_file_notes_who_changed_what(desks: Any) -> None:
    (ana, hers), _ = desks
    ana.settings = replace(ana.settings, state=StateSettings())
    assert not hers.take_over()
    hers.save(replace(ana.settings, retention_days=10))
    assert ana.settings.retention_days == 10
    assert ana.store().acts.recent()[0].params == {"setting": "retention_days"}
