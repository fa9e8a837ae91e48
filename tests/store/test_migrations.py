"""Revisions create exactly the schema; an older program leaves a newer database alone."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from otimo_tray.errors import StoreDamaged
from otimo_tray.store import migrate, open_store
from otimo_tray.store.database import Database
from otimo_tray.store.schema import metadata
from tests.support.clock import FakeClock


def _shape(path: Path) -> dict[str, str]:
    """Every table's and index's own CREATE, blanks apart."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: re.sub(r"\s+([,)])", r"\1", " ".join(sql.split())) for name, sql in rows if name != "alembic_version"}


def test_the_revisions_create_exactly_the_schema(path: Path, clock: FakeClock, tmp_path: Path) -> None:
    open_store(path, clock).close()
    direct = tmp_path / "direct.db"
    engine = create_engine(f"sqlite:///{direct}")
    metadata.create_all(engine)
    engine.dispose()
    assert _shape(path) == _shape(direct)


def test_alembic_sees_no_difference_either(path: Path, clock: FakeClock) -> None:
    open_store(path, clock).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [migrate.HEAD]
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == migrate.REVISIONS


def test_a_newer_database_is_left_alone(path: Path, clock: FakeClock) -> None:
    open_store(path, clock).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = _shape(path)
    with pytest.raises(StoreDamaged) as caught:
        open_store(path, clock)
    assert caught.value.code == "L-321"
    assert _shape(path) == before


def test_alembic_is_not_loaded_for_a_database_that_is_up_to_date(path: Path, clock: FakeClock) -> None:
    open_store(path, clock).close()
    script = (
        "import sys\nfrom pathlib import Path\nfrom otimo_tray.store import open_store\n"
        "from tests.support.clock import FakeClock\n"
        "open_store(Path(sys.argv[1]), FakeClock()).close()\n"
        "print('alembic' in sys.modules)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout.strip() == "False"
    assert answer.stderr == ""


def test_a_migration_that_fails_leaves_nothing(path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables made before the fault are gone too: CREATE TABLE belongs to the transaction."""

    def half_way(connection: Connection) -> bool:
        migrate.migrate(connection)
        raise StoreDamaged("L-322", detail="half-way")

    monkeypatch.setattr("otimo_tray.store.state.migrate", half_way)
    with pytest.raises(StoreDamaged):
        open_store(path, clock)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    monkeypatch.undo()
    open_store(path, clock).close()


def test_a_folder_with_a_percent_sign_is_no_trouble(tmp_path: Path, clock: FakeClock) -> None:
    open_store(tmp_path / "50% off" / "estado.db", clock).close()
    assert (tmp_path / "50% off" / "estado.db").exists()


def test_an_empty_file_is_a_new_database(path: Path) -> None:
    path.touch()
    database = Database(path)
    try:
        with database.write() as connection:
            assert migrate.migrate(connection)
        with database.write() as connection:
            assert not migrate.migrate(connection)
    finally:
        database.close()


def test_a_database_of_the_first_revision_is_brought_up_with_all_it_holds(path: Path, clock: FakeClock) -> None:
    database = Database(path)
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, migrate.REVISIONS[0])
        connection.exec_driver_sql("INSERT INTO fact VALUES ('cursor', '7')")
    database.close()
    store = open_store(path, clock)
    try:
        assert store.facts.get("cursor") == "7"
    finally:
        store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(migrate.HEAD,)]


def test_orders_from_before_get_the_tracking_codes_that_the_hub_has(path: Path, clock: FakeClock) -> None:
    """So that a parcel is found by the code its channel made, however old its order is."""
    database = Database(path)
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    texts = dict.fromkeys(
        ("original_id", "channel", "channel_account", "hub_status", "sub_status", "delivery_type", "stage", "stage_at",
         "buyer_name", "buyer_document", "seen_at", "read_at", "due_at", "buyer_search", "raw"), "",
    )  # fmt: skip
    shipments = {"a": '[{"id":"1"},{"id":"2","track_code":"CODE2"}]', "b": '[{"id":"1"}]', "c": "[]"}
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for hub_id, listed in shipments.items():
            row = {**texts, "hub_id": hub_id, "attempts": 0, "cancel_open": 0, "data": f'{{"shipments":{listed}}}'}
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO orders ({', '.join(row)}) VALUES ({marks})"), row)
    database.close()
    open_store(path, clock).close()
    with closing(sqlite3.connect(path)) as plain:
        found = dict(plain.execute("SELECT hub_id, hub_code FROM orders").fetchall())
    assert found == {"a": "CODE2", "b": "", "c": ""}
