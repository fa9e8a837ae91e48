"""The control calls under `/_sim/`: look into the hub, move its clock, break it, and be its sales channels.

They need no token; they are not part of Plugg.to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import clock, orders
from .faults import FaultError, read_rule
from .generator import sale
from .product_view import shown_quantity
from .product_writes import update as update_product
from .switches import SwitchError
from .template import objects
from .wire import Answer, Json, RefusedError, Request, dump, refuse, reply, reply_text
from .world import save_settings

if TYPE_CHECKING:
    from .server import HubServer


def answer(server: HubServer, request: Request) -> Answer:
    """Answer a control call."""
    method = "GET" if request.method == "HEAD" else request.method
    handler = _CALLS.get((method, "/".join(request.segments[1:])))
    try:
        if handler is None:
            names = sorted(f"{one} /_sim/{name}" for one, name in _CALLS)
            refuse(404, "not_found", {"calls": names})
        return handler(server, request)
    except RefusedError as refused:
        return refused.answer


def _state(server: HubServer, request: Request) -> Answer:
    world = server.world
    with world.store.reading() as db:
        statuses = dict(db.execute("SELECT status, count(*) FROM purchase GROUP BY status").fetchall())
        top = db.execute("SELECT count(*) FROM product WHERE parent IS NULL").fetchone()[0]
        skus = db.execute("SELECT count(*) FROM product").fetchone()[0]
    return reply(
        {
            "products": top,
            "skus": skus,
            "orders": sum(statuses.values()),
            "orders_by_status": statuses,
            "clock": world.clock.iso(),
            "frozen": world.clock.frozen is not None,
            "latency": server.latency,
            "switches": world.switches.values(),
            "connections": server.traffic.connections(),
        }
    )


def _skus(server: HubServer, request: Request) -> Answer:
    with server.world.store.reading() as db:
        rows = _rows(db, request, "seq, sku, id, parent, quantity, reserved, price, special_price", "product")
    entries: list[Json] = []
    for row in rows:
        entry: Json = {name: row[name] for name in ("sku", "id", "quantity", "reserved", "price", "special_price")}
        entry["advertised"] = shown_quantity(server.world, row)
        entry["variation"] = row["parent"] is not None
        entries.append(entry)
    return reply({"skus": entries, "next": rows[-1]["seq"] if rows else None})


def _orders(server: HubServer, request: Request) -> Answer:
    with server.world.store.reading() as db:
        rows = _rows(db, request, "seq, doc", "purchase")
    last = rows[-1]["seq"] if rows else "null"
    return reply_text(f'{{"orders":[{",".join(row["doc"] for row in rows)}],"next":{last}}}')


def _rows(db: sqlite3.Connection, request: Request, columns: str, table: str) -> list[sqlite3.Row]:
    """All rows, or the `limit` ones after the `next` of the answer before."""
    try:
        limit, after = int(request.query.get("limit", -1)), int(request.query.get("next", 0))
        sql = f"SELECT {columns} FROM {table} WHERE seq > ? ORDER BY seq LIMIT ?"
        return db.execute(sql, (after, limit)).fetchall()
    except (ValueError, OverflowError):
        refuse(400, "invalid_field", "limit and next are numbers")


def _requests(server: HubServer, request: Request) -> Answer:
    try:
        last = int(request.query.get("last", 50))
    except ValueError:
        refuse(400, "invalid_field", {"last": "must be a number"})
    return reply(server.traffic.report(last) | {"connections": server.traffic.connections()})


def _reset_requests(server: HubServer, request: Request) -> Answer:
    server.traffic.reset()
    return reply({"done": True})


def _faults(server: HubServer, request: Request) -> Answer:
    return reply({"rules": server.faults.rules()})


def _set_faults(server: HubServer, request: Request) -> Answer:
    body = request.object()
    try:
        rules = [read_rule(entry) for entry in objects(body.get("rules"), "rules")]
    except FaultError as error:
        refuse(400, "invalid_field", {"rules": str(error)})
    (server.faults.add if body.get("add") is True else server.faults.set)(rules)
    return _faults(server, request)


def _release(server: HubServer, request: Request) -> Answer:
    server.faults.release()
    return reply({"done": True})


def _clock(server: HubServer, request: Request) -> Answer:
    body, hub = request.object(), server.world.clock
    try:
        moment = clock.parse(str(body["set"]), "utc") if "set" in body else None
        seconds = float(body.get("advance") or 0)
        clock.iso((hub.now() if moment is None else moment) + seconds)
    except (TypeError, ValueError, OverflowError, OSError):
        refuse(400, "invalid_field", "set is a time, advance a number of seconds")
    with server.world.store.transaction() as db:
        if isinstance(body.get("freeze"), bool):
            hub.freeze(body["freeze"])
        if moment is not None:
            hub.set(moment)
        hub.advance(seconds)
        save_settings(server.world, db)
    return reply({"clock": hub.iso(), "frozen": hub.frozen is not None})


def _latency(server: HubServer, request: Request) -> Answer:
    seconds = request.object().get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= 3600:
        refuse(400, "invalid_field", {"seconds": "must be a number from 0 to 3600"})
    server.latency = float(seconds)
    return reply({"latency": server.latency})


def _switches(server: HubServer, request: Request) -> Answer:
    return reply({"switches": server.world.switches.describe()})


def _set_switches(server: HubServer, request: Request) -> Answer:
    with server.world.store.transaction() as db:
        try:
            server.world.switches.update(request.object())
        except SwitchError as error:
            refuse(400, "invalid_field", str(error))
        save_settings(server.world, db)
    return _switches(server, request)


def _sell(server: HubServer, request: Request) -> Answer:
    """A customer buys: `sku` (absent: any), `quantity`, `channel`, `status` and any other field of
    an order."""
    body = request.object()
    with server.world.store.transaction() as db:
        text = orders.add(server.world, db, sale(server.world, db, body))
    return reply_text(f'{{"Order":{text}}}', 201)


def _approve(server: HubServer, request: Request) -> Answer:
    return _set_status(server, request, "approved", "pending")


def _cancel(server: HubServer, request: Request) -> Answer:
    return _set_status(server, request, "canceled", None)


def _set_status(server: HubServer, request: Request, status: str, all_in: str | None) -> Answer:
    """One order by `id`; or, where that makes sense, `{"all": true}`."""
    body = request.object()
    with server.world.store.transaction() as db:
        if body.get("all") is True and all_in:
            ids = [row[0] for row in db.execute("SELECT id FROM purchase WHERE status = ?", (all_in,)).fetchall()]
        else:
            ids = [str(body.get("id"))]
        texts = [orders.update(server.world, db, one, {"status": status}) for one in ids]
    return reply_text(f'{{"orders":[{",".join(texts)}]}}')


def _change_order(server: HubServer, request: Request) -> Answer:
    """The channel or a person in the panel changes an order: `id`, and the fields as in a PUT."""
    body: dict[str, Any] = request.object()
    with server.world.store.transaction() as db:
        text = orders.update(server.world, db, str(body.pop("id", "")), body)
    return reply_text(f'{{"Order":{text}}}')


def _change_sku(server: HubServer, request: Request) -> Answer:
    """A person in the panel changes a product: `sku`, and the fields as in a PUT."""
    body: dict[str, Any] = request.object()
    with server.world.store.transaction() as db:
        update_product(server.world, db, str(body.pop("sku", "")), body)
    return reply_text(dump({"done": True}))


_CALLS: dict[tuple[str, str], Callable[[HubServer, Request], Answer]] = {
    ("GET", "state"): _state,
    ("GET", "skus"): _skus,
    ("GET", "orders"): _orders,
    ("GET", "requests"): _requests,
    ("POST", "requests/reset"): _reset_requests,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _set_faults,
    ("POST", "faults/release"): _release,
    ("POST", "clock"): _clock,
    ("POST", "latency"): _latency,
    ("GET", "switches"): _switches,
    ("POST", "switches"): _set_switches,
    ("POST", "sell"): _sell,
    ("POST", "approve"): _approve,
    ("POST", "cancel"): _cancel,
    ("POST", "change-order"): _change_order,
    ("POST", "change-sku"): _change_sku,
}
