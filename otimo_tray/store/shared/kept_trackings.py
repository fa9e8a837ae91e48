"""Tracking codes as a desk's windows ask for and type them, whether the server answers or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from otimo_tray.domain.tracking import Carrier, TrackingState
from otimo_tray.errors import OtimoError, StoreAway
from otimo_tray.store.codec import clean, time_of, time_text
from otimo_tray.store.dialect import given
from otimo_tray.store.schema import tracking
from otimo_tray.store.shared.kept import KeptCodes, current
from otimo_tray.store.shared.kept_file import KeptCode
from otimo_tray.store.shared.mirror import Mirror
from otimo_tray.store.shared.overlay import KEPT
from otimo_tray.store.state import StateStore
from otimo_tray.sync.storage import TrackingRow, Trackings

_SEEN: Final = select(tracking).where(tracking.c.id == given("of_id"))


class KeptTrackings:
    """Implements `sync.storage.Trackings` for a desk's windows: what can't go to the server is kept, and shown."""

    def __init__(
        self, trackings: Trackings, kept: KeptCodes, mirror: Mirror, store: StateStore, person: Callable[[], str]
    ) -> None:
        """`trackings`: the server's own; `person`: who types here."""
        self._trackings = trackings
        self._kept = kept
        self._mirror = mirror
        self._store = store
        self._person = person

    # --- typed here ---------------------------------------------------------------------------------------------------

    def add(
        self,
        hub_id: str,
        code: str,
        carrier: str,
        method: str,
        url: str,
        now: datetime,
        *,
        shipment_id: str | None = None,
        volume: int = 1,
        warnings: Sequence[str] = (),
    ) -> int:
        """As in the Protocol, also while the server is away: then the id is below 0.

        Raises:
            StoreAway: L-362, it could be kept neither there nor here.
        """
        if self._answers():
            try:
                return self._trackings.add(
                    hub_id, code, carrier, method, url, now, shipment_id=shipment_id, volume=volume, warnings=warnings
                )
            except StoreAway:
                if self._store.database.in_transaction:
                    raise  # nothing of a batch can be kept alone
        entry = self._entry(hub_id, shipment_id, volume, now)
        entry = replace(
            entry, code=clean(code), carrier=clean(carrier), method=clean(method), url=clean(url),
            warnings=tuple(warnings),
        )  # fmt: skip
        there = next((one for one in reversed(self._kept.waiting()) if one.place == entry.place), None)
        if there is not None and there.what == "code" and _same(there, entry):
            return there.local
        return self._kept.keep(entry).local

    def remove(self, tracking_id: int, now: datetime) -> bool:
        """As in the Protocol. Of a code that may have been sent meanwhile a person is told when the server is back."""
        if tracking_id < 0:
            if self._kept.take_back(tracking_id) is not None:
                return True
            return self._remove_above(tracking_id, now)
        if self._answers():
            try:
                return self._trackings.remove(tracking_id, now)
            except StoreAway:
                if self._store.database.in_transaction:
                    raise  # nothing of a batch can be kept alone
        with self._mirror.local.database.read() as connection:
            seen = connection.execute(_SEEN, {"of_id": tracking_id}).first()
        if seen is None or seen.sent_at is not None:
            return False
        entry = self._entry(seen.hub_id, seen.shipment_id, seen.volume, now)
        self._kept.keep(replace(entry, what="gone", code=seen.code, row=tracking_id))
        return True

    def _remove_above(self, local: int, now: datetime) -> bool:
        """A code that was kept when the window showed it, and is up by now."""
        code = self._kept.went_up(local)
        row = None if code is None else current(self._trackings.of_order(code.hub_id), code.place)
        return row is not None and code is not None and row.code == code.code and self.remove(row.id, now)

    def _answers(self) -> bool:
        """Whether to ask the server; what is kept goes up before anything typed after it."""
        if self._store.database.in_transaction:
            return True
        try:
            self._kept.come_up()
        except StoreAway:
            return False
        return True

    def _entry(self, hub_id: str, shipment_id: str | None, volume: int, now: datetime) -> KeptCode:
        local = self._mirror.local
        order = local.orders.get(hub_id)
        there = current(local.trackings.of_order(hub_id), (hub_id, shipment_id or "", volume))
        return KeptCode(
            what="code", hub_id=hub_id, number=hub_id if order is None else order.order.original_id,
            shipment_id=shipment_id, volume=volume, code="", carrier="", method="", url="", warnings=(),
            at=time_text(now), by=self._person(), before=None if there is None else there.code,
        )  # fmt: skip

    # --- asked --------------------------------------------------------------------------------------------------------

    def of_order(self, hub_id: str) -> list[TrackingRow]:
        return _with_kept(self._trackings.of_order(hub_id), [c for c in self._kept.waiting() if c.hub_id == hub_id])

    def used_by(self, code: str) -> str | None:
        there = self._trackings.used_by(code)
        if there is not None:
            return there
        return next((one.hub_id for one in self._kept.waiting() if one.what == "code" and one.code == code), None)

    def due(self, states: Sequence[TrackingState], now: datetime, limit: int) -> list[TrackingRow]:
        return [row for row in self._trackings.due(states, now, limit) if row.id > 0]

    def set_state(
        self,
        tracking_id: int,
        state: TrackingState,
        now: datetime,
        *,
        error: OtimoError | None = None,
        due_at: datetime | None = None,
        count_attempt: bool = False,
    ) -> None:
        self._trackings.set_state(tracking_id, state, now, error=error, due_at=due_at, count_attempt=count_attempt)

    def counts(self) -> dict[str, int]:
        return self._trackings.counts()

    def carriers(self) -> list[Carrier]:
        return self._trackings.carriers()

    def put_carrier(self, carrier: Carrier) -> None:
        self._trackings.put_carrier(carrier)

    def drop_carrier(self, name: str) -> None:
        self._trackings.drop_carrier(name)

    def to_give(self) -> list[tuple[str, str, str, str, str, int]]:
        return self._trackings.to_give()

    def retry_now(self, ids: Sequence[int] | None) -> int:
        return self._trackings.retry_now(ids if ids is None else [one for one in ids if one > 0])


def _same(kept: KeptCode, other: KeptCode) -> bool:
    """The very same entry: a parcel scanned twice."""
    return (kept.code, kept.carrier, kept.method, kept.url) == (other.code, other.carrier, other.method, other.url)


def _with_kept(rows: list[TrackingRow], codes: Sequence[KeptCode]) -> list[TrackingRow]:
    """The server's rows of an order as the mirror shows them: with what is kept here."""
    there = {row.id for row in rows}
    for code in codes:
        if code.what == "gone":
            rows = [row for row in rows if row.id != code.row]
        elif code.local not in there:
            rows = [_replaced(row) if (row.shipment_id or "", row.volume) == code.place[1:] else row for row in rows]
            rows.append(_shown(code))
    return rows


def _replaced(row: TrackingRow) -> TrackingRow:
    return replace(row, state=TrackingState.REPLACED)


def _shown(code: KeptCode) -> TrackingRow:
    at = time_of(code.at)
    return TrackingRow(
        code.local, code.hub_id, code.shipment_id, code.volume, code.code, code.carrier, code.method, code.url,
        TrackingState.TYPED, at, 0, at, KEPT, {"order": code.number, "code": code.code}, list(code.warnings),
        code.by,
    )  # fmt: skip
