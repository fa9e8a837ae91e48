"""Ledger of runs: those that did something or failed, and those that didn't happen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import insert, select

from otimo_tray.errors import OtimoError
from otimo_tray.store.codec import error_columns, json_text, maybe_time, params_of, time_of, time_text
from otimo_tray.store.dialect import given, tuples
from otimo_tray.store.schema import run
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import RunRow

_c = run.c
_ALL: Final = select(_c.id, _c.flow, _c.started_at, _c.ended_at, _c.outcome, _c.code, _c.params, _c.counts)
_of_flow = _ALL.where(_c.flow == given("of_flow"))
_LAST: Final = _of_flow.order_by(_c.started_at.desc(), _c.id.desc()).limit(1)
_LAST_SO: Final = (
    _of_flow.where(_c.outcome == given("of_outcome")).order_by(_c.started_at.desc(), _c.id.desc()).limit(1)
)
_SINCE: Final = _ALL.where(_c.started_at >= given("moment")).order_by(_c.started_at, _c.id)
_SINCE_OF_FLOW: Final = _of_flow.where(_c.started_at >= given("moment")).order_by(_c.started_at, _c.id)


class RunStore:
    """Implements `sync.storage.Runs`."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def add(
        self,
        flow: str,
        started_at: datetime,
        ended_at: datetime,
        outcome: Literal["ok", "failed", "skipped"],
        *,
        error: OtimoError | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        columns = error_columns(error)
        row = {
            "flow": str(flow),
            "started_at": time_text(started_at),
            "ended_at": time_text(ended_at),
            "outcome": outcome,
            "code": columns["error_code"],
            "params": columns["error_params"],
            "counts": json_text(dict(counts or {})),
        }
        with self._database.write() as connection:
            connection.execute(insert(run), row)

    def last(self, flow: str, *, outcome: str | None = None) -> RunRow | None:
        with self._database.read() as connection:
            if outcome is None:
                rows = tuples(connection, _LAST, {"of_flow": str(flow)})
            else:
                rows = tuples(connection, _LAST_SO, {"of_flow": str(flow), "of_outcome": outcome})
        return _row(rows[0]) if rows else None

    def since(self, flow: str | None, moment: datetime) -> list[RunRow]:
        """Runs that started at `moment` or later, oldest first."""
        at = time_text(moment)
        with self._database.read() as connection:
            if flow is None:
                rows = tuples(connection, _SINCE, {"moment": at})
            else:
                rows = tuples(connection, _SINCE_OF_FLOW, {"of_flow": str(flow), "moment": at})
        return [_row(row) for row in rows]


def _row(row: tuple[Any, ...]) -> RunRow:
    number, flow, started, ended, outcome, code, params, counts = row
    return RunRow(
        number,
        flow,
        time_of(started),
        maybe_time(ended),
        outcome,
        code,
        params_of(params),
        params_of(counts),
    )
