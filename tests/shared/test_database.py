"""A schema on a server: one writer whichever desk it is at, nothing under an old lease, rows that tell of changes."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.plan import DuePush, PushResult
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import LeaseLost, StoreAway
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.kept import Kept
from otimo_tray.store.mappings import CATALOGUE
from otimo_tray.store.shared.database import TABLES_OF
from otimo_tray.store.shared.opening import open_shared_store
from otimo_tray.store.shared.server import Server
from tests.servers.server import PASSWORD
from tests.shared.looks import shared
from tests.store.build import NOW, fill, one_to_one, order, plan, product, push
from tests.store.shared import Schemas
from tests.support.clock import FakeClock


@dataclass
class Carried:
    number: int


@pytest.fixture
def another(schemas: Schemas, shared_store: StateStore, clock: FakeClock) -> Generator[StateStore]:
    """The same shop at another desk: a process's own server object, connections and memory."""
    server = Server(schemas.address, PASSWORD)
    opened = open_shared_store(server, shared(shared_store).schema, clock)
    yield opened
    opened.close()
    server.close()


def test_desks_write_one_after_the_other(shared_store: StateStore, another: StateStore) -> None:
    """Read, then write: right without a lock of its own row."""
    shared_store.facts.set("n", "0")

    def count(store: StateStore) -> None:
        for _ in range(40):
            with store.batch():
                store.facts.set("n", str(int(store.facts.get("n") or 0) + 1))

    threads = [threading.Thread(target=count, args=(store,)) for store in (shared_store, another, shared_store)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared_store.facts.get("n") == "120"


def test_a_reader_waits_for_no_writer_and_sees_one_view(shared_store: StateStore, another: StateStore) -> None:
    shared_store.facts.set("a", "1")
    with shared_store.batch():
        shared_store.facts.set("a", "2")
        assert another.facts.get("a") == "1"
    with another.database.read():
        assert another.facts.get("a") == "2"
    with shared(another).view() as view:
        first = view.exec_driver_sql("SELECT value FROM fact").scalar_one()
        shared_store.facts.set("a", "3")
        assert view.exec_driver_sql("SELECT value FROM fact").scalar_one() == first == "2"


def test_a_writer_that_keeps_the_lock_is_told(
    schemas: Schemas, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    monkeypatch.setattr("otimo_tray.store.shared.server.LOCK_S", 0.1)
    server = Server(schemas.address, PASSWORD)
    other = open_shared_store(server, shared(shared_store).schema, clock)
    try:
        with shared_store.batch(), pytest.raises(StoreAway) as caught:
            other.facts.set("a", "1")
        assert caught.value.code == "L-313"
        other.facts.set("a", "2")
        assert shared_store.facts.get("a") == "2"
    finally:
        server.close()


def test_shops_do_not_wait_for_each_other(schemas: Schemas, shared_store: StateStore, clock: FakeClock) -> None:
    other = schemas.store(clock)
    try:
        with shared_store.batch():
            shared_store.facts.set("a", "ours")
            other.facts.set("a", "theirs")
        assert (shared_store.facts.get("a"), other.facts.get("a")) == ("ours", "theirs")
    finally:
        other.close()
        schemas.give_back(other)


def test_an_error_that_nobody_undid_is_not_committed_as_success(shared_store: StateStore) -> None:
    """PostgreSQL takes the COMMIT of a transaction that failed, and does nothing."""

    def careless() -> None:
        with shared_store.database.write() as connection:
            shared_store.facts.set("a", "1")
            try:
                connection.exec_driver_sql("SELECT nonsense")
            except Exception:
                return

    with pytest.raises(StoreAway):
        careless()
    assert shared_store.facts.get("a") is None


# --- the lease


def test_what_an_old_lease_would_write_is_refused(schemas: Schemas, shared_store: StateStore, clock: FakeClock) -> None:
    fill(shared_store, "A")
    _lead(schemas, shared_store, 4)
    carried = Carried(4)
    leader = open_shared_store(schemas.server, shared(shared_store).schema, clock, lease=carried)
    sent = DuePush("A", "stock", "7", None, "changed", {}, 0, "id-A")
    leader.values.mark_doubt([sent], NOW)
    with leader.batch():
        leader.facts.set("a", "1")
    _lead(schemas, shared_store, 5)
    with pytest.raises(LeaseLost):
        leader.values.record_results([PushResult(sent, NOW, confirmed="7", answer="confirmed")])
    with pytest.raises(LeaseLost):
        leader.facts.set("a", "2")
    assert leader.facts.get("a") == "1"  # it may look
    assert list(leader.audit.sent()) == []
    carried.number = 5
    leader.values.record_results([PushResult(sent, NOW, confirmed="7", answer="confirmed")])
    assert len(list(leader.audit.sent())) == 1
    carried.number = 0
    with pytest.raises(LeaseLost):
        leader.facts.set("a", "3")


def test_a_send_is_recorded_under_the_leases_number(
    schemas: Schemas, shared_store: StateStore, clock: FakeClock
) -> None:
    fill(shared_store, "A")
    shared_store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
    code = shared_store.trackings.add("h1", "AA1", "Correios", "PAC", "", NOW)
    _lead(schemas, shared_store, 9)
    leader = open_shared_store(schemas.server, shared(shared_store).schema, clock, lease=Carried(9))
    sent = DuePush("A", "stock", "7", None, "changed", {}, 0, "id-A")

    def seen() -> list[Any]:
        database = shared(shared_store)
        return [
            schemas.rows(database, f"SELECT coalesce(max(lease), -1) FROM {table}")[0][0]
            for table in ("sku_value", "sent_value", "orders", "tracking")
        ]

    assert seen() == [0, -1, 0, 0]
    leader.values.mark_doubt([sent], NOW)
    assert seen() == [9, -1, 0, 0]
    leader.values.record_results([PushResult(sent, NOW, confirmed="7", answer="confirmed")])
    leader.orders.advance("h1", OrderStage.IMPORTING, NOW, event="O-510")
    leader.trackings.set_state(code, TrackingState.SENT, NOW)
    assert seen() == [9, 9, 9, 9]
    shared_store.orders.advance("h1", OrderStage.IMPORTED, NOW, event="O-512")  # later steps leave it
    shared_store.trackings.set_state(code, TrackingState.CONFIRMED, NOW)
    assert seen() == [9, 9, 9, 9]


def _lead(schemas: Schemas, store: StateStore, number: int) -> None:
    put = (
        "INSERT INTO lease (name, number, desk, person, backend, beat_at) VALUES ('engine', ?, '', '', 0, '')"
        " ON CONFLICT (name) DO UPDATE SET number = excluded.number RETURNING number"
    )
    schemas.rows(shared(store), put, number)


# --- what is kept in memory


def test_a_mark_set_by_another_process_outlives_a_plan_made_before_it(
    shared_store: StateStore, another: StateStore
) -> None:
    _two_processes_mark(shared_store, another)


def test_so_it_is_with_one_file(file_store: StateStore, clock: FakeClock) -> None:
    with closing(open_store(file_store.path, clock)) as other:
        _two_processes_mark(file_store, other)


def _two_processes_mark(first: StateStore, second: StateStore) -> None:
    for number in range(10):
        first.values.mark_dirty([("sku", f"S{number}")])
    seen = first.values.dirty()  # a plan begins
    assert ("sku", "S9") in seen
    cleaner = threading.Thread(target=lambda: second.values.apply(plan(cleaned=second.values.dirty())))
    cleaner.start()  # another plan ends first
    cleaner.join()
    second.values.mark_dirty([("sku", "S9")])  # and the SKU changes again
    first.values.apply(plan(cleaned=seen))
    assert first.values.dirty() == [("sku", "S9")]


def test_what_is_kept_is_void_when_another_desk_changed_it(shared_store: StateStore, another: StateStore) -> None:
    counts = another.catalogue.counts
    assert counts()["mapped"] == 0
    shared_store.catalogue.set_mappings([one_to_one("A"), one_to_one("B")], NOW)
    assert counts()["mapped"] == 2
    assert another.catalogue.unknown_mapped(NOW, 9) == ["A", "B"]
    shared_store.catalogue.delete_mappings(["A"], NOW)
    assert counts()["mapped"] == 1
    shared_store.catalogue.put_product(product("C"), NOW)
    assert counts()["products"] == 1
    assert set(TABLES_OF) == {CATALOGUE}


def test_what_nobody_changed_is_not_counted_again(shared_store: StateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(shared_store, "A")
    before = shared_store.catalogue.counts()
    catalogue: Any = shared_store.catalogue
    monkeypatch.setattr(catalogue._counts, "_read", lambda: pytest.fail("counted again"))
    shared_store.facts.set("a", "1")
    assert shared_store.catalogue.counts() == before


def test_what_nobody_changed_is_not_read_again(shared_store: StateStore) -> None:
    asked: list[int] = []
    kept = Kept(shared_store.database, "thing", lambda: asked.append(1) or len(asked))
    assert (kept.get(), kept.get()) == (1, 1)
    shared_store.database.bump("other")
    assert kept.get() == 1
    shared_store.database.bump("thing")
    assert kept.get() == 2


def test_after_a_commit_somebody_is_told(shared_store: StateStore, file_store: StateStore) -> None:
    for store in (shared_store, file_store):
        told: list[str | None] = []

        def tell(store: StateStore = store, told: list[str | None] = told) -> None:
            told.append(store.facts.get("a"))

        store.database.after_commit = tell
        with store.batch():
            store.facts.set("a", "1")
            store.facts.set("b", "1")
            assert told == []
        assert told == ["1"]
        with pytest.raises(RuntimeError), store.batch():
            _fail(store)
        assert told == ["1"]
        store.database.after_commit = None


def _fail(store: StateStore) -> None:
    store.facts.set("a", "2")
    raise RuntimeError


def test_a_closed_state_asks_nothing(shared_store: StateStore) -> None:
    shared_store.close()
    for broken in (lambda: shared_store.facts.get("a"), lambda: shared_store.facts.set("a", "1")):
        with pytest.raises(StoreAway):
            broken()


def test_odd_texts_are_stored_as_far_as_any_database_can(shared_store: StateStore, file_store: StateStore) -> None:
    """Neither NUL nor half a character stops a reading, whichever field brings it."""
    for store in (shared_store, file_store):
        store.facts.set("a", "x\0y\ud800z😀")
        assert store.facts.get("a") == "x\ufffdy\ufffdz😀"
    shared_store.values.apply(
        plan(rows=[("A\0", "1", None, None, None, None, "n\0\udfff", None)], pushes=[push("A\0")])
    )
    [block] = shared_store.values.erp_rows()
    assert block[0][0] == "A\ufffd"
    assert [entry[0] for found in shared_store.values.erp_rows(["A\0"]) for entry in found] == ["A\ufffd"]
