"""A desk of several as the tray runs it: what another one does shows here, and an outage shows and loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Generator
from datetime import datetime
from pathlib import Path

import pytest

from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.errors import OtimoError, StoreAway, StoreDamaged
from otimo_tray.profile import Profile
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.follower import AWAY_LOOK_S, LOOK_S, Follower
from otimo_tray.store.shared.mirror import ASK_AGAIN_S
from otimo_tray.sync.decisions import edit_mappings, type_tracking
from otimo_tray.tray_start import TraySession
from otimo_tray.ui.desk import Desk
from tests.servers import Server as RealServer
from tests.servers.door import Door
from tests.servers.server import PASSWORD
from tests.store.build import NOW, order
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets

# --- a follower by itself ---------------------------------------------------------------------------------------------


class FakeMirror:
    def __init__(self) -> None:
        self.answers: list[Collection[str] | OtimoError] = []
        self.as_of: datetime | None = NOW
        self.pulls = 0

    def pull(self) -> frozenset[str]:
        self.pulls += 1
        answer = self.answers.pop(0) if self.answers else ()
        if isinstance(answer, OtimoError):
            raise answer
        return frozenset(answer)


class FakeKept:
    def __init__(self) -> None:
        self.codes: list[str] = []
        self.error: OtimoError | None = None

    @property
    def count(self) -> int:
        return len(self.codes)

    def waiting(self) -> Collection[object]:
        return self.codes

    def come_up(self) -> int:
        if self.error is not None:
            raise self.error
        count, self.codes = len(self.codes), []
        return count


class Bench:
    """A follower with all that it tells."""

    def __init__(self) -> None:
        self.mirror, self.kept, self.clock = FakeMirror(), FakeKept(), FakeClock(NOW)
        self.told: list[set[str]] = []
        self.settings = self.prepared = self.changed = 0
        self.prepare_error: OtimoError | None = None
        self.follower = Follower(
            self.mirror,
            self.kept,
            self.clock,
            prepare=self._prepare,
            told=lambda tables: self.told.append(set(tables)),
            settings_changed=self._settings,
        )
        self.follower.watch(self._changed)

    def _prepare(self) -> None:
        self.prepared += 1
        if self.prepare_error is not None:
            raise self.prepare_error

    def _settings(self) -> None:
        self.settings += 1

    def _changed(self) -> None:
        self.changed += 1


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_what_changed_is_told_and_the_server_looked_at_once(bench: Bench) -> None:
    bench.mirror.answers = [{"orders"}, (), {"shared_setting", "mapping"}]
    assert [bench.follower.follow() for _ in range(3)] == [LOOK_S] * 3
    assert bench.told == [{"orders"}, {"mapping", "shared_setting"}]
    assert (bench.settings, bench.prepared) == (1, 1)


def test_an_outage_has_a_beginning_and_an_end(bench: Bench) -> None:
    bench.mirror.answers = [StoreAway("L-331"), StoreAway("L-331"), ()]
    assert bench.follower.follow() == AWAY_LOOK_S
    bench.clock.advance(60)
    assert bench.follower.follow() == AWAY_LOOK_S
    assert bench.follower.away_since == NOW
    assert bench.changed == 1
    assert bench.follower.follow() == LOOK_S
    assert bench.follower.away_since is None
    assert bench.changed == 2


def test_kept_codes_go_up_when_the_server_is_back_and_that_is_told(bench: Bench) -> None:
    bench.kept.codes = ["AA"]
    bench.follower.follow()
    assert bench.kept.codes == []
    assert bench.mirror.pulls == 2  # they are shown as the server has them now
    assert bench.changed == 1


def test_a_server_that_goes_away_while_codes_go_up_is_away(bench: Bench) -> None:
    bench.kept.codes, bench.kept.error = ["AA"], StoreAway("L-338")
    assert bench.follower.follow() == AWAY_LOOK_S
    assert bench.follower.away_since == NOW
    assert bench.kept.codes == ["AA"]


def test_a_schema_that_is_newer_than_this_program_is_asked_about_again_and_nothing_is_pulled(bench: Bench) -> None:
    bench.prepare_error = StoreDamaged("L-321")
    assert [bench.follower.follow() for _ in range(2)] == [AWAY_LOOK_S] * 2
    assert (bench.prepared, bench.mirror.pulls) == (2, 0)


def test_a_commit_of_this_desk_stands_though_the_mirror_cant_follow_just_now(bench: Bench) -> None:
    bench.mirror.answers = [StoreAway("L-338"), {"tracking"}]
    bench.follower.committed()
    bench.follower.committed()
    assert bench.told == [{"tracking"}]


def test_what_changes_no_table_that_windows_read_pulls_nothing(bench: Bench) -> None:
    for word in ("ask", "status", "lead"):
        bench.follower.heard(word)
    assert not bench.follower._due.is_set()
    assert bench.changed == 1  # who leads is shown
    bench.follower.heard("orders")
    assert bench.follower._due.is_set()


# --- two trays at one server ------------------------------------------------------------------------------------------


class Tray:
    """A tray's session without its windows, behind a door of its own."""

    def __init__(self, port: int, schema: str, folder: Path, clock: FakeClock, name: str) -> None:
        self.door = Door(port)
        self.clock = clock
        self.name = name
        paths = ProfilePaths(folder / name)
        paths.create()
        address = f"postgresql://otimo@127.0.0.1:{self.door.port}/postgres"
        settings = Settings(state=StateSettings("postgresql", address, schema, name))
        self.profile = Profile(paths, settings, MemorySecrets({"state.password": PASSWORD}), clock)
        self.session: TraySession | None = None
        self.desk: Desk
        self._stirred = threading.Condition()

    def start(self) -> Desk:
        self.session = TraySession(self.profile)
        self.desk = self.session.make_desk()
        self.desk.engine.subscribe(lambda _kind: self._stir())
        self.desk.link.subscribe(self._stir)
        return self.desk

    def _stir(self) -> None:
        with self._stirred:
            self._stirred.notify_all()

    def wait(self, condition: Callable[[], bool]) -> bool:
        """Waits until something that this desk was told of makes it true."""
        with self._stirred:
            return self._stirred.wait_for(condition, 20)

    def codes(self, hub_id: str) -> list[str]:
        return [row.code for row in self.desk.storage.trackings.of_order(hub_id)]

    def stop(self) -> None:
        if self.session is not None:
            self.session.quitting()
            self.session = None

    def close(self) -> None:
        self.stop()
        self.door.close()


MakeTray = Callable[[str], Tray]


@pytest.fixture
def make_tray(
    postgresql_server: RealServer, shared_store: StateStore, profile_dir: Path, clock: FakeClock
) -> Generator[MakeTray]:
    assert isinstance(shared_store.database, SharedDatabase)
    schema = shared_store.database.schema
    shared_store.orders.add(order("1", ("A", 1)), OrderStage.INVOICED, NOW)
    made: list[Tray] = []

    def make(name: str) -> Tray:
        made.append(Tray(postgresql_server.port, schema, profile_dir, clock, name))
        return made[-1]

    yield make
    for tray in made:
        tray.close()


def test_what_one_desk_does_the_other_ones_windows_show(make_tray: MakeTray) -> None:
    ana, bia = make_tray("ana"), make_tray("bia")
    ana.start()
    bia.start()
    assert ana.desk.link.is_shared
    edit_mappings(ana.desk.storage, [SkuMapping("A", (Component("10", 2),))], NOW)
    assert ana.desk.reader.mapping.components("A") == [("10", 2)]  # at once, where it was done
    assert bia.wait(lambda: bia.desk.reader.mapping.components("A") == [("10", 2)])


def test_a_desk_that_is_cut_off_shows_it_keeps_codes_and_brings_them_up_once(make_tray: MakeTray) -> None:
    ana, bia = make_tray("ana"), make_tray("bia")
    ana.start()
    bia.start()
    bia.door.set("cut")
    bia.door.set("shut")
    assert bia.wait(lambda: bia.desk.link.away_since is not None)
    assert bia.desk.link.as_of is not None
    counts: list[int] = []
    bia.desk.link.subscribe(lambda: counts.append(bia.desk.link.kept_count))
    carrier = bia.desk.storage.trackings.carriers()[0]
    typed, _ = type_tracking(bia.desk.storage, "1", "AA123456785BR", carrier, NOW)
    assert typed is not None
    assert typed.id < 0
    assert bia.desk.link.kept_count == 1
    assert 1 in counts  # the windows were told
    assert bia.codes("1") == ["AA123456785BR"]
    assert ana.codes("1") == []
    with pytest.raises(StoreAway):  # nothing else is taken that could get lost
        edit_mappings(bia.desk.storage, [SkuMapping("B", (Component("10", 1),))], NOW)
    bia.clock.advance(ASK_AGAIN_S)
    bia.door.set("open")
    assert bia.wait(lambda: bia.desk.link.away_since is None and bia.desk.link.kept_count == 0)
    assert ana.wait(lambda: ana.codes("1") == ["AA123456785BR"])
    assert bia.codes("1") == ["AA123456785BR"]


def test_a_desk_starts_without_its_server_and_shows_what_it_saw_last(make_tray: MakeTray) -> None:
    bia = make_tray("bia")
    bia.start()
    bia.stop()
    bia.door.set("shut")
    bia.start()
    assert bia.wait(lambda: bia.desk.link.away_since is not None)
    assert bia.desk.storage.orders.known(["1"]) == {"1": OrderStage.INVOICED}
    carrier = bia.desk.storage.trackings.carriers()[0]
    type_tracking(bia.desk.storage, "1", "AA123456785BR", carrier, NOW)
    bia.stop()
    bia.door.set("open")
    bia.clock.advance(ASK_AGAIN_S)
    bia.start()  # what was kept outlives the program
    assert bia.wait(lambda: bia.desk.link.kept_count == 0)
    assert [row.id > 0 for row in bia.desk.storage.trackings.of_order("1")] == [True]


def test_a_desk_that_never_saw_its_server_says_so(make_tray: MakeTray) -> None:
    bia = make_tray("bia")
    bia.door.set("shut")
    with pytest.raises(StoreAway) as refused:
        bia.start()
    assert refused.value.code in ("L-330", "L-331", "L-336", "L-338")
    bia.profile.close()
