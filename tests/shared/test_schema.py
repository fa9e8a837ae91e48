"""What a schema has beyond its tables, and who may open it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import closing

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import inspect

from otimo_tray.errors import ConfigurationError, StoreAway, StoreDamaged
from otimo_tray.store import StateStore, migrate
from otimo_tray.store.schema import metadata
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.names import lock_key
from otimo_tray.store.shared.objects import UNFOLLOWED
from otimo_tray.store.shared.opening import bring_up_to_date, open_shared_store
from otimo_tray.store.shared.server import Server
from tests.servers.server import PASSWORD
from tests.shared.looks import shared
from tests.store.build import NOW, fill, plan, row
from tests.store.shared import Schemas
from tests.support.clock import FakeClock


@pytest.fixture
def fresh(schemas: Schemas) -> Generator[str]:
    """The name of a schema that isn't there yet."""
    name = "fresca_1"
    yield name
    schemas.drop(name)


def test_each_written_row_has_a_new_number(schemas: Schemas, shared_store: StateStore) -> None:
    fill(shared_store, "A", "B")
    database = shared(shared_store)
    for table in ("erp_item", "mapping", "sku_value"):
        numbers = [found[0] for found in schemas.rows(database, f"SELECT change_no FROM {table}")]
        assert len(set(numbers)) == len(numbers) > 0
        assert min(numbers) > 0
    highest = schemas.rows(database, "SELECT max(change_no) FROM erp_item")[0][0]
    shared_store.values.apply(plan(rows=[row("A", "9")]))
    assert schemas.rows(database, "SELECT erp_code FROM erp_item WHERE change_no > ?", highest) == [("A",)]


def test_deletions_leave_their_keys(schemas: Schemas, shared_store: StateStore) -> None:
    fill(shared_store, "A'\"\\ ção", "B")
    before = schemas.rows(shared(shared_store), "SELECT max(change_no) FROM gone_row")[0][0]
    shared_store.catalogue.delete_mappings(["A'\"\\ ção"], NOW)
    gone = schemas.rows(
        shared(shared_store),
        "SELECT table_name, key::json->>0, key::json->>1 FROM gone_row WHERE change_no > ?",
        before,
    )
    assert ("mapping", "A'\"\\ ção", "0") in gone


def test_tables_that_were_written_are_told_at_the_commit(schemas: Schemas, shared_store: StateStore) -> None:
    with closing(schemas.server.connect()) as listening:
        channel = sql.Identifier(f"otimo_{shared(shared_store).schema}")
        listening.execute(sql.SQL("LISTEN {}").format(channel))
        with shared_store.batch():
            shared_store.facts.set("a", "1")
            shared_store.values.apply(plan(rows=[row(f"C{number}") for number in range(50)]))
            assert [one.payload for one in listening.notifies(timeout=0)] == []
        assert sorted(one.payload for one in listening.notifies(timeout=30, stop_after=2)) == ["erp_item", "fact"]
        shared_store.values.mark_dirty([("sku", "A")])  # the leader's own: nobody follows it
        assert [one.payload for one in listening.notifies(timeout=0)] == []


def test_a_table_cannot_be_emptied_without_a_trace(schemas: Schemas, shared_store: StateStore) -> None:
    with pytest.raises(psycopg.errors.RaiseException):
        schemas.rows(shared(shared_store), "TRUNCATE fact")


def test_every_table_is_followed_and_texts_are_in_the_order_of_code_points(
    schemas: Schemas, shared_store: StateStore
) -> None:
    with shared_store.database.read() as connection:
        look = inspect(connection)
        tables = set(look.get_table_names()) - set(UNFOLLOWED)
        assert tables == set(metadata.tables) - {"dirty", "desk", "lease", "open_item"}
        for table in tables:
            assert any(one["name"] == "change_no" for one in look.get_columns(table)), table
    loose = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name <> 'alembic_version'"
        " AND (data_type = 'integer' OR (data_type = 'text' AND collation_name IS DISTINCT FROM 'C'))"
    )
    assert schemas.rows(shared(shared_store), loose) == []
    for key in ("b", "B", "a", "É", "e", "_", "10", "9"):
        shared_store.values.apply(plan(rows=[row(key)]))
    [block] = shared_store.values.erp_rows()
    assert [found[0] for found in block] == sorted(("b", "B", "a", "É", "e", "_", "10", "9"))


def test_deletions_told_long_ago_are_forgotten_up_to_a_number(schemas: Schemas, shared_store: StateStore) -> None:
    database = shared(shared_store)
    shared_store.values.apply(plan(rows=[row("A"), row("B")]))
    shared_store.values.apply(plan(gone=["A"]))
    shared_store.prune(NOW, 90)
    rows = "SELECT table_name, key FROM gone_row ORDER BY change_no"
    assert schemas.rows(database, rows) == [("", "0"), ("erp_item", '["A"]')]
    number = schemas.rows(database, "UPDATE gone_row SET at = at - interval '31 days' RETURNING change_no")[-1][0]
    shared_store.values.apply(plan(gone=["B"]))
    shared_store.prune(NOW, 90)
    assert schemas.rows(database, rows) == [("", str(number)), ("erp_item", '["B"]')]


def test_a_schema_is_made_once_whoever_comes_first(schemas: Schemas, fresh: str, clock: FakeClock) -> None:
    made: list[bool] = []

    def come() -> None:
        with closing(Server(schemas.address, PASSWORD)) as server:
            made.append(bring_up_to_date(server, fresh))

    threads = [threading.Thread(target=come) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False, False, True]
    open_shared_store(schemas.server, fresh, clock).close()


def test_a_newer_schema_is_left_alone(schemas: Schemas, shared_store: StateStore, clock: FakeClock) -> None:
    database = shared(shared_store)
    schemas.rows(database, "UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    try:
        with pytest.raises(StoreDamaged) as caught:
            open_shared_store(schemas.server, database.schema, clock)
        assert caught.value.code == "L-321"
    finally:
        schemas.rows(database, "UPDATE alembic_version SET version_num = ? RETURNING 1", migrate.HEAD)


def test_a_foreign_schema_is_left_alone(schemas: Schemas, fresh: str, clock: FakeClock) -> None:
    schemas.run(f"CREATE SCHEMA {fresh} CREATE TABLE guests (name text)")
    with pytest.raises(StoreDamaged) as caught:
        open_shared_store(schemas.server, fresh, clock)
    assert caught.value.code == "L-322"


def test_who_has_no_right_is_told(
    schemas: Schemas, shared_store: StateStore, clock: FakeClock, fresh: str, grant: Callable[[str], Server]
) -> None:
    server = grant("sem_direito")
    for schema in (fresh, shared(shared_store).schema):
        with pytest.raises(StoreAway) as caught:
            open_shared_store(server, schema, clock)
        assert caught.value.code == "L-334"


@pytest.fixture
def grant(schemas: Schemas) -> Generator[Callable[[str], Server]]:
    """Makes a user who may only connect."""
    made: list[tuple[str, Server]] = []

    def make(name: str) -> Server:
        schemas.run(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
        made.append((name, Server(schemas.address.replace("otimo@", f"{name}@"), PASSWORD)))
        return made[-1][1]

    yield make
    for name, server in made:
        server.close()
        schemas.run(f"DROP ROLE {name}")


@pytest.mark.parametrize("name", ["", "Loja", 'a"b', "1a", "a-b", "a" * 42, "pg;drop"])
def test_only_plain_names_are_schemas(schemas: Schemas, name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        SharedDatabase(schemas.server, name)
    assert caught.value.code == "C-405"


def test_each_schema_has_a_lock_of_its_own() -> None:
    keys = {lock_key(f"loja_{number}") for number in range(2_000)} | {lock_key("loja_1", "lead")}
    assert len(keys) == 2_001
    assert all(-(2**63) <= key < 2**63 for key in keys)
