"""A state goes to a server and back, row by row, and an end at any moment leaves one of them in force."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.engine import Engine

from otimo_tray.domain.orders import OrderStage
from otimo_tray.errors import ConfigurationError, OtimoError, StoreAway, StoreDamaged
from otimo_tray.store import StateStore, backup, copying, moving, open_store
from otimo_tray.store.copying import Steps
from otimo_tray.store.database import Database
from otimo_tray.store.journal import Journal
from otimo_tray.store.schema import metadata
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.opening import open_shared_store
from tests.shared.looks import rows_of
from tests.store.build import NOW, fill, order, plan, push
from tests.store.shared import Schemas
from tests.support.clock import FakeClock

NAMES = tuple(table.name for table in copying.TABLES)
ODD = (
    "",
    " ",
    "çãé ÇÃÉ",
    "🛒" * 50,
    "x" * 5_000,
    "a'b\"c\\d%s;--",
    "linha\ncom\ttudo\r",
    "\\N",
    "\ufffd\U0010ffff",
    "٣",
)


def instead(act: Callable[[], None]) -> Callable[[str], Callable[[], None]]:
    """Settings that do something else when they are written."""

    def say(_: str, /) -> Callable[[], None]:
        return act

    return say


class Places:
    """A file and a schema; `settings` is what the settings say."""

    def __init__(self, path: Path, schemas: Schemas, schema: str, clock: FakeClock) -> None:
        self.path, self.schemas, self.schema, self.clock = path, schemas, schema, clock
        self.server = schemas.server
        self.settings = "sqlite"
        self.steps: Steps | None = None
        self.own = "pc-1"

    def there(self) -> moving.Moved:
        return moving.to_server(
            self.path, self.server, self.schema, self.clock, self.say("postgresql"), own=self.own, steps=self.steps
        )

    def back(self) -> moving.Moved:
        return moving.to_file(
            self.server, self.schema, self.path, self.clock, self.say("sqlite"), own=self.own, steps=self.steps
        )

    def say(self, kind: str, /) -> Callable[[], None]:
        def switch() -> None:
            self.settings = kind

        return switch

    def open(self) -> StateStore:
        """The state that is in force."""
        if self.settings == "sqlite":
            return open_store(self.path, self.clock)
        return open_shared_store(self.server, self.schema, self.clock)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        with closing(self.open()) as store:
            return rows_of(store.database, NAMES)


@pytest.fixture
def places(
    profile_dir: Path, schemas: Schemas, clock: FakeClock, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Places]:
    """A new file and an empty schema; Alembic, which takes most of a small move's time, finds both made."""

    def opened(path: Path, clock: FakeClock, *, check: bool = False) -> StateStore:
        if not path.exists():
            shutil.copyfile(empty, path)
        return open_store(path, clock, check=check)

    monkeypatch.setattr(moving, "open_store", opened)
    path = profile_dir / "state.db"
    shutil.copyfile(empty, path)
    store = schemas.store(clock)
    store.close()
    assert isinstance(store.database, SharedDatabase)
    schema = store.database.schema
    yield Places(path, schemas, schema, clock)
    left = _left(schemas, schema)
    if left == [schema] and schemas.tell(f"SELECT to_regclass('{schema}.dirty')") != [(None,)]:
        schemas.tell(f'DROP TABLE IF EXISTS "{schema}".unfinished_move')
        schemas.give_back(store)
        return
    for name in left:
        schemas.tell(f'DROP SCHEMA "{name}" CASCADE')


def _left(schemas: Schemas, schema: str) -> list[str]:
    """The schema and what was put aside of it."""
    names = schemas.tell("SELECT nspname FROM pg_namespace")
    return [str(name) for (name,) in names if re.fullmatch(schema + r"(_\d{8}_\d{6})?", str(name))]


def filled(path: Path, clock: FakeClock) -> None:
    """A small shop with work in every table, and odd texts in each column that takes them."""
    with closing(open_store(path, clock)) as store:
        fill(store, "A", "B", "C")
        store.values.apply(plan(pushes=[push("A", "7"), push("B", "1", guard="G-201")]))
        for number in range(30):
            store.orders.add(order(str(number), ("A", 2), ("B", 1)), OrderStage.INVOICED, NOW)
        for number in range(5):
            store.trackings.add(str(number), f"BR{number}", "Correios", "PAC", "", NOW)
        last = store.trackings.add("1", "BRX", "Correios", "PAC", "", NOW)
        store.trackings.remove(last, NOW)  # its number must not come again
        store.facts.set("ponteiro", "10")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for table in copying.TABLES:
            _odd(raw, table.name)
        raw.commit()


def _odd(raw: sqlite3.Connection, name: str) -> None:
    table = metadata.tables[name]
    for number, odd in enumerate(ODD):
        row: dict[str, Any] = {}
        for column in table.columns:
            kind = str(column.type)
            if column.foreign_keys:
                row[column.name] = None if column.nullable else "1"
            elif kind == "TEXT":
                row[column.name] = odd if number % 2 or not column.nullable else None
            else:
                row[column.name] = number % 2 if kind == "BOOLEAN" else 7_000 + number
            if column.primary_key and kind == "TEXT" and not column.foreign_keys:
                row[column.name] = f"{odd}|{number}"
        names = ", ".join(row)
        places = ", ".join("?" * len(row))
        raw.execute(f"INSERT INTO {name} ({names}) VALUES ({places})", tuple(row.values()))


def test_there_and_back_is_the_start_row_by_row(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    assert set(start) == set(NAMES), "no table is moved empty in this test"
    moved = places.there()
    assert places.settings == "postgresql"
    assert places.rows() == start
    assert moved.copied.rows == sum(map(len, start.values()))
    assert moved.copied.cleaned == 0
    clock.advance(days=1)
    back = places.back()
    assert places.settings == "sqlite"
    assert places.rows() == start
    assert back.copied.rows == moved.copied.rows


def test_the_former_ones_are_kept_and_nobody_works_in_them(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    moved = places.there()
    kept = places.path.with_name(moved.aside)
    assert kept.name == "state-moved-20261124-120000.db"
    for file in (kept, places.path):
        with pytest.raises(StoreDamaged) as caught:
            open_store(file, clock)
        assert caught.value.code == "L-374"
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT count(*) FROM orders").fetchone() == (len(start["orders"]),)
    desk = open_shared_store(places.server, places.schema, clock)  # another desk that goes on
    clock.advance(hours=1)
    back = places.back()
    with pytest.raises(StoreDamaged) as caught:
        open_shared_store(places.server, places.schema, clock)
    assert caught.value.code == "L-374"
    with pytest.raises(StoreAway) as away:
        desk.trackings.add("1", "BR9", "Correios", "PAC", "", NOW)
    assert away.value.code == "L-374"
    rows = places.schemas.rows(
        SharedDatabase(places.server, places.schema), f'SELECT count(*) FROM "{back.aside}".orders'
    )
    assert rows == [(len(start["orders"]),)]


def test_it_can_be_moved_again_and_again(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    for _ in range(3):
        places.there()
        clock.advance(minutes=1)
        places.back()
        clock.advance(minutes=1)
    assert places.rows() == start
    assert len(list(places.path.parent.glob("state-moved-*.db"))) == 3


def test_numbers_that_were_given_are_never_given_again(places: Places, clock: FakeClock) -> None:
    with closing(open_store(places.path, clock)) as store:
        first = store.trackings.add("1", "BR1", "Correios", "PAC", "", NOW)
        gone = store.trackings.add("2", "BR2", "Correios", "PAC", "", NOW)
        store.trackings.remove(gone, NOW)
    places.there()
    with closing(places.open()) as store:
        there = store.trackings.add("2", "BR3", "Correios", "PAC", "", NOW)
        store.trackings.remove(there, NOW)
        store.runs.add("stock", NOW, NOW, "ok")
    places.back()
    with closing(places.open()) as store:
        back = store.trackings.add("2", "BR4", "Correios", "PAC", "", NOW)
        store.runs.add("stock", NOW, NOW, "ok")
    assert first < gone < there < back


def test_texts_that_no_server_takes_are_cleaned_and_said(places: Places, clock: FakeClock) -> None:
    with closing(sqlite3.connect(places.path)) as raw:
        raw.executemany(
            "INSERT INTO fact (key, value) VALUES (?, ?)",
            [("a\0b", "v\0"), ("a\x01", "1"), ("a", "2"), ("aé", "3"), ("b", "\0\0")],
        )
        raw.commit()
    moved = places.there()
    assert moved.copied.cleaned == 3
    assert places.rows()["fact"] == [
        ("a", "2"),
        ("a\x01", "1"),
        ("aé", "3"),
        ("a\ufffdb", "v\ufffd"),
        ("b", "\ufffd\ufffd"),
    ]


def test_a_target_with_a_state_is_refused(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    with closing(open_shared_store(places.server, places.schema, clock)) as there:
        there.facts.set("somebody's", "state")
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert (caught.value.code, caught.value.params) == ("L-370", {"where": places.schema})
    assert places.settings == "sqlite"
    assert places.rows() == start
    places.settings = "postgresql"
    with pytest.raises(ConfigurationError) as caught:
        places.back()
    assert caught.value.code == "L-370"
    assert rows_of(places.open().database, NAMES)["fact"] == [("somebody's", "state")]


def test_an_empty_schema_and_an_empty_file_are_taken(places: Places, clock: FakeClock) -> None:
    open_shared_store(places.server, places.schema, clock).close()
    filled(places.path, clock)
    start = places.rows()
    places.there()
    places.path.unlink()
    open_store(places.path, clock).close()
    places.back()
    assert places.rows() == start


def test_a_schema_that_is_not_there_is_made(places: Places, clock: FakeClock) -> None:
    places.schemas.tell(f'DROP SCHEMA "{places.schema}" CASCADE')
    places.there()
    with closing(places.open()) as store:
        store.facts.set("used", "1")


def test_a_schema_of_somebody_else_is_left_alone(places: Places) -> None:
    places.schemas.tell(f'DROP SCHEMA "{places.schema}" CASCADE')
    places.schemas.tell(f'CREATE SCHEMA "{places.schema}"')
    places.schemas.tell(f'CREATE TABLE "{places.schema}".clientes (id int)')
    with pytest.raises(ConfigurationError) as caught:  # StoreDamaged would have this PC's own state rescued
        places.there()
    assert caught.value.code == "L-370"
    assert places.settings == "sqlite"


def test_a_schema_without_a_state_has_nothing_to_move(places: Places) -> None:
    places.schemas.tell(f'DROP SCHEMA "{places.schema}" CASCADE')
    places.path.unlink()
    with pytest.raises(StoreDamaged) as caught:
        places.back()
    assert caught.value.code == "L-374"
    assert not places.path.exists()


def test_others_at_work_are_named_and_nothing_is_done(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    places.there()
    start = places.rows()
    now = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    columns = "(desk, place, item, person, at)"
    path = f'SET search_path = "{places.schema}"'
    for statement in (
        f"INSERT INTO open_item {columns} VALUES ('pc-2', 'orders', '1', 'Beto', {now})",
        f"INSERT INTO open_item {columns} VALUES ('pc-1', 'orders', '1', 'Ana', {now})",
        f"INSERT INTO open_item {columns} VALUES ('pc-3', 'orders', '1', 'Caio', '2020-01-01T00:00:00.000000Z')",
        f"INSERT INTO lease (name, number, desk, person, backend, beat_at) VALUES ('engine', 3, 'PC', '', 77, {now})",
    ):
        places.schemas.tell(f"{path}; {statement}")
    with pytest.raises(ConfigurationError) as caught:
        places.back()
    assert (caught.value.code, caught.value.params) == ("L-372", {"desks": "Beto, PC"})
    assert places.settings == "postgresql"
    assert places.rows() == start


def test_a_file_that_somebody_has_open_is_not_moved(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    with closing(Database(places.path)), pytest.raises(StoreAway) as caught:  # and does nothing with it
        places.there()
    assert caught.value.code == "L-313"
    with closing(Database(places.path)) as other, other.read() as connection:
        connection.execute(text("SELECT 1 FROM fact"))
        with pytest.raises(StoreAway) as caught:
            places.there()
    assert caught.value.code == "L-313"
    assert places.settings == "sqlite"
    places.there()


def test_who_opens_the_file_during_the_move_finds_that_it_was_moved(places: Places, clock: FakeClock) -> None:
    """The waiting one opens the old file, and must not write into it."""
    filled(places.path, clock)
    found: list[BaseException] = []

    def come() -> None:
        try:
            with closing(open_store(places.path, clock)) as store:
                store.facts.set("late", "1")
        except OtimoError as error:
            found.append(error)

    comer = threading.Thread(target=come, name="comer")
    real = places.say("postgresql")

    def switch() -> None:
        comer.start()
        comer.join(0.3)
        real()

    moved = moving.to_server(places.path, places.server, places.schema, clock, switch, own="pc-1")
    comer.join()
    assert len(found) == 1, "it was told, one way or the other"
    with closing(sqlite3.connect(places.path.with_name(moved.aside))) as raw:
        assert raw.execute("SELECT count(*) FROM fact WHERE key = 'late'").fetchone() == (0,)


# --- cut off ----------------------------------------------------------------------------------------------------------


class _Crash(BaseException):
    """The process ends here."""


@pytest.mark.filterwarnings("ignore:.*ServerCursor.*")  # a process that ended doesn't close its cursors
@pytest.mark.parametrize("way", ["there", "back"])
def test_an_end_at_any_statement_leaves_one_whole_state_in_force(places: Places, clock: FakeClock, way: str) -> None:
    """Statements of both databases and the moments around the settings; after each end the state in force is the
    start, and the next try succeeds."""
    filled(places.path, clock)
    if way == "back":
        places.there()
    start, before, after = places.rows(), places.settings, "postgresql" if way == "there" else "sqlite"
    move = getattr(places, way)
    ends = 0
    number = 1
    while True:
        countdown = _Countdown(number)
        with countdown:
            try:
                move()
            except _Crash:
                ends += 1
                finished = False
            else:
                finished = True
        assert places.settings in (before, after)
        assert places.rows() == start, f"after the end at statement {number}"
        if finished or places.settings == after:
            break
        number += max(1, number // 3)  # each of the first ones, then fewer: there are hundreds
        clock.advance(minutes=1)
    assert ends > 8
    assert places.settings == after


class _Countdown:
    """Ends the process before the n-th statement of any database."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, *_: Any) -> None:
        self._left -= 1
        if self._left == 0:
            raise _Crash

    def __enter__(self) -> None:
        event.listen(Engine, "before_cursor_execute", self)

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self)


@pytest.mark.parametrize("way", ["there", "back"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_end_beside_the_settings(places: Places, clock: FakeClock, way: str, when: str) -> None:
    filled(places.path, clock)
    if way == "back":
        places.there()
    start, before, after = places.rows(), places.settings, "postgresql" if way == "there" else "sqlite"

    def end() -> None:
        if when == "after":
            places.settings = after
        raise _Crash

    real, places.say = places.say, instead(end)
    move = getattr(places, way)
    with pytest.raises(_Crash):
        move()
    places.say = real
    assert places.settings == (after if when == "after" else before)
    assert places.rows() == start
    if when == "before":
        clock.advance(minutes=1)
        move()
        assert places.rows() == start


def test_settings_that_cannot_be_written_leave_the_old_one_in_force(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()

    def refuse() -> None:
        raise ConfigurationError("L-311", path="settings.toml", reason="disk")

    real, places.say = places.say, instead(refuse)
    with pytest.raises(ConfigurationError):
        places.there()
    places.say = real
    assert places.rows() == start
    places.there()
    places.say = instead(refuse)
    with pytest.raises(ConfigurationError):
        places.back()
    places.say = real
    assert places.settings == "postgresql"
    assert places.rows() == start
    assert not places.path.exists()
    assert not backup.waiting_restore(places.path).exists()


def test_a_server_that_goes_at_the_last_word_does_not_undo_the_move(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    places.there()
    start = places.rows()

    def end_session() -> None:
        places.settings = "sqlite"
        places.schemas.tell(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )

    places.say = instead(end_session)
    moved = places.back()
    assert moved.aside == ""
    assert moved.copied.rows == sum(map(len, start.values()))
    assert places.rows() == start


def test_a_move_that_was_cut_off_is_begun_anew_only_from_the_same_pc(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)

    def end() -> None:
        raise _Crash

    real, places.say = places.say, instead(end)
    with pytest.raises(_Crash):
        places.there()
    places.say, places.own = real, "pc-2"
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert caught.value.code == "L-370"
    places.own = "pc-1"
    with closing(open_shared_store(places.server, places.schema, clock)) as store:
        store.facts.set("somebody", "began to use it")
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert caught.value.code == "L-370"


def test_it_can_be_cancelled(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    steps = Steps()
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if done > total * 0.75:
            steps.stop.set()

    steps.told = tell
    places.steps = steps
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert caught.value.code == "L-376"
    assert places.rows() == start
    assert told == sorted(told)
    assert len({total for _, total in told}) == 1
    places.steps = Steps()
    done: list[tuple[int, int]] = []
    places.steps.told = lambda one, total: done.append((one, total))
    places.there()
    assert done[-1][0] == done[-1][1], "all was copied and compared"


def test_a_copy_that_differs_is_refused(places: Places, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(places.path, clock)
    start = places.rows()
    real = copying._fill

    def spoilt(target: Any, table: Any, blocks: Any) -> None:
        real(target, table, blocks)
        if table.name == "orders":
            target.execute(text("UPDATE orders SET total = '0' WHERE hub_id = '7'"))

    monkeypatch.setattr(copying, "_fill", spoilt)
    with pytest.raises(StoreDamaged) as caught:
        places.there()
    assert (caught.value.code, caught.value.params["table"]) == ("L-371", "orders")
    assert places.settings == "sqlite"
    assert places.rows() == start


@pytest.mark.parametrize(
    "statement", ["DELETE FROM fact WHERE key = 'ponteiro'", "INSERT INTO fact VALUES ('zzz', '')"]
)
def test_a_row_more_or_less_is_refused(
    places: Places, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    filled(places.path, clock)
    real = copying._fill

    def spoilt(target: Any, table: Any, blocks: Any) -> None:
        real(target, table, blocks)
        if table.name == "fact":
            target.execute(text(statement))

    monkeypatch.setattr(copying, "_fill", spoilt)
    with pytest.raises(StoreDamaged) as caught:
        places.there()
    assert (caught.value.code, caught.value.params["table"]) == ("L-371", "fact")


def test_a_row_that_does_not_fit_is_said(places: Places, clock: FakeClock) -> None:
    with closing(sqlite3.connect(places.path)) as raw:
        raw.execute("INSERT INTO commitment (erp_code, units) VALUES ('A', 'muitos')")
        raw.commit()
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert (caught.value.code, caught.value.params["table"]) == ("L-373", "commitment")


def test_what_was_typed_before_the_move_is_not_done_again_after_it(places: Places, clock: FakeClock) -> None:
    """A journal's line from before would bring an old code back over a newer one, at the next rescue."""
    with closing(open_store(places.path, clock)) as store:
        store.orders.add(order("1"), OrderStage.INVOICED, NOW)
        store.trackings.add("1", "OLD", "Correios", "PAC", "", NOW)
    assert list(Journal(places.path).since(None))
    places.there()
    assert list(Journal(places.path).since(None)) == []
    assert list((places.path.parent / "backups").glob("*.old"))


# --- the day's copy ---------------------------------------------------------------------------------------------------


def test_the_days_copy_of_a_server_is_a_file_like_all_others(
    shared_store: StateStore, profile_dir: Path, clock: FakeClock
) -> None:
    assert isinstance(shared_store.database, SharedDatabase)
    path = profile_dir / "state.db"
    shared_store.database.copy = moving.daily_copy(shared_store.database, path, clock)
    fill(shared_store, "A", "B")
    made = shared_store.backup(clock.now())
    assert made == backup.backups(path)[0]
    assert made is not None
    assert backup.is_sound(made)
    assert shared_store.backup(clock.now()) is None, "one a day"
    with closing(sqlite3.connect(made)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    for _ in range(backup.KEEP + 1):
        clock.advance(days=1)
        shared_store.backup(clock.now())
    assert len(backup.backups(path)) == backup.KEEP
    backup.restore(path, backup.backups(path)[0], clock.now())
    with closing(open_store(path, clock)) as store:
        assert rows_of(store.database, NAMES) == rows_of(shared_store.database, NAMES)


def test_a_copy_writes_nothing_on_the_server(shared_store: StateStore, profile_dir: Path, clock: FakeClock) -> None:
    assert isinstance(shared_store.database, SharedDatabase)
    fill(shared_store, "A")
    with shared_store.database.write() as connection:
        connection.execute(insert(metadata.tables["fact"]), {"key": "open", "value": "1"})
        # A writer is at work meanwhile: the copy neither waits for it nor sees half of it.
        copy = moving.daily_copy(shared_store.database, profile_dir / "state.db", clock)
        made = threading.Thread(target=copy, args=(clock.now(),), name="copy")
        made.start()
        made.join(30)
        assert not made.is_alive()
    [file] = backup.backups(profile_dir / "state.db")
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT count(*) FROM fact WHERE key = 'open'").fetchone() == (0,)
