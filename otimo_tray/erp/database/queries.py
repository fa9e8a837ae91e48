"""What is read: the contract's views, or SELECTs of the shop's own in their place, checked before they run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from otimo_tray.erp.database import contract
from otimo_tray.errors import ErpMisconfigured

_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z_0-9$]*")
_NOISE: Final = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]", re.DOTALL)
_FORBIDDEN: Final = frozenset({
    "insert", "update", "delete", "merge", "replace", "drop", "create", "alter", "grant", "revoke", "truncate", "exec",
    "execute", "call", "into", "set", "lock", "attach", "detach", "pragma", "vacuum", "reindex", "begin", "commit",
    "rollback", "savepoint", "shutdown", "copy", "load", "handler", "prepare", "declare", "kill", "for",
})  # fmt: skip
"""Words no SELECT of ours has outside of names, texts and comments. FOR would be FOR UPDATE, which takes locks."""
_ALLOWED_FUNCTIONS: Final = frozenset({"replace", "truncate", "insert"})
"""Also names of functions: allowed right before a parenthesis."""
ID: Final[sa.ColumnElement[Any]] = sa.literal_column("id")
"""The invoices' own number."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: `sql` of the shop's own, or a view of the contract. `name` is for messages."""

    name: str
    table: sa.Table
    needed: tuple[str, ...]
    columns: tuple[str, ...]
    sql: str = ""


def source_of(name: str, queries: dict[str, str]) -> Source:
    """The source of "items" or "invoices". Raises ErpMisconfigured E-227 for a query that isn't one SELECT."""
    if name == "items":
        source = Source(contract.ITEMS, contract.items_view, contract.ITEM_NEEDED, contract.ITEM_COLUMNS)
    else:
        source = Source(contract.INVOICES, contract.invoices_view, contract.INVOICE_NEEDED, contract.INVOICE_COLUMNS)
    own = queries.get(name, "").strip().rstrip(";").strip()
    if not own:
        return source
    check_select(own, name)
    return Source(name, source.table, source.needed, source.columns, own)


def check_select(sql: str, name: str) -> None:
    """A query must be one SELECT (or WITH … SELECT) that changes and locks nothing.

    The read-only transaction is the guard; this says it sooner, and guards databases that have none.

    Raises:
        ErpMisconfigured: E-227 with `reason`: "select", "several" or "word" (then `word` too).
    """
    bare = _NOISE.sub(" ", sql)
    words = list(_WORD.finditer(bare))
    if not words or words[0].group().lower() not in {"select", "with"}:
        raise ErpMisconfigured("E-227", view=name, reason="select")
    if ";" in bare:
        raise ErpMisconfigured("E-227", view=name, reason="several")
    for found in words:
        word = found.group().lower()
        is_function = bare[found.end() :].lstrip().startswith("(") and word in _ALLOWED_FUNCTIONS
        # SUBSTRING(x FROM 1 FOR 3) is the one FOR that may be, CHARACTER SET the one SET.
        is_part = word == "for" and re.match(r"\s+[\d?]", bare[found.end() :]) is not None
        is_part |= word == "set" and re.search(r"\bcharacter\s+$", bare[: found.start()], re.IGNORECASE) is not None
        is_name = bare[: found.start()].rstrip().endswith(".")
        if word in _FORBIDDEN and not (is_function or is_part or is_name):
            raise ErpMisconfigured("E-227", view=name, reason="word", word=word.upper())


def run(connection: sa.Connection, source: Source) -> sa.CursorResult[Any]:
    """Runs the source as it stands: its rows come with whatever columns it has."""
    if source.sql:
        return connection.execution_options(no_parameters=True).exec_driver_sql(source.sql)
    return connection.execute(sa.select(sa.text("*")).select_from(source.table))


def part(source: Source, columns: Sequence[str]) -> sa.Select[Any]:
    """A SELECT of some columns from the source, to be narrowed down further."""
    chosen: list[sa.ColumnElement[Any]] = [sa.literal_column(name) for name in columns]
    if source.sql:
        escaped = source.sql.replace(":", "\\:")
        return sa.select(*chosen).select_from(sa.text(f"({escaped}) consulta"))
    return sa.select(*chosen).select_from(source.table)


def places(source: Source, names: Sequence[str]) -> list[int | None]:
    """Where each column of the contract stands among the columns that came; names count without case.

    Raises:
        ErpMisconfigured: E-266, a needed one is missing or one comes twice, with `view`, `missing`, `found`.
    """
    found = [name.strip().lower() for name in names]
    missing = [name for name in source.needed if name not in found]
    twice = [name for name in source.columns if found.count(name) > 1]
    if missing or twice:
        raise ErpMisconfigured("E-266", view=source.name, missing=", ".join(missing or twice), found=", ".join(found))
    return [found.index(name) if name in found else None for name in source.columns]
