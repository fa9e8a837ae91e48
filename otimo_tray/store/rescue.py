"""A state database that can't be trusted: put aside, the last good copy in its place, the rest from both sides.

    damaged ─▶ moved aside, never deleted ─▶ newest sound copy, or a new database
            ─▶ what was typed since done again from the journal
            ─▶ every confirmed value and waiting push forgotten: the hub's catalogue is read anew

Orders handed over meanwhile are in the ERP, which is asked before anything goes there twice; settings and secrets live
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from sqlalchemy import delete, update

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.orders import Order, OrderItem, OrderStage
from otimo_tray.errors import OtimoError, StoreDamaged
from otimo_tray.ports import Clock
from otimo_tray.store import backup
from otimo_tray.store.codec import time_of, time_text
from otimo_tray.store.journal import Entry, Journal
from otimo_tray.store.schema import fact, push, sku_value
from otimo_tray.store.state import StateStore, open_store
from otimo_tray.sync.hub_catalogue import FACT_CATALOGUE_READ

NOTICE: Final = "state"
"""The "flow" of the problem that tells of a rescue."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was done. `aside`: where the damaged file is; `copy`: what was put in its place, None = built anew;
    `again`: how many typed things were done again from the journal."""

    aside: Path | None
    copy: Path | None
    again: int


def rescue(path: Path, clock: Clock) -> Rescue:
    """Replaces a damaged database by its newest sound copy, or by a new one. The caller holds the profile's lock and
    nobody has the file open.

    Raises:
        StoreAway: a file can't be moved or written; what can be tried again was not changed.
    """
    for copy in backup.backups(path):
        try:
            return restore(path, copy, clock)
        except StoreDamaged:
            continue  # damaged as well, or a newer program's
    return restore(path, None, clock)


def restore(path: Path, copy: Path | None, clock: Clock) -> Rescue:
    """Puts a copy (None = an empty database) in the place of the database, completed from the journal.

    Everything is made ready beside it first: whenever this ends half-way, the next start finds the one or the other.

    Raises:
        StoreDamaged: L-322, the copy is damaged; L-321, it is newer than this program. Nothing was changed.
        StoreAway: a file can't be moved or written.
    """
    again: list[int] = []
    aside = backup.restore(
        path, copy, clock.now(), complete=lambda fresh: again.append(_complete(fresh, path, copy, clock))
    )
    return Rescue(aside, copy, again[0])


def _complete(fresh: Path, path: Path, copy: Path | None, clock: Clock) -> int:
    """Does again what was typed since `copy`, forgets what the hub must be asked for, and says so. Answers how many
    lines of the journal counted."""
    now = clock.now()
    with closing(open_store(fresh, clock)) as store:
        store.database.journalling = False
        entries = list(Journal(path).since(copy))
        with store.batch():
            count = sum(_again(store, entry, now) for entry in entries)
            _forget_confirmed(store)
            error = StoreDamaged("L-324", typed=count)
            if copy is not None:
                error = StoreDamaged("L-323", copy=copy.name, typed=count)
            store.problems.report(NOTICE, time_text(now)[:10], error, now)
        # Not inside of a transaction: it overwrites the buyer's data down to the file.
        store.erase([str(entry["order"]) for entry in entries if entry.get("what") == "erased" and "order" in entry])
    return count


def _forget_confirmed(store: StateStore) -> None:
    with store.database.write() as connection:
        connection.execute(delete(push).where(push.c.state == "due"))
        connection.execute(
            update(sku_value).values(confirmed=None, confirmed_at=None, doubt=None, doubt_at=None, doubt_before=None)
        )
        connection.execute(delete(fact).where(fact.c.key == FACT_CATALOGUE_READ))
    store.values.mark_dirty([("all", "")])


def _again(store: StateStore, entry: Entry, now: datetime) -> bool:
    """Does one line again; a line that no longer makes sense is passed over."""
    doing = _DOING.get(str(entry.get("what")))
    if doing is None:
        return False
    try:
        with store.batch():
            doing(store, entry, now)
    except (KeyError, TypeError, ValueError, OtimoError):
        return False
    return True


def _code(store: StateStore, entry: Entry, now: datetime) -> None:
    del now
    order, code, carrier, method, url = (str(entry[name]) for name in ("order", "code", "carrier", "method", "url"))
    at, shipment, volume = time_of(entry["at"]), entry["shipment_id"], int(entry["volume"])
    store.trackings.add(order, code, carrier, method, url, at, shipment_id=shipment, volume=volume)


def _code_gone(store: StateStore, entry: Entry, now: datetime) -> None:
    for row in store.trackings.of_order(entry["order"]):
        if row.code == entry["code"] and row.volume == entry["volume"] and row.shipment_id == entry["shipment_id"]:
            store.trackings.remove(row.id, now)


def _mapping(store: StateStore, entry: Entry, now: datetime) -> None:
    parts = tuple(Component(str(code), int(units)) for code, units in entry["parts"])
    store.catalogue.set_mappings([SkuMapping(entry["sku"], parts, origin=entry["origin"])], now)


def _mapping_gone(store: StateStore, entry: Entry, now: datetime) -> None:
    store.catalogue.delete_mappings([entry["sku"]], now)


def _order(store: StateStore, entry: Entry, now: datetime) -> None:
    """An order that was handed over, or that a person decided on: never asked or imported again."""
    del now
    hub_id, stage, at = entry["order"], OrderStage(entry["stage"]), time_of(entry["at"])
    if store.orders.known([hub_id]).get(hub_id) in (OrderStage.INVOICED, OrderStage.TRACKED, OrderStage.CANCELLED):
        return
    items = tuple(OrderItem(str(sku), "", int(units), Decimal(0)) for sku, units in entry["items"])
    store.orders.add(Order(hub_id, entry["number"], "approved", items=items), stage, at)
    event, params = ("O-512", {"reference": entry["ref"] or ""})
    if stage is not OrderStage.IMPORTED:
        event, params = "O-530", {"choice": "in_erp" if stage is OrderStage.IN_ERP else "ignore"}
    store.orders.advance(hub_id, stage, at, event=event, params=params, erp_ref=entry["ref"])


_DOING: Final[dict[str, Callable[[StateStore, Entry, datetime], None]]] = {
    "code": _code,
    "code_gone": _code_gone,
    "mapping": _mapping,
    "mapping_gone": _mapping_gone,
    "order": _order,
}
