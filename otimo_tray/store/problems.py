"""What needs a person: one row an item, gone when healed."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import case, delete, func, select

from otimo_tray.errors import OtimoError
from otimo_tray.store.codec import clean, error_columns, params_of, time_of, time_text
from otimo_tray.store.dialect import given, many, tuples, upsert
from otimo_tray.store.schema import problem
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import Problem

_c = problem.c
_REPORT: Final = upsert(
    problem,
    ["code", "params", "raw", "last_seen"],
    also={
        # Another fault of the same item is a new problem.
        "since": case((_c.code == given("same_code"), _c.since), else_=given("new_since")),
        "times": case((_c.code == given("same_code"), _c.times + 1), else_=1),
    },
)
_OF_FLOW: Final = select(_c.item).where(_c.flow == given("of_flow"))
_SOLVE: Final = delete(problem).where(_c.flow == given("of_flow"), _c.item == given("of_item"))
_LIST: Final = (
    select(_c.flow, _c.item, _c.code, _c.params, _c.raw, _c.since, _c.last_seen, _c.times)
    .order_by(_c.last_seen.desc(), _c.flow, _c.item)
    .limit(given("block"))
)
_COUNT: Final = select(func.count()).select_from(problem)


class ProblemStore:
    """Implements `sync.storage.Problems`."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def report(self, flow: str, item: str, error: OtimoError, now: datetime) -> None:
        columns, at = error_columns(error), time_text(now)
        row = {
            "flow": str(flow),
            "item": clean(item),
            "code": error.code,
            "params": columns["error_params"],
            "raw": columns["error_raw"],
            "since": at,
            "last_seen": at,
            "times": 1,
            "same_code": error.code,
            "new_since": at,
        }
        with self._database.write() as connection:
            connection.execute(_REPORT, row)

    def solve(self, flow: str, items: Sequence[str] | None = None) -> None:
        """Called for everything that goes well: writes only where there is a problem to end."""
        if items is not None and not items:
            return
        with self._database.read() as connection:
            known = [row[0] for row in tuples(connection, _OF_FLOW, {"of_flow": str(flow)})]
        if items is not None and known:
            healed = {clean(item) for item in items}
            known = [item for item in known if item in healed]
        if not known:
            return
        with self._database.write() as connection:
            many(connection, _SOLVE, ("of_flow", "of_item"), ((str(flow), item) for item in known))

    def list(self, limit: int = 1_000) -> builtins.list[Problem]:
        with self._database.read() as connection:
            rows = tuples(connection, _LIST, {"block": limit})
        return [
            Problem(flow, item, code, params_of(params), raw, time_of(since), time_of(seen), times)
            for flow, item, code, params, raw, since, seen, times in rows
        ]

    def count(self) -> int:
        with self._database.read() as connection:
            return connection.execute(_COUNT).scalar_one()
