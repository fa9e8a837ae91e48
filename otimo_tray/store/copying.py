"""All rows of a state from one database into another, and the proof that they are the same there.

Both sides are connections inside a transaction: the source stands still, and the target has all of it or nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Integer, Table, func, select, text

from otimo_tray.errors import ConfigurationError, StoreDamaged
from otimo_tray.store.codec import clean
from otimo_tray.store.dialect import many
from otimo_tray.store.schema import desk, dirty, lease, metadata, open_item, shared_setting

IN_BLOCK: Final = 2_000
"""Rows in memory at a time."""
_OF_A_SERVER: Final = (lease, desk, open_item, shared_setting)
TABLES: Final = tuple(table for table in metadata.sorted_tables if table not in _OF_A_SERVER)
"""What a state is. The others say who is at a server just now, and by which settings: each desk has its copy of those,
and a file has no use for any."""
_COUNTERS: Final = tuple(
    (table, column)
    for table in TABLES
    for column in table.primary_key.columns
    if len(table.primary_key.columns) == 1 and isinstance(column.type, Integer | BigInteger)
)
"""Tables that number their rows by themselves."""

Row = tuple[Any, ...]


@dataclass
class Steps:
    """How far a copy is, and whether it is to end.

    Attributes:
        told: called with rows done and rows to do, each of them counted twice: copied and compared.
        stop: set from any thread: the copy ends with L-376 before its next block.
    """

    told: Callable[[int, int], None] | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    done: int = 0
    total: int = 0

    def add(self, rows: int) -> None:
        """Raises ConfigurationError L-376 when it is to end."""
        if self.stop.is_set():
            raise ConfigurationError("L-376")
        self.done += rows
        if self.told is not None:
            self.told(self.done, self.total)


@dataclass(frozen=True, slots=True)
class Copied:
    """`rows` that were copied and compared; `cleaned`: texts with characters that the server doesn't take (NUL, half
    characters), each replaced by U+FFFD as everywhere else in the program."""

    rows: int
    cleaned: int


def is_empty(connection: Connection) -> bool:
    """Whether a state (its tables are there) has no row but the counter of marks."""
    for table in TABLES:
        rows = select(table).where(dirty.c.kind != "") if table is dirty else select(table)
        if connection.execute(rows.limit(1)).first() is not None:
            return False
    return True


def copy_all(source: Connection, target: Connection, steps: Steps) -> Copied:
    """Copies every table into an empty state and compares it row by row, column by column.

    Raises:
        ConfigurationError: L-373, a row doesn't fit there; L-376, it was to end.
        StoreDamaged: L-371, a table isn't the same there.
        What the databases raise: use it inside their borders.
    """
    counts = {table: int(source.execute(select(func.count()).select_from(table)).scalar_one()) for table in TABLES}
    steps.done, steps.total = 0, 2 * sum(counts.values())
    steps.add(0)
    cleaned: dict[Table, int] = {}
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        # What an opened store puts there by itself is replaced.
        target.exec_driver_sql("DELETE FROM dirty")
    for table in TABLES:
        if target.dialect.name == "sqlite":
            target.execute(table.delete())
        with closing(_blocks(source, table, steps)) as blocks:
            _fill(target, table, _cleaned(blocks, table, cleaned))
    for table, column in _COUNTERS:
        _count_on(target, table, column.name, _last_number(source, table, column.name))
    for table in TABLES:
        _compare(source, target, table, steps, sort=table in cleaned)
    return Copied(sum(counts.values()), sum(cleaned.values()))


def _blocks(connection: Connection, table: Table, steps: Steps, *, sort: bool = False) -> Generator[Sequence[Row]]:
    statement = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=IN_BLOCK)
    with connection.execute(statement) as rows:
        if sort:  # a cleaned text may stand elsewhere; such tables are rare, and small enough
            keys = [table.columns.keys().index(column.name) for column in table.primary_key.columns]
            everything = sorted(
                (_clean(tuple(row)) for row in rows), key=lambda row: [_place(row[key]) for key in keys]
            )
            steps.add(len(everything))
            yield everything
            return
        for block in rows.partitions():
            steps.add(len(block))
            yield [tuple(row) for row in block]


def _place(value: Any) -> Any:
    """Where the databases sort a key: texts by their UTF-8."""
    return value.encode() if isinstance(value, str) else value


def _clean(row: Row) -> Row:
    return tuple([clean(value) if isinstance(value, str) else value for value in row])


def _cleaned(blocks: Iterator[Sequence[Row]], table: Table, cleaned: dict[Table, int]) -> Iterator[Sequence[Row]]:
    for block in blocks:
        rows = [_clean(row) for row in block]
        if rows != list(block):
            pairs = zip(chain.from_iterable(rows), chain.from_iterable(block), strict=True)
            cleaned[table] = cleaned.get(table, 0) + sum(one != other for one, other in pairs)
        yield rows


def _fill(target: Connection, table: Table, blocks: Iterator[Sequence[Row]]) -> None:
    names = [column.name for column in table.columns]
    with _fitting(table):
        if target.dialect.name == "sqlite":
            for block in blocks:
                many(target, table.insert(), names, block)
            return
        listed = ", ".join(f'"{name}"' for name in names)
        driver: Any = target.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
            for block in blocks:
                for row in block:
                    copy.write_row(row)


@contextmanager
def _fitting(table: Table) -> Generator[None]:
    """A number too big, a text where a number belongs: data that no version of this program wrote."""
    try:
        yield
    except Exception as error:
        state = str(getattr(error, "sqlstate", None) or getattr(getattr(error, "orig", None), "sqlstate", None) or "")
        if state[:2] in ("22", "23") or isinstance(error, OverflowError):
            raise ConfigurationError("L-373", table=table.name, detail=type(error).__name__) from None
        raise


# --- numbers that are never given again -------------------------------------------------------------------------------


def _last_number(source: Connection, table: Table, column: str) -> int:
    highest = int(source.execute(select(func.max(table.c[column]))).scalar() or 0)
    if source.dialect.name == "sqlite":
        if not table.dialect_options["sqlite"]["autoincrement"]:
            return highest
        said = source.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
        return max(highest, int(said or 0))
    sequence = _sequence(source, table, column)
    last, called = source.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608 - a name
    return max(highest, int(last) if called else 0)


def _count_on(target: Connection, table: Table, column: str, last: int) -> None:
    if target.dialect.name != "sqlite":
        sequence = _sequence(target, table, column)
        values = {"name": sequence, "last": max(last, 1), "called": last > 0}
        target.execute(text("SELECT setval(CAST(:name AS regclass), :last, :called)"), values)
    elif table.dialect_options["sqlite"]["autoincrement"]:
        target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        if last:
            statement = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
            target.execute(statement, {"name": table.name, "last": last})


def _sequence(connection: Connection, table: Table, column: str) -> str:
    statement = text("SELECT pg_get_serial_sequence(:table, :column)")
    return str(connection.execute(statement, {"table": f'"{table.name}"', "column": column}).scalar_one())


# --- comparing --------------------------------------------------------------------------------------------------------


def _compare(source: Connection, target: Connection, table: Table, steps: Steps, *, sort: bool) -> None:
    with (
        closing(_blocks(source, table, steps, sort=sort)) as here,
        closing(_blocks(target, table, Steps(stop=steps.stop))) as there,
    ):
        ours = (_clean(row) for block in here for row in block)
        theirs = (row for block in there for row in block)
        for number, (one, other) in enumerate(zip_longest(ours, theirs)):
            if one != other:
                raise StoreDamaged("L-371", table=table.name, row=number + 1)
