"""What a body does to an order: the rules of POST and PUT, as a function from document to document.

PUT is a flat, partial merge. Shipments are matched by id; **one without an id is appended, which duplicates
the delivery of an order that has one** (doc). What a field's absence or an unknown entry means is a switch.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, cast

from . import clock
from .switches import Switches
from .template import (
    DATES,
    EXTRA,
    ITEM,
    ORDER,
    PAYMENT,
    READ_ONLY,
    SHIPMENT,
    STATUSES,
    fill,
    objects,
    with_ids,
)
from .wire import Json, refuse

TEXTS = frozenset({"nfe_key", "nfe_number", "nfe_serie", "cfops", "track_code", "original_id"})
"""Fields that a number given for them doesn't turn into a number."""


def merge(order: Json, body: Json, now: str, switches: Switches, make_id: Callable[[], str]) -> Json:
    """The order after a PUT of `body` at `now`; equal to `order` when nothing changes.

    Raises:
        RefusedError: 400, the body has a value of the wrong kind or a status that the switches forbid.
    """
    keep = switches.unknown_fields == "keep"
    merged = copy.deepcopy(order)
    for name, value in cast(Json, normalise(body, switches)).items():
        if name in READ_ONLY:
            continue
        if name == "shipments":
            merged[name] = _shipments(merged[name], objects(value, name), switches, make_id)
        elif name == "payments":
            filled = [fill(PAYMENT, entry, keep) for entry in objects(value, name)]
            merged[name] = with_ids(filled, make_id)
        elif name == "items":
            merged[name] = [fill(ITEM, entry, keep) for entry in objects(value, name)]
        elif name == "log_history":
            entries = objects([value] if isinstance(value, dict) else value, name)
            merged[name] = _log(merged[name], entries, now)
        elif name in ("tags", "commission"):
            if value is not None and not isinstance(value, dict):
                refuse(400, "invalid_field", {name: "must be an object"})
            merged[name] = {**(merged[name] or {}), **(value or {})}
        elif name == "status":
            merged[name] = _status(order.get(name), value, switches)
        elif name in ORDER or name in EXTRA or keep:
            merged[name] = value
    if merged != order:
        _follow(order, merged, now)
    return merged


def normalise(value: Any, switches: Switches, name: str = "") -> Any:
    """The value with its dates, at any depth, as the hub writes them; a date that is none stays as it was
    given."""
    if isinstance(value, dict):
        entries = cast(Json, value).items()
        return {key: normalise(inner, switches, key) for key, inner in entries}
    if isinstance(value, list):
        return [normalise(inner, switches, name) for inner in cast("list[Any]", value)]
    if name in TEXTS and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name in DATES and switches.normalise_dates and isinstance(value, str):
        try:
            return clock.iso(clock.parse(value, switches.bare_dates))
        except ValueError:
            return value
    return value


def _shipments(present: list[Json], given: list[Json], switches: Switches, make_id: Callable[[], str]) -> list[Json]:
    keep = switches.unknown_fields == "keep"
    result = copy.deepcopy(present)
    by_id = {entry["id"]: entry for entry in result}
    named: set[str] = set()
    for entry in given:
        own_id = entry.get("id")
        target = by_id.get(own_id) if isinstance(own_id, str) else None
        if target is not None:
            target.update({name: value for name, value in entry.items() if name in SHIPMENT or keep})
            named.add(target["id"])
            continue
        if own_id and switches.unknown_shipment_id == "refuse":
            refuse(400, "invalid_field", {"shipments": f"{own_id} is not a shipment of this order"})
        appended = fill(SHIPMENT, entry, keep) | {"id": make_id()}
        result.append(appended)
        named.add(appended["id"])
    if switches.left_out_shipments == "vanish":
        result = [entry for entry in result if entry["id"] in named]
    return result


def _log(present: list[Json], given: list[Json], now: str) -> list[Json]:
    result = list(present)
    for entry in given:
        written = {"message": entry.get("message"), "date": entry.get("date") or now}
        # A client that reads the list, adds to it and sends it back must not double what was there.
        if written not in result:
            result.append(written)
    return result


def _status(present: object, wanted: object, switches: Switches) -> str:
    if not isinstance(wanted, str) or not wanted:
        refuse(400, "invalid_field", {"status": "must be a text"})
    if switches.status_rules != "any" and wanted not in STATUSES:
        refuse(400, "invalid_status", f"{wanted} is not a status")
    forward = switches.status_rules == "forward" and isinstance(present, str) and present in STATUSES
    if forward and STATUSES.index(wanted) < STATUSES.index(present):
        refuse(400, "invalid_status", f"an order can't go from {present} to {wanted}")
    return wanted


def _follow(before: Json, order: Json, now: str) -> None:
    """Bring up to date what the hub derives: the history of statuses (its entries' form is a guess), approval, tags."""
    if order["status"] != before.get("status"):
        order["status_history"] = [*order["status_history"], {"status": order["status"], "date": now}]
        if order["status"] == "approved" and not order.get("approved_date"):
            order["approved_date"] = now
    shipments = cast("list[Json]", order["shipments"])
    for tag, field in (
        ("has_track", "track_code"),
        ("has_track_url", "track_url"),
        ("has_invoice_key", "nfe_key"),
        ("has_invoice_number", "nfe_number"),
        ("has_invoice_xml", "nfe_link"),
    ):
        if any(entry.get(field) for entry in shipments):
            order["tags"][tag] = 1
