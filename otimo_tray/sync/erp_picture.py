"""The ERP's stock and prices: each reading is judged as a whole; what differs is stored and marked for planning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from otimo_tray.domain.guard import judge_reading
from otimo_tray.errors import ErpMisconfigured, ReadRefused
from otimo_tray.ports import StockReading
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.hub_catalogue import match_equal_codes
from otimo_tray.sync.image import Difference, ErpImage
from otimo_tray.sync.storage import Applied, LastReading

_MANY_MARKS = 20_000


class ErpPicture:
    """The last picture, and how a new reading changes it. Used by one thread at a time."""

    def __init__(self) -> None:
        self._image = ErpImage()

    def read(self, context: FlowContext, counts: dict[str, int]) -> None:
        """Takes every reading the ERP has to give (a full picture, then change-only files)."""
        try:
            self._read(context, counts)
        finally:
            self._image.fold()

    def _read(self, context: FlowContext, counts: dict[str, int]) -> None:
        for _ in range(1_000):
            reading = context.erp.read_items()
            if reading is None or not self._take(context, reading, counts):
                return
            if not reading.more:
                return  # a database or a server tells all it has each time it is asked

    def _take(self, context: FlowContext, reading: StockReading, counts: dict[str, int]) -> bool:
        """Applies one reading; False when there was nothing new in it."""
        values, now = context.storage.values, context.clock.now()
        last = values.last_reading()
        if last is not None and reading.digest and reading.digest == last.digest and reading.as_of <= last.as_of:
            return False
        try:
            if last is not None and reading.as_of < last.as_of:
                raise ReadRefused("E-251", source=reading.source, as_of=reading.as_of, last=last.as_of)
            self._image.load(values)
            if reading.digest and last is not None and reading.digest == last.digest:
                difference = Difference([], [], last.row_count, 0)  # the same bytes, written anew: only `as_of` moves
            else:
                difference = self._image.difference(reading, values)
        except (ReadRefused, ErpMisconfigured) as error:
            if not context.dry_run:
                reading.refused(error)
            stamp = LastReading(reading.as_of, reading.digest, 0, reading.full)
            values.record_reading(stamp, reading.source, now, "refused", error)
            raise
        digest = reading.digest or f"rows:{difference.count}"
        stamp = LastReading(reading.as_of, digest, difference.count, reading.full)
        guard = judge_reading(
            self._image.count if last is not None else None,
            difference.count,
            reading.full,
            context.settings.guards,
            seen_before=bool(reading.digest)
            and (last is None or reading.digest != last.digest)
            and values.was_applied(reading.digest),
            changed=len(difference.changed) + len(difference.gone),
        )
        if guard is not None and digest not in values.released_digests():
            params = {
                "source": reading.source,
                "rows": difference.count,
                "before": self._image.count,
            }
            self._hold_reading(context, stamp, reading.source, now, guard, params)
            counts["held_readings"] = counts.get("held_readings", 0) + 1
            return False
        self._store(context, stamp, reading, now, difference)
        if not context.dry_run:
            reading.accepted()
        counts["changed_rows"] = counts.get("changed_rows", 0) + len(difference.changed) + len(difference.gone)
        return True

    @staticmethod
    def _hold_reading(
        context: FlowContext,
        stamp: LastReading,
        source: str,
        now: datetime,
        guard: str,
        params: Mapping[str, object],
    ) -> None:
        for plan in context.storage.held.list():
            if plan.guard == guard and plan.params.get("digest") == stamp.digest:
                return  # already waiting for a person
        params = {**params, "digest": stamp.digest}
        context.storage.values.record_reading(stamp, source, now, "held", None, guard, params)
        context.emit("held")

    def _store(
        self,
        context: FlowContext,
        stamp: LastReading,
        reading: StockReading,
        now: datetime,
        difference: Difference,
    ) -> None:
        values = context.storage.values
        codes = [str(row[0]) for row in difference.changed] + difference.gone
        marks = [("all", "")] if len(codes) > _MANY_MARKS else [("code", code) for code in codes]
        try:
            with context.storage.batch():
                values.mark_dirty(marks)
                values.apply(
                    Applied(
                        reading=stamp,
                        source=reading.source,
                        read_at=now,
                        rows=difference.changed,
                        gone=difference.gone,
                        pushes=(),
                        withdrawn=(),
                        next_changes=(),
                        commitments=None,
                        cleaned=(),
                    )
                )
        except BaseException:
            self._image.forget()
            raise
        self._image.apply(difference)
        if difference.fresh:
            match_equal_codes(context)
