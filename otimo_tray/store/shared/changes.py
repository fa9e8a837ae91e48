"""What changed at the server since a number: the questions that a mirror asks, of one view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Delete, Select, Table, bindparam, delete, literal_column, select, text
from sqlalchemy.sql.base import Executable

from otimo_tray.errors import StoreDamaged
from otimo_tray.store.dialect import given, upsert
from otimo_tray.store.migrate import HEAD
from otimo_tray.store.schema import desk, lease, metadata, open_item
from otimo_tray.store.shared.objects import UNFOLLOWED
from otimo_tray.store.shared.spool import Spool

IN_BLOCK: Final = 2_000
"""Rows that are in memory at a time."""
_LEFT_OUT: Final = frozenset((*UNFOLLOWED, lease.name, desk.name, open_item.name))
"""What is written without the shop's lock: its numbers would promise nothing."""


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A table's statements. `changed` asks the server for rows above `mark`; the others are the mirror's."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    changed: Select[Any]
    put: Executable
    drop: Delete
    clear: Delete


@dataclass(frozen=True, slots=True)
class Head:
    """What one question tells: where these rows come from, the highest number, of whom, and from which number on
    deletions are still known."""

    origin: str
    top: int
    floor: int
    tables: dict[str, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a pull brings; `gone`: keys of deleted rows by table, to be dropped before the blocks are written."""

    gone: list[tuple[str, list[list[Any]]]]
    tables: frozenset[str]
    spool: Spool

    def blocks(self) -> Iterator[tuple[str, list[list[Any]]]]:
        return self.spool.blocks()


def _mirrored(table: Table) -> Mirrored:
    keys = tuple(one.name for one in table.primary_key.columns)
    columns = tuple(one.name for one in table.columns)
    others = [name for name in columns if name not in keys]
    changed = (
        select(table)
        .where(literal_column(f"{table.name}.change_no") > given("mark"))
        .execution_options(stream_results=True, max_row_buffer=IN_BLOCK)
    )
    if table.name == "orders":
        changed = changed.order_by(table.c.seen_at, table.c.hub_id)  # the search prefers rows that came last
    drop = delete(table).where(*(table.c[name] == bindparam(name) for name in keys))
    return Mirrored(table.name, columns, keys, changed, upsert(table, others), drop, delete(table))


TABLES: Final = {table.name: _mirrored(table) for table in metadata.sorted_tables if table.name not in _LEFT_OUT}
"""All that windows read, in an order in which no row points to one that isn't there yet."""
_TOPS: Final = ", ".join(f"(SELECT max(change_no) FROM {name})" for name in TABLES)  # noqa: S608 - our own names
_ORIGIN: Final = "(SELECT oid FROM pg_database WHERE datname = current_database()), 'fact'::regclass::oid"
_CLUSTER: Final = (
    "(SELECT system_identifier FROM pg_control_system()), (SELECT timeline_id FROM pg_control_checkpoint())"
)
_FLOOR: Final = "(SELECT CAST(key AS bigint) FROM gone_row WHERE table_name = '')"
_NAMES: Final = ", ".join(f"'{name}'" for name in TABLES)
_GONE_TOP: Final = f"(SELECT max(change_no) FROM gone_row WHERE table_name IN ({_NAMES}))"  # noqa: S608 - our own names
_HEAD: Final = f"SELECT (SELECT version_num FROM alembic_version), {_FLOOR}, {_GONE_TOP}, concat_ws('/', {{}}), {_TOPS}"  # noqa: S608
_MAY_ASK: Final = text(
    "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')"
    " AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')"
)
_GONE: Final = text(
    f"SELECT table_name, key FROM gone_row WHERE change_no > :mark AND table_name IN ({_NAMES})"  # noqa: S608 - as above
)


def may_know_cluster(server: Connection) -> bool:
    """Whether the server tells its own number and timeline; everybody may ask, unless an administrator forbade it."""
    return bool(server.execute(_MAY_ASK).scalar())


def read_head(server: Connection, *, cluster: bool) -> Head:
    """One question. `cluster`: whether to ask for what tells a restored server from the one before.

    Raises:
        StoreDamaged: L-321, the schema isn't the one that this program knows.
    """
    origin = f"{_CLUSTER}, {_ORIGIN}" if cluster else _ORIGIN
    revision, floor, gone, place, *tops = server.execute(text(_HEAD.format(origin))).one()
    if revision != HEAD:
        raise StoreDamaged("L-321", detail=f"{revision} <> {HEAD}", revision=revision)
    tables = {name: int(top) for name, top in zip(TABLES, tops, strict=True) if top is not None}
    # What was drawn up to the floor was committed long ago, by whomever.
    return Head(f"{revision}/{place}", max(floor, gone or 0, *tables.values(), 0), floor, tables)


def read_changes(server: Connection, head: Head, mark: int, spool: Spool) -> Changes:
    """All that is above `mark` (below 0: everything, and no deletions), row by row into the spool."""
    gone: dict[str, list[list[Any]]] = {}
    if mark >= 0:
        for name, key in server.execute(_GONE, {"mark": mark}):
            gone.setdefault(name, []).append(json.loads(key))
    changed = [name for name, top in head.tables.items() if top > mark]
    for name in changed:
        with server.execute(TABLES[name].changed, {"mark": mark}) as rows:
            for block in rows.partitions(IN_BLOCK):
                spool.add(name, block)
    children_first = [(name, gone[name]) for name in reversed(TABLES) if name in gone]
    return Changes(children_first, frozenset([*changed, *gone]), spool)
