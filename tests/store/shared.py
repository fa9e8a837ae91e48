"""Schemas in the tests' own PostgreSQL: made once by the revisions, emptied between tests."""

from __future__ import annotations

from typing import Any, LiteralString, cast

import psycopg

from otimo_tray.ports import Clock
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.opening import open_shared_store
from otimo_tray.store.shared.server import Server
from tests.servers import Server as RealServer
from tests.servers.server import PASSWORD


class Schemas:
    """Lends an empty schema to one test after the other; two at a time get one each."""

    def __init__(self, server: RealServer) -> None:
        self.address = f"postgresql://otimo@127.0.0.1:{server.port}/postgres"
        self.port = server.port
        self.server = Server(self.address, PASSWORD)
        self._free: list[str] = []
        self._made = 0
        self._outside = psycopg.connect(
            host="127.0.0.1", port=server.port, user="otimo", password=PASSWORD, dbname="postgres", autocommit=True
        )

    def store(self, clock: Clock, **more: Any) -> StateStore:
        """An empty state."""
        return open_shared_store(self.server, self.lend(), clock, **more)

    def lend(self) -> str:
        """The name of an empty schema (perhaps not there yet)."""
        if self._free:
            return self._free.pop()
        self._made += 1
        return f"loja_{self._made}"

    def give_back(self, store: StateStore) -> None:
        """Empties it for the next test."""
        assert isinstance(store.database, SharedDatabase)
        self.empty(store.database.schema)
        self.free(store.database.schema)

    def free(self, schema: str) -> None:
        """An empty one may be lent again."""
        self._free.append(schema)

    def empty(self, schema: str) -> None:
        """Without the triggers, which would refuse it; in fewer than all tables there are rows."""
        self._outside.execute(cast("LiteralString", _EMPTY.replace("SCHEMA", schema)))

    def rows(self, database: SharedDatabase, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What another connection sees."""
        self._outside.execute(cast("LiteralString", f'SET search_path = "{database.schema}"'))
        text = cast("LiteralString", sql.replace("%", "%%").replace("?", "%s"))
        return self._outside.execute(text, values).fetchall()

    def run(self, statement: str) -> None:
        """One without an answer, by the server's administrator."""
        self._outside.execute(cast("LiteralString", statement))

    def drop(self, schema: str) -> None:
        """Takes a schema away, if it is there."""
        self.run(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')

    def tell(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs commands as an administrator would; answers the rows of the last, if it has any."""
        done = self._outside.execute(cast("LiteralString", sql))
        return done.fetchall() if done.description else []

    def close(self) -> None:
        self._outside.close()
        self.server.close()


_EMPTY: LiteralString = """
DO $$
DECLARE one text; there boolean;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'SCHEMA' AND tablename NOT IN ('alembic_version') LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM "SCHEMA".%I)', one) INTO there;
    IF there THEN EXECUTE format('DELETE FROM "SCHEMA".%I', one); END IF;
  END LOOP;
  INSERT INTO "SCHEMA".gone_row (change_no, table_name, key) VALUES (0, '', '0');
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'SCHEMA' LOOP
    PERFORM setval(format('"SCHEMA".%I', one)::regclass, 1, false);
  END LOOP;
END$$
"""
