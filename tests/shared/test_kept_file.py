"""The file of codes typed away from the server: on the disk before they are called safe, and read after anything."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import StoreAway
from otimo_tray.store import StateStore
from otimo_tray.store.shared import kept_file
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.kept import KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from otimo_tray.store.shared.mirror import Mirror
from tests.shared.away_desks import AwayDesk, counting
from tests.shared.looks import rows_of
from tests.store.build import NOW
from tests.support.clock import FakeClock


def test_a_code_is_on_the_disk_before_it_is_said_to_be_safe(ana: AwayDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    real = os.fsync

    def seen(descriptor: int) -> None:
        real(descriptor)
        if ana.file.exists() and os.fstat(descriptor).st_ino == ana.file.stat().st_ino:
            synced.append(ana.file.read_bytes())

    ana.leave()
    monkeypatch.setattr(os, "fsync", seen)
    ana.type("1", "BR-SAFE")
    assert any(b"BR-SAFE" in text for text in synced)


def test_a_code_that_cannot_be_kept_is_said(ana: AwayDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    ana.leave()
    monkeypatch.setattr(kept_file, "append", full)
    with pytest.raises(StoreAway) as caught:
        ana.type("1", "BR1")
    assert caught.value.code == "L-362"
    assert ana.shown("1") == []


def test_a_restart_away_goes_on_with_what_is_kept(ana: AwayDesk, clock: FakeClock) -> None:
    ana.leave()
    number = ana.type("1", "BR1")
    ana.mirror.close()
    assert isinstance(ana.store.database, SharedDatabase)
    ana.mirror = Mirror(ana.mirror.path, ana.store.database, clock)
    ana.store.database.away = ana.mirror
    again = KeptCodes(KeptFile(ana.file), ana.mirror, ana.store, clock)
    assert [code.local for code in again.waiting()] == [number]
    assert ana.shown("1") == [("BR1", "T-634")]


def test_a_mirror_that_was_lost_shows_what_is_kept_all_the_same(ana: AwayDesk, clock: FakeClock) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.mirror.close()
    ana.mirror.path.write_bytes(b"damaged" * 1000)
    assert isinstance(ana.store.database, SharedDatabase)
    ana.mirror = Mirror(ana.mirror.path, ana.store.database, clock)
    ana.store.database.away = ana.mirror
    KeptCodes(KeptFile(ana.file), ana.mirror, ana.store, clock)
    ana.come_back()
    ana.mirror.pull()
    assert rows_of(ana.mirror.local.database)["tracking"][0][4] == "BR1"


def test_a_torn_line_costs_nothing_that_was_said_to_be_safe(ana: AwayDesk) -> None:
    ana.leave()
    ana.type("1", "BR1")
    with ana.file.open("ab") as file:
        file.write(b'{"kept":{"what":"co')
    assert [code.code for code in ana.kept.waiting()] == ["BR1"]
    ana.type("2", "BR2")
    assert [code.code for code in ana.kept.waiting()] == ["BR1", "BR2"]


def test_what_a_newer_version_kept_is_understood(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.file.write_bytes(ana.file.read_bytes().replace(b'{"kept":{', b'{"kept":{"weight":"2.5",'))
    assert [code.code for code in ana.kept.waiting()] == ["BR1"]
    ana.come_back()
    ana.follow()
    assert counting(shared_store, "1") == ["BR1"]


def test_ids_are_never_given_twice(ana: AwayDesk) -> None:
    ana.leave()
    first = ana.type("1", "BR1")
    ana.come_back()
    ana.follow()
    size = ana.file.stat().st_size
    ana.leave()
    assert ana.type("1", "BR2") == first - 1
    assert size < 40, "what is done is not kept for ever"


def test_the_overlay_comes_off_exactly(ana: AwayDesk, shared_store: StateStore, clock: FakeClock) -> None:
    """Whatever is kept, the mirror's other rows are the server's, and once nothing is kept all are."""
    number = ana.type("1", "OLD")
    shared_store.trackings.set_state(number, TrackingState.CONFIRMED, NOW)
    ana.type("1", "MIDDLE")
    ana.mirror.pull()
    ana.leave()
    ana.type("1", "KEPT", volume=2)
    ana.type("1", "NEW")
    ana.come_back()
    shared_store.trackings.add("1", "THEIRS", "Jadlog", "Package", "", NOW, volume=2)
    ana.mirror.pull()
    here, there = rows_of(ana.mirror.local.database), rows_of(shared_store.database)
    assert {name: rows for name, rows in here.items() if name != "tracking"} == {
        name: rows for name, rows in there.items() if name != "tracking"
    }
    for code in ana.kept.waiting():
        ana.kept.take_back(code.local)
    assert rows_of(ana.mirror.local.database) == there
