"""What wakes the flows before their time: something new in the ERP's folder, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from otimo_tray.demo.erp import DemoErp
from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.domain.status import Flow
from otimo_tray.ports import Glance, Watchable
from otimo_tray.sync.running import Engine, Parts
from otimo_tray.sync.watching import EVERY_S, Watcher, WatcherApi
from tests.support.clock import FakeClock

STOCK, NOTE = ("estoque.csv", 10, 1), ("notas/202611", 1)


def glance(stock: Sequence[tuple[object, ...]] = (), invoices: Sequence[tuple[object, ...]] = ()) -> Glance:
    return Glance(frozenset(stock), frozenset(invoices))


def woken(*looks: Glance) -> list[list[Flow]]:
    """What each look wakes, the first one included."""
    found: list[list[Flow]] = []
    waiting = list(looks)

    def wake(flows: Sequence[Flow]) -> None:
        found[-1].extend(flows)

    watcher = Watcher(lambda: waiting.pop(0), wake)
    for _ in looks:
        found.append([])
        watcher.step()
    return found


def test_what_is_new_wakes_its_flows_and_what_was_there_wakes_nobody() -> None:
    changed = ("estoque.csv", 11, 2)
    assert woken(glance([STOCK]), glance([STOCK]), glance([changed]), glance([changed], [NOTE])) == [
        [],
        [],
        [Flow.STOCK, Flow.PRICE],
        [Flow.INVOICES],
    ]


def test_what_was_taken_away_wakes_nobody_and_a_folder_that_comes_back_does() -> None:
    changes = ("alteracoes.csv", 5, 5)
    assert woken(glance([STOCK, changes]), glance([STOCK]), glance(), glance([STOCK])) == [
        [],
        [],
        [],
        [Flow.STOCK, Flow.PRICE],
    ]


def test_a_change_is_on_its_way_within_five_seconds_and_the_watch_ends_when_told() -> None:
    clock, there = FakeClock(), [STOCK]
    moments: list[float] = []
    begun = clock.monotonic()
    first = threading.Event()

    def wait(seconds: float) -> bool:
        first.set()
        clock.advance(seconds)
        if clock.monotonic() > begun + 3:
            there[0] = ("estoque.csv", 12, 3)  # written at the third second
        return clock.monotonic() > begun + 20

    watcher = Watcher(lambda: glance(there), lambda _flows: moments.append(clock.monotonic()), wait=wait)
    watcher.start()
    assert watcher.join(10)
    assert len(moments) == 1
    assert moments[0] - (begun + 3) + 1 <= 5, "a second more for a sheet to settle"
    assert EVERY_S <= 2.5


class _Folder:
    """Parts of an engine: an ERP that can be watched and a hub that nobody asks."""

    def __init__(self) -> None:
        self.looks = threading.Event()

    def glance(self) -> Glance:
        self.looks.set()
        return glance([STOCK])

    def close(self) -> None: ...


class _Engine(Engine):
    """Takes its parts as a run does, without running anything."""

    def __init__(self, erp: _Folder, settings: Settings) -> None:
        parts = Parts(erp, erp)  # type: ignore[arg-type]
        super().__init__(None, settings, FakeClock(), lambda _settings: parts, lambda _settings: None)  # type: ignore[arg-type]
        self._restored = True

    def begin(self) -> None:
        lease = self._take_parts()
        assert lease is not None
        lease.give_back()

    @property
    def watcher(self) -> WatcherApi | None:
        return self._watcher


def test_an_engine_watches_its_folder_until_its_settings_change_or_it_stops() -> None:
    erp, settings = _Folder(), Settings()
    engine = _Engine(erp, settings)
    engine.begin()
    watcher = engine.watcher
    assert watcher is not None
    assert erp.looks.wait(10)

    engine.change_settings(replace(settings, erp=ErpSettings(watch=False)))
    assert watcher.join(10)
    engine.begin()
    assert engine.watcher is None, "switched off"

    engine.change_settings(settings)
    engine.begin()
    again = engine.watcher
    assert again is not None
    assert engine.stop(10)
    assert again.join(0), "no thread is left"


def test_only_a_folder_is_watched(tmp_path: Path) -> None:
    erp = DemoErp(tmp_path / "erp.sqlite", FakeClock())
    assert not isinstance(erp, Watchable)
