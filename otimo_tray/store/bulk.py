"""Many rows in one statement, for PostgreSQL: a round trip, a plan and the statement's triggers once a block.

The rows travel as one JSON text, whatever their number, and are rows of a table again over there. Updates stay as they
are, one after the other: where two concern the same row, their order counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    Boolean,
    Delete,
    Insert,
    Integer,
    Table,
    Text,
    bindparam,
    column,
    delete,
    func,
    select,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from otimo_tray.store.codec import clean

BLOCK: Final = 2_000
_ROWS: Final = "rows_given"

Row = Sequence[Any]


def in_blocks(statement: Executable, names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Blocks of rows as JSON for the parameter `rows_given`. No two rows of a block have the same primary key: the
    second must find what the first one left."""
    keys = [f"c{place}" for place in range(len(names))]
    source = iter(rows)
    while block := list(islice(source, BLOCK)):
        for part in _unrepeated(block, _places_of_key(statement, names)):
            text = _json(keys, part)
            if "\\u0000" in text:  # perhaps a NUL, which no text there holds
                text = _json(keys, [[clean(one) if isinstance(one, str) else one for one in row] for row in part])
            yield text


def _json(keys: Sequence[str], block: Sequence[Row]) -> str:
    return json.dumps([dict(zip(keys, row, strict=True)) for row in block], ensure_ascii=False, separators=(",", ":"))


def _places_of_key(statement: Executable, names: Sequence[str]) -> list[int]:
    if not isinstance(statement, Insert):
        return []
    keys = [one.name for one in cast("Table", statement.table).primary_key.columns]
    return [names.index(key) for key in keys] if all(key in names for key in keys) else []


def _unrepeated(block: list[Row], places: Sequence[int]) -> Iterator[list[Row]]:
    if not places or len({tuple(row[place] for place in places) for row in block}) == len(block):
        yield block
        return
    seen: set[tuple[Any, ...]] = set()
    part: list[Row] = []
    for row in block:
        key = tuple(row[place] for place in places)
        if key in seen:
            yield part
            seen.clear()
            part = []
        seen.add(key)
        part.append(row)
    yield part


def for_rows(statement: Executable, names: Sequence[str], there: Callable[[Executable], Insert]) -> Executable | None:
    """The statement for all rows of the parameter `rows_given`; None where they must go one by one.

    Args:
        there: makes PostgreSQL's own INSERT of one.
    """
    if isinstance(statement, Insert):
        kinds = [_kind(cast("Table", statement.table).c[name].type) for name in names if name in statement.table.c]
        if len(kinds) != len(names):
            return None  # a parameter that is no column
        given = _given(kinds)
        return there(statement).inline().from_select(list(names), select(*given.c))
    if isinstance(statement, Delete) and statement.whereclause is not None:
        bound = {one.key: one for one in _parameters(statement.whereclause)}
        given = _given([_kind(bound[name].type) for name in names])
        columns = dict(zip(names, given.c, strict=True))

        def replace(element: Any, **_: Any) -> Any:
            return columns.get(element.key) if isinstance(element, BindParameter) else None

        return delete(statement.table).where(visitors.replacement_traverse(statement.whereclause, {}, replace))
    return None


def _parameters(clause: Any) -> list[BindParameter[Any]]:
    return [one for one in visitors.iterate(clause) if isinstance(one, BindParameter)]


def _given(kinds: Sequence[TypeEngine[Any]]) -> Any:
    columns = [column(f"c{place}", kind) for place, kind in enumerate(kinds)]
    rows = func.json_to_recordset(bindparam(_ROWS, type_=Text).cast(JSON))
    return rows.table_valued(*columns, name="given").render_derived(with_types=True)


def _kind(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Boolean):
        return Boolean()
    return BigInteger() if isinstance(kind, Integer) else Text()
