"""The few places where databases differ: upserts, long lists of keys, and the driver's own cursor for bulk work.

Everything else in this package is plain SQLAlchemy; another database needs this module and its migrations, no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    bindparam,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import Insert as AnyInsert
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.functions import FunctionElement

from otimo_tray.store.codec import clean

Tuples = list[tuple[Any, ...]]
IN_BLOCK: Final = 5_000
"""Rows read or written at a time where there may be a hundred thousand."""
_COMPILED: WeakKeyDictionary[Executable, dict[Any, tuple[str, Sequence[str], dict[str, Any]]]] = WeakKeyDictionary()


class Upsert(Insert):
    """SQLite's INSERT … ON CONFLICT, which knows how to be PostgreSQL's."""

    inherit_cache = True
    changes: Mapping[str, ColumnElement[Any]]
    updated: Sequence[str]
    only_if: ColumnElement[bool] | None


@compiles(Upsert, "postgresql")
def _upsert_there(element: Upsert, compiler: Any, **keywords: Any) -> str:
    return compiler.visit_insert(_there(element), **keywords)


def _there(element: Executable) -> Any:
    """PostgreSQL's own form of an INSERT."""
    if not isinstance(element, Upsert):
        return element
    from sqlalchemy.dialects.postgresql import insert

    table = cast("Table", element.table)
    statement = insert(table)
    keys = list(table.primary_key.columns)
    changes = {**{name: statement.excluded[name] for name in element.updated}, **element.changes}
    if not changes:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=changes, where=element.only_if)


_TOGETHER: WeakKeyDictionary[Executable, dict[tuple[str, ...], Executable | None]] = WeakKeyDictionary()


def upsert(
    table: Table,
    update: Iterable[str],
    *,
    also: Mapping[str, ColumnElement[Any]] | None = None,
    only_if: ColumnElement[bool] | None = None,
) -> Upsert:
    """An INSERT that, where the primary key is taken, sets the columns of `update` to the new values instead.

    With `update` empty the row that is there stays as it is. `also` are columns computed from the row that is there;
    `only_if` limits the update.
    """
    statement = Upsert(table)
    statement.updated, statement.changes, statement.only_if = tuple(update), dict(also or {}), only_if
    keys = list(table.primary_key.columns)
    changes: dict[str, ColumnElement[Any]] = {name: statement.excluded[name] for name in statement.updated}
    changes.update(statement.changes)
    if not changes:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=changes, where=only_if)


class _Listed(FunctionElement[str]):
    """The texts of a JSON list, a row each."""

    name = "listed"
    inherit_cache = True


@compiles(_Listed)
def _listed_here(element: _Listed, compiler: Any, **keywords: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **keywords)})"


@compiles(_Listed, "postgresql")
def _listed_there(element: _Listed, compiler: Any, **keywords: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **keywords)} AS JSON))"


def among(column: ColumnElement[str] | Column[str], name: str = "keys") -> ColumnElement[bool]:
    """Whether `column` is one of the keys of parameter `name`, as `keys_of` makes it; any number of keys, one text."""
    keys = _Listed(bindparam(name)).table_valued("value")
    return column.in_(select(keys.c.value))


class _Like(FunctionElement[bool]):
    """LIKE without an escape character, deaf to the case of ASCII letters: a column and a pattern."""

    name = "is_like"
    type = Boolean()
    inherit_cache = True


@compiles(_Like)
def _like_here(element: _Like, compiler: Any, **keywords: Any) -> str:
    column, pattern = element.clauses
    return f"{compiler.process(column, **keywords)} LIKE {compiler.process(pattern, **keywords)}"


@compiles(_Like, "postgresql")
def _like_there(element: _Like, compiler: Any, **keywords: Any) -> str:
    column, pattern = element.clauses
    return f"{compiler.process(column, **keywords)} ILIKE {compiler.process(pattern, **keywords)} ESCAPE ''"


def contains(column: Column[str], name: str) -> ColumnElement[bool]:
    """Whether the text of parameter `name` stands in `column`."""
    return _Like(column, literal("%") + bindparam(name, type_=Text) + literal("%"))


def begins(column: Column[str], name: str) -> ColumnElement[bool]:
    """Whether `column` begins with the text of parameter `name`."""
    return _Like(column, bindparam(name, type_=Text) + literal("%"))


def given(name: str) -> BindParameter[Any]:
    """A parameter of a statement, of any type."""
    return bindparam(name)


def new_id(connection: Connection, table: Table, values: Mapping[str, object]) -> int:
    """Inserts a row whose primary key the database gives; answers that key."""
    key = connection.execute(table.insert(), dict(values)).inserted_primary_key
    if key is None:  # pragma: no cover - every database we know answers it
        raise LookupError(table.name)
    return int(key[0])


def one_of(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether `column` is one of a few constants."""
    return column.in_([literal(str(value)) for value in values])


def keys_of(keys: Iterable[str]) -> str:
    """The parameter for `among`."""
    listed = list(keys)
    text = json.dumps(listed)
    if "\\ud" in text or "\\u0000" in text:  # perhaps half a character: as it was cleaned when it was stored
        return json.dumps([clean(key) for key in listed])
    return text


def after(columns: Sequence[Column[Any]], names: Sequence[str]) -> ColumnElement[bool]:
    """Rows behind the parameters `names` in the order of `columns`: the next page of a read in blocks."""
    first, *rest = columns
    name, *others = names
    bound = given(name)
    if not rest:
        return first > bound
    return and_(first >= bound, or_(first > bound, after(rest, others)))


def tuples(connection: Connection, statement: Executable, parameters: Mapping[str, object] | None = None) -> Tuples:
    """All rows of a statement as the driver's own tuples: half the time of rows with names.

    Only for columns whose type needs no conversion (text and whole numbers; a boolean comes as 0 or 1, or as itself).
    """
    sql, names, constants = _compiled(connection, statement)
    values = {**constants, **(parameters or {})}
    cursor = _cursor(connection)
    try:
        cursor.execute(sql, [values[name] for name in names])
        return cast("Tuples", cursor.fetchall())
    finally:
        cursor.close()


def many(connection: Connection, statement: Executable, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Runs a statement for every row; `names` are the parameters' names in the order of a row's fields."""
    if connection.dialect.name == "postgresql":
        from otimo_tray.store.bulk import in_blocks

        together = _together(statement, names)
        if together is not None:
            for text in in_blocks(statement, names, rows):
                _run(connection, together, {"rows_given": text})
            return
    _one_by_one(connection, statement, names, rows)


def _together(statement: Executable, names: Sequence[str]) -> Executable | None:
    """The statement for many rows at once, made once and kept as long as the statement."""
    from otimo_tray.store.bulk import for_rows

    known = _TOGETHER.setdefault(statement, {})
    key = tuple(names)
    if key not in known:
        known[key] = for_rows(statement, names, _there)
    return known[key]


def _run(connection: Connection, statement: Executable, parameters: Mapping[str, object]) -> None:
    sql, names, constants = _compiled(connection, statement)
    values = {**constants, **parameters}
    cursor = _cursor(connection)
    try:
        cursor.execute(sql, [values[name] for name in names])
    finally:
        cursor.close()


def _one_by_one(
    connection: Connection, statement: Executable, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    sql, wanted, constants = _compiled(connection, statement, names)
    cursor = _cursor(connection)
    try:
        if tuple(wanted) == tuple(names):
            cursor.executemany(sql, rows)
        else:
            fixed = tuple(constants[name] for name in wanted if name not in names)
            fields = [*names, *(name for name in wanted if name not in names)]
            places = [fields.index(name) for name in wanted]
            full = ((*row, *fixed) for row in rows)
            cursor.executemany(sql, ([row[place] for place in places] for row in full))
    finally:
        cursor.close()


def _cursor(connection: Connection) -> Any:
    if not connection.in_transaction():
        connection.begin()  # the driver begins nothing by itself: without this each statement had a view of its own
    return connection.connection.cursor()


def _compiled(
    connection: Connection, statement: Executable, columns: Sequence[str] | None = None
) -> tuple[str, Sequence[str], dict[str, Any]]:
    """SQL in the driver's paramstyle, its parameters in order, the values of constants. Compiled once, kept as long as
    the statement."""
    known = _COMPILED.setdefault(statement, {})
    key = (connection.dialect.name, None if columns is None else tuple(columns))
    if key not in known:
        # Many rows answer no keys.
        quiet = statement.inline() if columns is not None and isinstance(statement, AnyInsert) else statement
        compiled: Any = cast("Any", quiet).compile(
            dialect=connection.dialect,
            column_keys=None if columns is None else list(columns),
        )
        constants = {
            name: value
            for name, value in compiled.construct_params(_check=False).items()
            if not compiled.binds[name].required
        }
        known[key] = (str(compiled), tuple(compiled.positiontup), constants)
    return known[key]
