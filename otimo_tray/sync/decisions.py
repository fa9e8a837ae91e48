"""What a person decides, from a window or the command line: the same few functions for both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.domain.desks import Act, Components, Edited
from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.domain.tracking import Carrier, TrackingState, code_warnings, normalise_code
from otimo_tray.errors import ConfigurationError, ItemError
from otimo_tray.sync.invoices_flow import note_booking
from otimo_tray.sync.masses import note_release
from otimo_tray.sync.storage import Storage, TrackingRow
from otimo_tray.sync.values_flow import FACT_FIRST_SYNC

FIRST_SYNC_GUARD = "G-221"
Choice = Literal["import", "in_erp", "ignore"]
_PLAN_DEEDS = ("act.released", "act.discarded")
RECENTLY = timedelta(minutes=10)
"""A code that another person typed so short a time ago isn't replaced without a question."""
_CHOSEN_STAGE = {"import": OrderStage.SEEN, "in_erp": OrderStage.IN_ERP, "ignore": OrderStage.IGNORED}


def edit_mappings(storage: Storage, mappings: Sequence[SkuMapping], now: datetime) -> int:
    """Stores De/Para edits; orders that waited for them become due at once. Answers how many SKUs changed."""
    with storage.batch():
        changed = storage.catalogue.set_mappings(mappings, now)
        waiting = storage.orders.waiting_for_skus([mapping.sku for mapping in mappings])
        if waiting:
            storage.orders.retry_now(waiting)
    return changed


def change_mappings(
    storage: Storage, wanted: Mapping[str, Components], expected: Mapping[str, Collection[int]], now: datetime
) -> Edited:
    """Stores an edit that was made on rows of certain versions; see `storage.catalogue.change_mappings`. Orders that
    waited for these SKUs become due at once."""
    with storage.batch():
        done = storage.catalogue.change_mappings(wanted, expected, now)
        waiting = storage.orders.waiting_for_skus([sku for sku in done.versions if wanted[sku]])
        if waiting:
            storage.orders.retry_now(waiting)
    return done


def remove_mappings(storage: Storage, skus: Sequence[str], now: datetime) -> int:
    """Takes SKUs out of the De/Para; nothing of theirs is pushed any more. Their value at the hub stays as it is."""
    return storage.catalogue.delete_mappings(skus, now)


def decide_first_orders(storage: Storage, hub_ids: Sequence[str] | None, choice: Choice, now: datetime) -> int:
    """Answers the first run's question for these orders (None = all that still wait). Answers how many were decided."""
    waiting = [row.order.hub_id for row in storage.orders.by_stage((OrderStage.FIRST_RUN,))]
    chosen = waiting if hub_ids is None else [hub_id for hub_id in hub_ids if hub_id in set(waiting)]
    with storage.batch():
        for hub_id in chosen:
            storage.orders.advance(hub_id, _CHOSEN_STAGE[choice], now, event="O-530", params={"choice": choice})
        storage.acts.note_all((("act.first_order", hub_id, {"choice": choice}) for hub_id in chosen), now)
    return len(chosen)


def release_plan(storage: Storage, plan_id: int, by: str, now: datetime, skus: Sequence[str] | None = None) -> int:
    """Lets a held plan go. Releasing the first sync also approves what comes after it. Answers how many became due.

    Raises ConfigurationError: G-230, there is no such plan; G-232, somebody else has decided about it.
    """
    with storage.batch():
        plan = _open_plan(storage, plan_id)
        released = storage.held.release(plan_id, by, now, skus)
        note_release(storage, now)
        if plan == FIRST_SYNC_GUARD and skus is None:
            storage.facts.set(FACT_FIRST_SYNC, "approved")
        _note_plan(storage, "act.released", plan_id, plan, skus, now)
    return released


def discard_plan(storage: Storage, plan_id: int, by: str, now: datetime, skus: Sequence[str] | None = None) -> int:
    """Keeps a held plan's values from being sent until the ERP's values change. Raises as `release_plan`."""
    with storage.batch():
        guard = _open_plan(storage, plan_id)
        count = storage.held.discard(plan_id, by, now, skus)
        _note_plan(storage, "act.discarded", plan_id, guard, skus, now)
    return count


def _note_plan(
    storage: Storage, what: str, plan_id: int, guard: str, skus: Sequence[str] | None, now: datetime
) -> None:
    """The plan's deed, and of few SKUs one each: their history shows it."""
    params: dict[str, object] = {"plan": plan_id, "guard": guard}
    storage.acts.note(what, str(plan_id), params if skus is None else {**params, "count": len(skus)}, now)
    if skus is not None:
        storage.acts.note_all(((what, sku, params) for sku in skus), now)


def _open_plan(storage: Storage, plan_id: int) -> str:
    for plan in storage.held.list():
        if plan.id == plan_id:
            return plan.guard
    deed = next((deed for deed in storage.acts.of_item(str(plan_id)) if deed.what in _PLAN_DEEDS), None)
    if deed is not None:
        raise ConfigurationError("G-232", plan=plan_id, person=deed.author.name, at=deed.at, decision=deed.what)
    raise ConfigurationError("G-230", plan=plan_id)


def type_tracking(
    storage: Storage,
    hub_id: str,
    code: str,
    carrier: Carrier,
    now: datetime,
    *,
    method: str = "",
    url: str = "",
    shipment_id: str | None = None,
    volume: int = 1,
    accept_warnings: bool = False,
) -> tuple[TrackingRow | None, list[str]]:
    """Stores a typed code durably. Warnings (T-6xx) stop it unless accepted: then (None, warnings) is the answer.

    Raises:
        ItemError: T-604 empty or over-long code, T-605 order unknown, T-606 order cancelled (do not dispatch).
    """
    code = normalise_code(code)
    if not code or len(code) > 60:
        raise ItemError("T-604", code=code)
    row = storage.orders.get(hub_id)
    if row is None:
        raise ItemError("T-605", order=hub_id)
    if row.cancel_open or row.stage is OrderStage.CANCELLED:
        raise ItemError("T-606", order=row.order.original_id)
    used_by = storage.trackings.used_by(code)
    keys = frozenset(invoice.record.key for invoice in storage.invoices.of_order(hub_id))
    warnings = code_warnings(code, used_by=None if used_by == hub_id else used_by, nfe_keys=keys)
    if typed_elsewhere(storage, hub_id, code, now, shipment_id=shipment_id, volume=volume) is not None:
        warnings.append("T-607")
    if warnings and not accept_warnings:
        return None, warnings
    new_id = storage.trackings.add(
        hub_id,
        code,
        carrier.name,
        method or carrier.default_method,
        url or carrier.url(code),
        now,
        shipment_id=shipment_id,
        volume=volume,
        warnings=warnings,
    )
    added = next(found for found in storage.trackings.of_order(hub_id) if found.id == new_id)
    return added, warnings


def typed_elsewhere(
    storage: Storage, hub_id: str, code: str, now: datetime, *, shipment_id: str | None = None, volume: int = 1
) -> Act | None:
    """Another person's deed of a moment ago that this code would replace: two packers have the same parcel in hand."""
    there = next(
        (
            row
            for row in storage.trackings.of_order(hub_id)
            if row.state is not TrackingState.REPLACED and (row.shipment_id, row.volume) == (shipment_id, volume)
        ),
        None,
    )
    if there is None or there.code == code or now - there.typed_at > RECENTLY:
        return None
    deeds = (deed for deed in storage.acts.of_item(hub_id) if deed.what == "act.code")
    deed = next((deed for deed in deeds if deed.params.get("code") == there.code), None)
    return deed if deed is not None and deed.author != storage.acts.author else None


def confirm_invoice(storage: Storage, key: str, hub_id: str | None, now: datetime) -> None:
    """A person confirms a proposed invoice (or names the order it belongs to).

    Raises ItemError I-740 when the invoice isn't known, I-741 when the order isn't.
    """
    row = storage.invoices.get(key)
    if row is None or row.state in (InvoiceState.SENT, InvoiceState.CONFIRMED, InvoiceState.CANCELLED):
        raise ItemError("I-740", key=key)
    order_id = hub_id or row.hub_id
    if order_id is None or storage.orders.get(order_id) is None:
        raise ItemError("I-741", key=key, order=order_id or "")
    with storage.batch():
        storage.invoices.set_state(key, InvoiceState.MATCHED, now, hub_id=order_id, matched_by="person", due_at=now)
        note_booking(storage, row.record, order_id, now)
        storage.acts.note("act.invoice", order_id, {"number": row.record.number}, now)
        storage.problems.solve(Flow.INVOICES, [key])


def handle_cancelled(storage: Storage, hub_id: str, now: datetime) -> None:
    """A person took care of a cancelled order: its alert ends."""
    with storage.batch():
        storage.orders.set_cancel_open(hub_id, value=False, now=now)
        storage.orders.note(hub_id, "O-522", {}, now)
        storage.acts.note("act.cancelled", hub_id, {}, now)
        storage.problems.solve(Flow.ORDERS, [hub_id])


_ENDED = (OrderStage.TRACKED, OrderStage.IGNORED, OrderStage.CANCELLED)


def erase_order(storage: Storage, hub_id: str, now: datetime) -> None:
    """A buyer asked for it (LGPD, art. 18): nothing of the order stays but its id.

    Raises:
        ItemError: O-556, it hasn't ended: what is needed to deliver it stays until it has.
    """
    row = storage.orders.get(hub_id)
    if row is None:
        return
    if row.stage not in _ENDED or row.cancel_open:
        raise ItemError("O-556", order=row.order.original_id, stage=str(row.stage))
    storage.acts.note("act.erased", "", {}, now)  # neither whose nor which: nothing is to remain of it
    storage.erase([hub_id])


def retry(storage: Storage, flow: Flow, items: Sequence[str] | None) -> int:
    """*Tentar de novo* for some items of a flow, or all (None). Answers how many became due."""
    if flow in (Flow.STOCK, Flow.PRICE):
        return storage.values.retry_now(items)
    if flow is Flow.ORDERS:
        return storage.orders.retry_now(items)
    if flow is Flow.INVOICES:
        return storage.invoices.retry_now(items)
    return storage.trackings.retry_now([int(item) for item in items] if items is not None else None)
