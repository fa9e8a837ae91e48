"""Invoices from the ERP's view: new ones by their id, changed ones by `alterado`; none is ever skipped.

Ids are given before their transaction is committed, so a lower one may appear after a higher one was read, and a note
is authorised or cancelled after it was first seen. So a position is not the highest id: every call looks at the (id,
alterado) of all rows above the id that was the highest `LOOKBACK` ago, which is cheap, and reads those it hasn't given
out. What was given out is remembered in memory, and only once the position that came with it was given back, hence
stored. After a restart some days' invoices come again, which the port allows.

The position's text is `1|day:id,…|mark`: the highest id by day, and a mark that tells which batch it came with.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.erp.database import queries
from otimo_tray.erp.database.invoice_rows import record_of
from otimo_tray.erp.database.link import Link
from otimo_tray.erp.database.rows import moment_text
from otimo_tray.errors import ErpMisconfigured, OtimoError, RowRefused
from otimo_tray.ports import Clock, InvoiceBatch

LOOKBACK: Final = timedelta(days=8)
"""Longer than a note may be cancelled after its authorisation, and than any transaction stays open."""
MARGIN: Final = 1_000
"""Ids below the first recent one that are looked at again all the same, when an old ERP is met for the first time."""
BATCH: Final = 400

Given = dict[int, str]
"""id → `alterado` as text, of rows that were given out."""


class Position:
    """A cursor, taken apart. `highest`: (day, highest id given by then), oldest first."""

    def __init__(self, text: str = "") -> None:
        self.highest: list[tuple[str, int]] = []
        self.mark = ""
        parts = text.split("|")
        if len(parts) == 3 and parts[0] == "1":
            try:
                self.highest = [
                    (day, int(place)) for day, place in (one.split(":") for one in parts[1].split(",") if one)
                ]
                self.mark = parts[2]
            except ValueError:
                self.highest, self.mark = [], ""

    def floor(self, today: date) -> int | None:
        """Rows up to this id are done with for good; None = look at all."""
        limit = (today - LOOKBACK).isoformat()
        old = [place for day, place in self.highest if day <= limit]
        return old[-1] if old else None

    def later(self, today: date, highest: int | None, base: int | None) -> str:
        """The cursor after a batch up to `highest`; `base`: up to here everything is old and was given out."""
        limit = (today - LOOKBACK).isoformat()
        days = dict(self.highest)
        if base is not None:
            days[limit] = max(base, days.get(limit, base))
        if highest is not None:
            now = today.isoformat()
            days[now] = max(highest, days.get(now, highest))
        kept = sorted(days.items())
        while len(kept) > 1 and kept[1][0] <= limit:
            kept.pop(0)
        return f"1|{','.join(f'{day}:{place}' for day, place in kept)}|{secrets.token_hex(4)}"


class InvoiceView:
    """The invoices of one database."""

    def __init__(self, link: Link, own: Mapping[str, str], zone: ZoneInfo, clock: Clock) -> None:
        self._link = link
        self._own = dict(own)
        self._zone = zone
        self._clock = clock
        self._lock = threading.Lock()
        self._stored: tuple[str, Given] = ("", {})
        """The mark of the position that was last given back to us, and what was given out up to it."""
        self._pending: tuple[str, Given] = ("", {})
        """The batch that nobody has said to have stored yet."""
        self._todo: list[tuple[int, str]] = []
        self._base: int | None = None

    def after(self, cursor: str) -> InvoiceBatch:
        """One batch. Raises ErpAway, ErpMisconfigured."""
        with self._lock:
            return self._after(cursor)

    def _after(self, cursor: str) -> InvoiceBatch:
        position = Position(cursor)
        today = self._clock.now().astimezone(UTC).date()
        given = self._given(position.mark)
        source = queries.source_of("invoices", self._own)
        with self._link.reading(source.name) as connection:
            if not self._todo:
                self._look(connection, source, position, given, today)
            part, self._todo = self._todo[:BATCH], self._todo[BATCH:]
            rows = self._rows(connection, source, [number for number, _ in part])
        if not part:
            # The contract's view shows every note; what a query of the shop's own leaves out, nobody knows.
            return InvoiceBatch((), (), cursor, complete=not source.sql)
        found: list[InvoiceRecord] = []
        refused: list[tuple[str, OtimoError]] = []
        for row in rows:
            label = f"{source.name} {row['id']}"
            try:
                record = record_of(row, label, self._zone)
            except RowRefused as error:
                refused.append((label, error))
                continue
            if record is not None:
                found.append(replace(record, order_ref=str(row.get("pedido") or "").strip() or record.order_ref))
        highest = max(number for number, _ in part)
        base = None if self._base is None else min(self._base, highest)
        answer = InvoiceBatch(tuple(found), tuple(refused), position.later(today, highest, base))
        self._pending = (Position(answer.cursor).mark, dict(part))
        return answer

    def _given(self, mark: str) -> Given:
        """What was given out by the position with this mark; a position we don't know starts over from its floor."""
        if mark and mark == self._pending[0]:
            self._stored = (mark, {**self._stored[1], **self._pending[1]})
        elif not mark or mark != self._stored[0]:
            self._stored = (mark, {})
            self._todo = []
        else:
            self._todo = []  # the last batch was lost on its way into our store: it comes again
        self._pending = ("", {})
        return self._stored[1]

    def _look(
        self, connection: sa.Connection, source: queries.Source, position: Position, given: Given, today: date
    ) -> None:
        """Finds what there is to give out."""
        floor = position.floor(today)
        # Which of the optional columns there are tells one row; an own query needn't have them.
        names = self._names(connection, source)
        wanted = ["id", *(name for name in ("alterado", "data") if name in names)]
        statement = queries.part(source, wanted)
        if floor is not None:
            statement = statement.where(sa.literal_column("id") > floor)
        seen: list[tuple[int, str, str]] = []
        for row in connection.execute(statement.order_by(sa.literal_column("id"))):
            cells = dict(zip(wanted, row, strict=True))
            seen.append((self._id(cells["id"], source), str(cells.get("alterado") or ""), _day(cells.get("data"))))
        self._todo = [(number, changed) for number, changed, _ in seen if given.get(number) != changed]
        if floor is not None:
            for number in [one for one in given if one <= floor]:
                del given[number]
        elif not position.highest:
            self._base = _base(seen, today)

    @staticmethod
    def _names(connection: sa.Connection, source: queries.Source) -> list[str]:
        result = connection.execute(queries.part(source, ["*"]).where(sa.text("1 = 0")))
        names = [name.lower() for name in list(result.keys())]
        result.close()
        queries.places(source, names)
        return names

    def _rows(self, connection: sa.Connection, source: queries.Source, ids: list[int]) -> list[dict[str, Any]]:
        if not ids:
            return []
        statement = queries.part(source, ["*"]).where(sa.literal_column("id").in_(ids))
        result = connection.execute(statement.order_by(sa.literal_column("id")))
        names = [name.lower() for name in list(result.keys())]
        return [dict(zip(names, row, strict=True)) for row in result]

    @staticmethod
    def _id(value: object, source: queries.Source) -> int:
        try:
            if isinstance(value, float) or value is None:
                raise ValueError
            return int(str(value))
        except ValueError:
            raise ErpMisconfigured(
                "E-228", view=source.name, column="id", found=str(value)[:40], expected="integer"
            ) from None


def _day(value: object) -> str:
    """The date of issue as yyyy-mm-dd, "" when it isn't told in ISO form or as a date."""
    text = moment_text(value) if isinstance(value, date | datetime) else str(value or "")
    return (text or "")[:10] if (text or "")[4:5] == "-" else ""


def _base(seen: list[tuple[int, str, str]], today: date) -> int | None:
    """The id below which an ERP met for the first time holds old notes only; None without dates."""
    limit = (today - LOOKBACK).isoformat()
    old: int | None = None
    for number, _, day in seen:
        if not day or day >= limit:
            break
        old = number
    return None if old is None else old - MARGIN
