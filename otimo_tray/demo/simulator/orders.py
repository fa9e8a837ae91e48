"""The order calls: list, read, create, update."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

from . import clock, stock
from .lists import Filter, page_of
from .merging import merge
from .template import blank_order
from .wire import Answer, Json, Request, dump, refuse, reply_text
from .world import World, new_id


def listing(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /orders`; `status` is one exact status, a comma list loses orders (seen).

    Raises:
        RefusedError: 400, a window of time is none.
    """
    query, condition = request.query, Filter()
    if status := query.get("status"):
        if "," in status:
            status = status.split(",")[0] if world.switches.comma_status == "first" else status
        condition.add("status = ?", status)
    if external := query.get("external"):
        condition.add("external = ?", external)
    condition.add_window("created", query.get("created"), world.switches)
    if world.switches.orders_modified_filter:
        condition.add_window("modified", query.get("modified"), world.switches)
    page = page_of(world, db, "purchase", condition, query, "doc")
    return reply_text(page.envelope([f'{{"Order":{row["doc"]}}}' for row in page.rows]))


def read(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /orders/{id}`.

    Raises:
        RefusedError: 404.
    """
    return reply_text(f'{{"Order":{find(db, request.segments[1])["doc"]}}}')


def create(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `POST /orders`, 201.

    Raises:
        RefusedError: 400, see `add`.
    """
    return _written(world, add(world, db, request.object()), 201)


def change(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `PUT /orders/{id}`.

    Raises:
        RefusedError: 404; 400 `not_updated` when the body changes nothing, or as `merge`.
    """
    return _written(world, update(world, db, request.segments[1], request.object()), 200)


def add(world: World, db: sqlite3.Connection, body: Json) -> str:
    """Create an order from a sales channel's body; a status it doesn't name is `pending`.

    Returns:
        The order as JSON.

    Raises:
        RefusedError: 400, a value of the wrong kind, or a duplicate where the switch refuses one.
    """
    channel, original = body.get("channel"), body.get("original_id")
    if world.switches.duplicate_orders == "refuse" and original is not None:
        same = "SELECT 1 FROM purchase WHERE original_id = ? AND channel IS ?"
        if db.execute(same, (str(original), _text(channel))).fetchone():
            refuse(400, "duplicated", "An order with this original_id exists")
    now = world.clock.iso()
    order = complete(body, now, world)
    order["order_id"] = db.execute("SELECT coalesce(max(seq), 0) + 1 FROM purchase").fetchone()[0]
    held, lowered = stock.apply(db, order, Counter(), False, world.switches)
    text = dump(order)
    db.execute(INSERT, row_of(order, held, lowered, text))
    return text


INSERT = """
INSERT INTO purchase (id, status, channel, original_id, external, created, modified, holds, lowered, doc)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def complete(body: Json, now: str, world: World, make_id: Callable[[], str] = new_id) -> Json:
    """A whole order out of a channel's partial one, with ids and what the hub fills in itself."""
    given = {"status": "pending", "auto_reserve": True, "ack": False, **body}
    order = merge(blank_order(), given, now, world.switches, make_id)
    order |= {
        "id": make_id(),
        "created": now,
        "modified": now,
        "timestamp": int(clock.parse(now, "utc")),
        "user_id": "1",
        "created_by": world.credentials.client_id,
        "modified_by": world.credentials.client_id,
    }
    return order


def row_of(order: Json, held: Counter[str], lowered: bool, text: str) -> tuple[object, ...]:
    """The table row of an order, for `INSERT`."""
    external = order["external"]
    return (
        order["id"], order["status"], _text(order["channel"]), _text(order["original_id"]),
        None if isinstance(external, dict) else _text(external), order["created"], order["modified"],
        dump(held), lowered, text,
    )  # fmt: skip


def update(world: World, db: sqlite3.Connection, order_id: str, body: Json) -> str:
    """Merge `body` into an order.

    Returns:
        The order as JSON.

    Raises:
        RefusedError: 404; 400 `not_updated` when the body changes nothing, or as `merge`.
    """
    row = find(db, order_id)
    order: Json = json.loads(row["doc"])
    now = clock.after(order["modified"], world.clock.iso())
    merged = merge(order, body, now, world.switches, new_id)
    if merged == order:
        refuse(400, "not_updated", "Changes not found in the order")
    merged["modified"], merged["modified_by"] = now, world.credentials.client_id
    merged["timestamp"] = int(clock.parse(now, "utc"))
    held, lowered = stock.apply(db, merged, Counter(json.loads(row["holds"])), bool(row["lowered"]), world.switches)
    text = dump(merged)
    db.execute(
        "UPDATE purchase SET status = ?, channel = ?, original_id = ?, external = ?, created = ?,"
        " modified = ?, holds = ?, lowered = ?, doc = ? WHERE id = ?",
        (*row_of(merged, held, lowered, text)[1:], order_id),
    )
    return text


def find(db: sqlite3.Connection, order_id: str) -> sqlite3.Row:
    """The row of an order.

    Raises:
        RefusedError: 404 `not_found`.
    """
    row = db.execute("SELECT * FROM purchase WHERE id = ?", (order_id,)).fetchone()
    if row is None:
        refuse(404, "not_found", "Order not found")
    return cast(sqlite3.Row, row)


def _written(world: World, text: str, status: int) -> Answer:
    return reply_text(f'{{"Order":{text}}}' if world.switches.wrap_write_answers else text, status)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
