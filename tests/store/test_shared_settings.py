"""The shop's settings, edited at two desks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.desks import Author
from otimo_tray.store import StateStore
from otimo_tray.store.acts import ActStore
from otimo_tray.store.shared_settings import SharedSettingStore
from tests.store.build import NOW


@pytest.fixture
def settings(store: StateStore) -> SharedSettingStore:
    assert isinstance(store.acts, ActStore)
    return SharedSettingStore(store.database, store.acts)


def test_each_setting_is_judged_alone(store: StateStore, settings: SharedSettingStore) -> None:
    store.acts.author = Author("Ana", "Balcão 1")
    assert settings.read() == {}
    assert settings.save({"a": "1", "b": "2"}, {"a": 0, "b": 0}, NOW).versions == {"a": 1, "b": 1}
    settings.save({"a": "3"}, {"a": 1}, NOW + timedelta(minutes=1))
    store.acts.author = Author("Bia", "Balcão 2")
    done = settings.save({"a": "4", "b": "5"}, {"a": 1, "b": 1}, NOW + timedelta(minutes=2))
    assert done.versions == {"b": 2}
    assert done.changed == 1
    refused = done.refused["a"]
    assert (refused.by.name, refused.at, refused.version, refused.value) == ("Ana", NOW + timedelta(minutes=1), 2, "3")
    assert settings.read() == {"a": ("3", 2), "b": ("5", 2)}


def test_the_same_value_is_no_change_and_no_quarrel(store: StateStore, settings: SharedSettingStore) -> None:
    settings.save({"a": "1"}, {}, NOW)
    done = settings.save({"a": "1"}, {"a": 0}, NOW)
    assert (done.changed, done.refused, done.versions) == (0, {}, {"a": 1})
    assert [deed.what for deed in store.acts.recent()] == ["act.settings"]


def test_the_book_names_what_was_changed(store: StateStore, settings: SharedSettingStore) -> None:
    settings.save({"stock.interval_s": "60", "retention_days": "30"}, {}, NOW)
    assert store.acts.recent()[0].params == {"setting": "retention_days, stock.interval_s"}
