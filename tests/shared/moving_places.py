"""A file and a schema between which a state moves, and a shop that has a row of everything."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store import StateStore, copying, moving, open_store
from otimo_tray.store.copying import Steps
from otimo_tray.store.schema import metadata
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


def left_of(schemas: Schemas, schema: str) -> list[str]:
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
