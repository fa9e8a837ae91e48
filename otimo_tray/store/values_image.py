"""The ERP as last read: its rows, the readings taken or not, and the marks on what is to be computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, func, or_, select, update

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.errors import OtimoError
from otimo_tray.store.codec import clean, error_columns, json_text, time_of, time_text
from otimo_tray.store.dialect import IN_BLOCK, among, given, keys_of, new_id, tuples
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.schema import commitment, erp_item, held_plan, mapping, reading, sku_value
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import LastReading

_FIELDS: Final = list(erp_item.columns)[:8]
_ROWS: Final = (
    select(*_FIELDS).where(erp_item.c.erp_code > given("last")).order_by(erp_item.c.erp_code).limit(given("block"))
)
_ROWS_OF: Final = select(*_FIELDS).where(among(erp_item.c.erp_code)).order_by(erp_item.c.erp_code)
_LAST: Final = (
    select(reading.c.as_of, reading.c.digest, reading.c.row_count, reading.c.full)
    .where(reading.c.outcome == "applied")
    .order_by(reading.c.id.desc())
    .limit(1)
)
_WAS_APPLIED: Final = (
    select(reading.c.id)
    .where(reading.c.digest == given("digest"), reading.c.outcome == "applied", reading.c.full.is_(True))
    .limit(1)
)
_MAPPED: Final = select(func.count()).select_from(select(mapping.c.sku).distinct().subquery())
_TIMED: Final = select(sku_value.c.sku).where(sku_value.c.next_change <= given("now"))
_OF_CODES: Final = select(mapping.c.sku).distinct().where(among(mapping.c.erp_code)).order_by(mapping.c.sku)
_COMMITTED: Final = select(commitment.c.erp_code, commitment.c.units)
_HELD_READINGS: Final = reading.join(held_plan, held_plan.c.reading_id == reading.c.id)
_RELEASED: Final = (
    select(reading.c.digest)
    .distinct()
    .select_from(_HELD_READINGS)
    .where(held_plan.c.state == "released", reading.c.outcome == "held")
)
_applied = reading.alias("applied")
_LAST_APPLIED: Final = (
    select(func.coalesce(func.max(_applied.c.id), 0)).where(_applied.c.outcome == "applied").scalar_subquery()
)
_DECIDED: Final = (
    select(held_plan.c.id, held_plan.c.state)
    .select_from(_HELD_READINGS)
    .where(reading.c.digest == given("digest"), held_plan.c.guard == given("guard"))
    .where(
        or_(
            held_plan.c.state == "open",
            # "No" was said to this reading, not to every later one that looks the same.
            (held_plan.c.state == "discarded") & (reading.c.id > _LAST_APPLIED),
        )
    )
    .order_by(held_plan.c.id.desc())
    .limit(1)
)
_SUPERSEDE: Final = (
    update(held_plan)
    .where(held_plan.c.state == "open", held_plan.c.reading_id.is_not(None))
    .values(state="superseded", decided_at=given("at"))
)
_TAKEN: Final = (
    update(reading)
    .where(reading.c.digest == given("of_digest"), reading.c.outcome == "held")
    .where(
        reading.c.id.in_(
            select(held_plan.c.reading_id).where(held_plan.c.state == "released", held_plan.c.reading_id.is_not(None))
        )
    )
    .values(outcome="released")
)


def note_applied(connection: Connection, taken: LastReading, source: str, read_at: datetime) -> None:
    """Notes a reading that is being applied; held ones that it overtakes need no decision any more."""
    connection.execute(_TAKEN, {"of_digest": taken.digest})
    if taken.full:
        connection.execute(_SUPERSEDE, {"at": time_text(read_at)})
    _note(connection, taken, source, read_at, "applied", None)


def _note(
    connection: Connection,
    taken: LastReading,
    source: str,
    read_at: datetime,
    outcome: str,
    error: OtimoError | None,
) -> int:
    columns = error_columns(error)
    return new_id(
        connection,
        reading,
        {
            "as_of": time_text(taken.as_of),
            "read_at": time_text(read_at),
            "full": taken.full,
            "digest": taken.digest,
            "source": clean(source),
            "row_count": taken.row_count,
            "outcome": outcome,
            "error_code": columns["error_code"],
            "error_params": columns["error_params"],
        },
    )


class ErpImageStore:
    """The first part of `sync.storage.Values`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks) -> None:
        self._database = database
        self._marks = marks

    def last_reading(self) -> LastReading | None:
        with self._database.read() as connection:
            row = connection.execute(_LAST).first()
        return None if row is None else LastReading(time_of(row.as_of), row.digest, row.row_count, row.full)

    def erp_rows(self, codes: Sequence[str] | None = None) -> Iterator[list[RawRow]]:
        if codes is not None:
            for start in range(0, len(codes), IN_BLOCK):
                with self._database.read() as connection:
                    rows = tuples(connection, _ROWS_OF, {"keys": keys_of(codes[start : start + IN_BLOCK])})
                yield rows
            return
        last: str | None = ""
        while True:
            with self._database.read() as connection:
                rows = tuples(connection, _ROWS, {"last": last, "block": IN_BLOCK})
            if not rows:
                return
            last = rows[-1][0]
            yield rows

    def mapped_count(self) -> int:
        with self._database.read() as connection:
            return connection.execute(_MAPPED).scalar_one()

    def dirty(self) -> list[tuple[str, str]]:
        return self._marks.read()

    def mark_dirty(self, marks: Iterable[tuple[str, str]]) -> None:
        rows = list(marks)
        if rows:
            with self._database.write() as connection:
                self._marks.mark(connection, rows)

    def time_changes(self, now: datetime) -> list[str]:
        with self._database.read() as connection:
            return sorted({row[0] for row in tuples(connection, _TIMED, {"now": time_text(now)})})

    def skus_of_codes(self, codes: Sequence[str]) -> list[str]:
        if not codes:
            return []
        with self._database.read() as connection:
            return list(connection.execute(_OF_CODES, {"keys": keys_of(codes)}).scalars())

    def applied_commitments(self) -> dict[str, int]:
        with self._database.read() as connection:
            return dict(tuples(connection, _COMMITTED))

    def record_reading(
        self,
        reading: LastReading,
        source: str,
        read_at: datetime,
        outcome: Literal["held", "refused"],
        error: OtimoError | None,
        guard: str | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> int | None:
        """As in the Protocol. The same reading held again gets no second plan; a newer one takes the older one's place;
        one that a person discarded stays discarded (None)."""
        with self._database.write() as connection:
            if guard is not None:
                key = {"digest": reading.digest, "guard": guard}
                decided = connection.execute(_DECIDED, key).first()
                if decided is not None:
                    return decided.id if decided.state == "open" else None
                connection.execute(_SUPERSEDE, {"at": time_text(read_at)})
            number = _note(connection, reading, source, read_at, outcome, error)
            if guard is None:
                return None
            return new_id(
                connection,
                held_plan,
                {
                    "guard": guard,
                    "params": clean(json_text(params or {})),
                    "state": "open",
                    "created_at": time_text(read_at),
                    "reading_id": number,
                },
            )

    def was_applied(self, digest: str) -> bool:
        with self._database.read() as connection:
            return bool(tuples(connection, _WAS_APPLIED, {"digest": digest}))

    def released_digests(self) -> frozenset[str]:
        with self._database.read() as connection:
            return frozenset(connection.execute(_RELEASED).scalars())
