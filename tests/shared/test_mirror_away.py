"""A desk whose server is away reads on in its mirror and says since when."""

from __future__ import annotations

from typing import Any

import pytest

from otimo_tray.errors import StoreAway
from otimo_tray.store import StateStore
from otimo_tray.store.shared.mirror import ASK_AGAIN_S, Mirror
from tests.shared.mirror_shop import Shop
from tests.store.build import NOW, fill, one_to_one
from tests.support.clock import FakeClock


def test_what_was_seen_is_told_with_its_time(
    mirror: Mirror, shop: Shop, shared_store: StateStore, clock: FakeClock
) -> None:
    fill(shared_store, "A")
    mirror.pull()
    seen = clock.now()
    shop.away = StoreAway("L-331", host="servidor")
    clock.advance(hours=1)
    with pytest.raises(StoreAway) as caught:
        mirror.pull()
    assert (caught.value.code, caught.value.params["as_of"], caught.value.params["host"]) == ("L-360", seen, "servidor")
    assert mirror.is_away
    assert mirror.as_of == seen
    shop.away = None
    mirror.pull()
    assert not mirror.is_away
    assert mirror.as_of == clock.now()


def test_the_time_is_remembered_over_a_restart(
    mirror: Mirror, shop: Shop, shared_store: StateStore, clock: FakeClock
) -> None:
    fill(shared_store, "A")
    mirror.pull()
    seen = clock.now()
    mirror.close()
    clock.advance(hours=10)
    again = Mirror(mirror.path, shop, clock)
    try:
        assert again.as_of == seen
    finally:
        again.close()


def test_a_desk_goes_on_reading_and_says_why_it_cannot_write(
    mirror: Mirror, shop: Shop, shared_store: StateStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shared_store, "A")
    mirror.pull()
    shop.database.away = mirror
    asked: list[str] = []

    def refuse(command: str) -> Any:
        asked.append(command)
        raise OSError("cut")

    monkeypatch.setattr(shop.database.server, "begin", refuse)
    kept = shared_store.catalogue.mapping("A")
    assert kept is not None
    assert kept.components == one_to_one("A").components
    with pytest.raises(StoreAway) as caught:
        shared_store.catalogue.set_mappings([one_to_one("A", "B")], NOW)
    assert caught.value.code == "L-360"
    assert len(asked) == 1, "a server that just didn't answer isn't waited for again"
    clock.advance(ASK_AGAIN_S)
    shared_store.facts.get("x")
    assert len(asked) == 2
    monkeypatch.undo()
    clock.advance(ASK_AGAIN_S)
    shared_store.catalogue.set_mappings([one_to_one("A", "B")], NOW)


def test_a_desk_that_never_saw_anything_says_only_that(
    mirror: Mirror, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.database.away = mirror

    def refuse(_: str) -> Any:
        raise OSError("cut")

    monkeypatch.setattr(shop.database.server, "begin", refuse)
    database = shop.database
    with pytest.raises(StoreAway) as caught, database.read():
        pass
    assert caught.value.code == "L-361"
    with pytest.raises(StoreAway) as caught, database.write():
        pass
    assert caught.value.code == "L-331"
