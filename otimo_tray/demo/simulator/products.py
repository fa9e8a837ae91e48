"""The product and SKU calls: lists, the light table, stock and price, the upsert."""

from __future__ import annotations

import sqlite3

from .lists import Filter, page_of
from .numbers import as_quantity
from .product_view import LIGHT, light_products, render
from .product_writes import add, by_sku, found, update
from .wire import Answer, Request, dump, refuse, reply, reply_text
from .world import World


def listing(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /products`; variations are inside their product.

    Raises:
        RefusedError: 400, a window of time is none.
    """
    query, condition = request.query, Filter()
    condition.add("parent IS NULL")
    if sku := query.get("sku"):
        condition.add("(sku = ? OR seq = (SELECT parent FROM product WHERE sku = ?))", sku, sku)
    for column in ("created", "modified"):
        condition.add_window(column, query.get(column), world.switches)
    page = page_of(world, db, "product", condition, query)
    return reply_text(page.envelope([dump({"Product": one}) for one in render(world, db, page.rows)]))


def tabledata(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /products/tabledata`: a light table that shows a PUT only after a delay (seen)."""
    condition = Filter()
    condition.add("parent IS NULL")
    columns = LIGHT.format(now=repr(world.clock.now()))
    limit = world.switches.tabledata_max_limit
    page = page_of(world, db, "product", condition, request.query, columns, limit)
    return reply({"Products": light_products(world, db, page.rows, columns)})


def read(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /products/{id}`; a variation has an id too.

    Raises:
        RefusedError: 404.
    """
    row = db.execute("SELECT * FROM product WHERE id = ?", (request.segments[1],)).fetchone()
    return _answer(world, db, found(row), wrap=True)


def read_sku(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /skus/{sku}`.

    Raises:
        RefusedError: 404.
    """
    return _answer(world, db, found(by_sku(db, request.segments[1])), wrap=True)


def create(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `POST /products`, 201.

    Raises:
        RefusedError: 400, no SKU, one that is taken, or a value of the wrong kind.
    """
    body = request.object()
    sku = body.get("sku")
    if not isinstance(sku, str) or not sku:
        refuse(400, "invalid_field", {"sku": "must be a text"})
    if by_sku(db, sku) is not None:
        refuse(400, "duplicated", "A product with this sku exists")
    add(world, db, sku, body)
    return _answer(world, db, found(by_sku(db, sku)), status=201)


def upsert(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `PUT /skus/{sku}`: a partial update, or **the creation of a product that isn't there** (seen).

    Raises:
        RefusedError: 400 `not_updated` when nothing changes, or a value of the wrong kind.
    """
    sku, body = request.segments[1], request.object()
    if by_sku(db, sku) is None:
        add(world, db, sku, body)
        return _answer(world, db, found(by_sku(db, sku)), status=world.switches.upsert_create_status)
    update(world, db, sku, body)
    return _answer(world, db, found(by_sku(db, sku)))


def put_stock(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `PUT /skus/{sku}/stock`: `update` sets, `increase` and `decrease` add and subtract.

    Raises:
        RefusedError: 404; 400 for another action, a quantity that is none, or no change.
    """
    sku, body = request.segments[1], request.object()
    action, given = body.get("action"), body.get("quantity")
    if action not in ("update", "increase", "decrease"):
        refuse(400, "invalid_field", {"action": "must be update, increase or decrease"})
    if given is None:
        refuse(400, "invalid_field", {"quantity": "is missing"})
    row = by_sku(db, sku)
    if row is None and world.switches.stock_put_creates and action != "decrease":
        add(world, db, sku, {"quantity": given})
        return _answer(world, db, found(by_sku(db, sku)))
    quantity = found(row)["quantity"]
    if action == "update":
        quantity = as_quantity(given, world.switches)
    else:
        change = as_quantity(given, None)
        quantity = as_quantity(quantity + (change if action == "increase" else -change), world.switches)
    update(world, db, sku, {"quantity": quantity})
    return _answer(world, db, found(by_sku(db, sku)))


def _answer(
    world: World, db: sqlite3.Connection, row: sqlite3.Row, status: int = 200, wrap: bool | None = None
) -> Answer:
    if row["parent"] is not None and world.switches.variation_answer == "parent":
        row = db.execute("SELECT * FROM product WHERE seq = ?", (row["parent"],)).fetchone()
    (product,) = render(world, db, [row])
    wrapped = world.switches.wrap_write_answers if wrap is None else wrap
    return reply({"Product": product} if wrapped else product, status)
