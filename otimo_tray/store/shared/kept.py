"""Tracking codes go on while the server is away: kept on this PC, shown at once, up once when it is back.

    add ─▶ server answers ─▶ there
        └▶ away ─▶ file of this PC (on the disk) ─▶ mirror shows it ─▶ server is back ─▶ up, in the order typed

A code goes up in one transaction with its id in `kept_code`: a crash before, in or after it repeats harmlessly. What
somebody else did meanwhile is never overwritten: the kept code becomes a problem that names both, for a person.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import Connection, select, update

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import ItemError, OtimoError, StoreAway
from otimo_tray.ports import Clock
from otimo_tray.store.codec import clean, time_of, time_text
from otimo_tray.store.dialect import given, upsert
from otimo_tray.store.schema import kept_code, tracking
from otimo_tray.store.shared.kept_file import KeptCode, KeptFile
from otimo_tray.store.shared.mirror import Mirror
from otimo_tray.store.shared.overlay import KeptOverlay
from otimo_tray.store.state import StateStore
from otimo_tray.sync.storage import TrackingRow

_log = logging.getLogger(__name__)
NOTICE: Final = "kept"
"""The "flow" of the problems that tell of kept codes which could not go up."""
_COME_UP: Final = upsert(kept_code, [])
_IS_UP: Final = select(kept_code.c.id).where(kept_code.c.id == given("of_id"))
_SET_TYPED_BY: Final = update(tracking).where(tracking.c.id == given("of_id")).values(typed_by=given("new_by"))


class KeptCodes:
    """What one desk keeps; the mirror shows it."""

    def __init__(self, file: KeptFile, mirror: Mirror, store: StateStore, clock: Clock) -> None:
        """`store`: the shop's, on the server. From here on the mirror shows what is kept."""
        self._file = file
        self._mirror = mirror
        self._store = store
        self._trackings = store.trackings
        self._clock = clock
        self._bringing = threading.Lock()
        self._placed: dict[int, KeptCode] = {}
        self.count = 0
        """How many wait, as last read: for threads that mustn't touch a file."""
        self.recounted: Callable[[], None] = lambda: None
        """Hears from any thread that `count` is otherwise; must return at once."""
        mirror.overlay = KeptOverlay(file)
        mirror.overlay_changed()
        self.waiting()

    def waiting(self) -> list[KeptCode]:
        """What isn't up yet, in the order in which it was typed. Reads the file where it changed."""
        codes = self._file.codes()
        if len(codes) != self.count:
            self.count = len(codes)
            self.recounted()
        return codes

    def keep(self, code: KeptCode) -> KeptCode:
        """Keeps one thing typed, durably, and shows it. Raises StoreAway L-362: it can't be kept."""
        kept = self._file.add(code)
        self._show()
        return kept

    def take_back(self, local: int) -> KeptCode | None:
        """Takes a kept code back before it went up. None: it isn't kept (any more)."""
        with self._bringing:
            found = next((code for code in self._file.codes() if code.local == local), None)
            if found is not None:
                self._file.done(found)
        self._show()
        return found

    def went_up(self, local: int) -> KeptCode | None:
        """A kept code of this process that is at the server by now."""
        return self._placed.get(local)

    def come_up(self) -> int:
        """Brings all that is kept to the server, in the order in which it was typed. Answers how many were done with.

        Raises:
            StoreAway: the server went away (again); the rest stays kept.
        """
        count = 0
        if self._store.database.in_transaction:
            return count  # whoever undid that transaction would undo this too
        with self._bringing:
            for code in self._file.codes():
                if code in self._file.codes():  # else another process took it back or brought it
                    self._bring(code)
                    self._placed[code.local] = code
                    count += 1
                    with suppress(StoreAway):  # no room on this PC: it is asked once more whether it is up
                        self._file.done(code)
        if count:
            self._show()
        return count

    def _bring(self, code: KeptCode) -> None:
        now = self._clock.now()
        with self._store.database.write() as connection:
            if connection.execute(_IS_UP, {"of_id": code.id}).first() is not None:
                return
            connection.execute(_COME_UP, {"id": code.id, "at": time_text(now)})
            try:
                self._placed_at_server(connection, code)
            except ItemError as conflict:
                item = f"{code.number} {code.code}" + (f" {code.volume}" if code.volume > 1 else "")
                self._store.problems.report(NOTICE, item, conflict, now)

    def _placed_at_server(self, connection: Connection, code: KeptCode) -> None:
        """Raises ItemError T-630 to T-633: a person must decide."""
        there = self._there(code)
        said: dict[str, Any] = {"order": code.number, "code": code.code, "hub_id": code.hub_id, "at": code.at}
        if code.what == "gone":
            if there is not None and there.code == code.code and not self._trackings.remove(there.id, time_of(code.at)):
                raise ItemError("T-633", **said)
            return
        if there is not None and there.code == code.code and there.state is not TrackingState.PROBLEM:
            return  # somebody else scanned the same parcel
        order = self._store.orders.get(code.hub_id)
        if order is None:
            raise ItemError("T-632", **said)
        if order.cancel_open or order.stage is OrderStage.CANCELLED:
            raise ItemError("T-631", **said)
        if there is not None and there.code not in (code.before, code.code):
            raise ItemError("T-630", **said, other=there.code, by=there.typed_by)
        number = self._trackings.add(
            code.hub_id, code.code, code.carrier, code.method, code.url, time_of(code.at),
            shipment_id=code.shipment_id, volume=code.volume, warnings=code.warnings,
        )  # fmt: skip
        connection.execute(_SET_TYPED_BY, {"of_id": number, "new_by": clean(code.by)})

    def _there(self, code: KeptCode) -> TrackingRow | None:
        return current(self._trackings.of_order(code.hub_id), code.place)

    def _show(self) -> None:
        try:
            self._mirror.overlay_changed()
        except OtimoError as error:  # it is safe in the file, and the next pull shows it
            _log.warning("kept codes can't be shown now: %s", error.code)
        self.waiting()


def current(rows: Sequence[TrackingRow], place: tuple[str, str, int]) -> TrackingRow | None:
    """The code that counts at a place: order, shipment ("" = the only one), volume."""
    here = [
        row
        for row in rows
        if (row.hub_id, row.shipment_id or "", row.volume) == place and row.state is not TrackingState.REPLACED
    ]
    return here[-1] if here else None
