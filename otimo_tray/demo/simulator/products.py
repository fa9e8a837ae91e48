"""The product and SKU calls: lists, the light table, stock and price, the upsert.

A variation is a row of its own with a `parent`; it has its own id, SKU, stock and price (doc).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, cast

from . import clock
from .lists import Filter, page_of
from .numbers import as_price, as_quantity
from .template import objects
from .wire import Answer, Json, Request, dump, refuse, reply, reply_text
from .world import World, new_id

DETAIL: Json = {
    "name": None, "type": "product", "external": None, "ean": None, "ncm": None, "brand": None, "model": None,
    "description": None, "short_description": None, "stock_code": None, "supplier_id": None,
    "dimension": {"width": None, "weight": None, "length": None, "height": None},
    "real_dimension": {"width": None, "weight": None, "length": None, "height": None},
    "stock_table": [], "price_table": [], "categories": [], "photos": [], "attributes": [],
}  # fmt: skip
"""What a product has besides its numbers; kept as one JSON text."""


def listing(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /products`; variations are inside their product.

    Raises:
        Refused: 400, a window of time is none.
    """
    query, condition = request.query, Filter()
    condition.add("parent IS NULL")
    if sku := query.get("sku"):
        condition.add("(sku = ? OR seq = (SELECT parent FROM product WHERE sku = ?))", sku, sku)
    for column in ("created", "modified"):
        condition.add_window(column, query.get(column), world.switches)
    page = page_of(world, db, "product", condition, query)
    return reply_text(page.envelope([dump({"Product": one}) for one in render(world, db, page.rows)]))


_LIGHT = """
id, sku, seq, reserved,
CASE WHEN light_due > {now} THEN light_price ELSE price END AS price,
CASE WHEN light_due > {now} THEN light_special_price ELSE special_price END AS special_price,
CASE WHEN light_due > {now} THEN light_quantity ELSE quantity END AS quantity
"""


def tabledata(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /products/tabledata`: a light table that shows a PUT only after a delay (seen)."""
    condition = Filter()
    condition.add("parent IS NULL")
    columns = _LIGHT.format(now=repr(world.clock.now()))
    limit = world.switches.tabledata_max_limit
    page = page_of(world, db, "product", condition, request.query, columns, limit)
    children = _children(db, page.rows, columns)
    products = [
        {
            "id": row["id"],
            **_light(world, row),
            "variations": [_light(world, child) for child in children.get(row["seq"], ())],
        }
        for row in page.rows
    ]
    return reply({"Products": products})


def read(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /products/{id}`; a variation has an id too.

    Raises:
        Refused: 404.
    """
    row = db.execute("SELECT * FROM product WHERE id = ?", (request.segments[1],)).fetchone()
    return _answer(world, db, _found(row), wrap=True)


def read_sku(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `GET /skus/{sku}`.

    Raises:
        Refused: 404.
    """
    return _answer(world, db, _found(_by_sku(db, request.segments[1])), wrap=True)


def create(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `POST /products`, 201.

    Raises:
        Refused: 400, no SKU, one that is taken, or a value of the wrong kind.
    """
    body = request.object()
    sku = body.get("sku")
    if not isinstance(sku, str) or not sku:
        refuse(400, "invalid_field", {"sku": "must be a text"})
    if _by_sku(db, sku) is not None:
        refuse(400, "duplicated", "A product with this sku exists")
    add(world, db, sku, body)
    return _answer(world, db, _found(_by_sku(db, sku)), status=201)


def upsert(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `PUT /skus/{sku}`: a partial update, or **the creation of a product that isn't there** (seen).

    Raises:
        Refused: 400 `not_updated` when nothing changes, or a value of the wrong kind.
    """
    sku, body = request.segments[1], request.object()
    if _by_sku(db, sku) is None:
        add(world, db, sku, body)
        return _answer(world, db, _found(_by_sku(db, sku)), status=world.switches.upsert_create_status)
    update(world, db, sku, body)
    return _answer(world, db, _found(_by_sku(db, sku)))


def put_stock(world: World, db: sqlite3.Connection, request: Request) -> Answer:
    """Answer `PUT /skus/{sku}/stock`: `update` sets, `increase` and `decrease` add and subtract.

    Raises:
        Refused: 404; 400 for another action, a quantity that is none, or no change.
    """
    sku, body = request.segments[1], request.object()
    action, given = body.get("action"), body.get("quantity")
    if action not in ("update", "increase", "decrease"):
        refuse(400, "invalid_field", {"action": "must be update, increase or decrease"})
    if given is None:
        refuse(400, "invalid_field", {"quantity": "is missing"})
    row = _by_sku(db, sku)
    if row is None and world.switches.stock_put_creates:
        add(world, db, sku, {})
        row = _by_sku(db, sku)
    quantity = as_quantity(given, world.switches) if action == "update" else as_quantity(given, None)
    if action != "update":
        change = quantity if action == "increase" else -quantity
        quantity = as_quantity(_found(row)["quantity"] + change, world.switches)
    _found(row)
    update(world, db, sku, {"quantity": quantity})
    return _answer(world, db, _found(_by_sku(db, sku)))


INSERT = """
INSERT INTO product (id, sku, parent, price, special_price, quantity, reserved, created, modified, detail)
VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
"""


def add(world: World, db: sqlite3.Connection, sku: str, body: Json, parent: int | None = None) -> None:
    """Create a product (with its variations) or, with `parent`, a variation.

    Raises:
        Refused: 400, a value of the wrong kind.
    """
    values, detail = _values(world, body), _detail(world, DETAIL, body)
    now = world.clock.iso()
    numbers = (values.get("price"), values.get("special_price"), values.get("quantity", 0))
    cursor = db.execute(INSERT, (new_id(), sku, parent, *numbers, now, now, dump(detail)))
    if parent is None:
        _put_variations(world, db, cast(int, cursor.lastrowid), body)


def update(world: World, db: sqlite3.Connection, sku: str, body: Json) -> None:
    """Merge a body into a product.

    Raises:
        Refused: 404; 400 `not_updated` when nothing changes, or a value of the wrong kind.
    """
    if not _merge(world, db, _found(_by_sku(db, sku)), body):
        refuse(400, "not_updated", "Changes not found in the document")


def _merge(world: World, db: sqlite3.Connection, row: sqlite3.Row, body: Json) -> bool:
    before: Json = json.loads(row["detail"])
    detail, values = _detail(world, before, body), _values(world, body)
    numbers = {name: value for name, value in values.items() if value != row[name]}
    inner = row["parent"] is None and _put_variations(world, db, row["seq"], body)
    if not numbers and detail == before and not inner:
        return False
    now = clock.after(row["modified"], world.clock.iso())
    if numbers:
        _remember_light(world, db, row)
    assignments = "".join(f", {name} = ?" for name in numbers)
    db.execute(
        f"UPDATE product SET modified = ?, detail = ?{assignments} WHERE seq = ?",
        (now, dump(detail), *numbers.values(), row["seq"]),
    )
    # A variation lives inside its product's document, so the product counts as modified with it.
    db.execute("UPDATE product SET modified = max(modified, ?) WHERE seq = ?", (now, row["parent"]))
    return True


def _remember_light(world: World, db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Let the light table go on showing the present values, unless it already lags behind."""
    now = world.clock.now()
    if row["light_due"] is None or row["light_due"] <= now:
        db.execute(
            "UPDATE product SET light_price = price, light_special_price = special_price,"
            " light_quantity = quantity, light_due = ? WHERE seq = ?",
            (now + world.switches.tabledata_delay, row["seq"]),
        )


def _put_variations(world: World, db: sqlite3.Connection, parent: int, body: Json) -> bool:
    changed = False
    for entry in objects(body.get("variations"), "variations"):
        sku = entry.get("sku")
        if not isinstance(sku, str) or not sku:
            refuse(400, "invalid_field", {"variations": "each needs its sku"})
        row = _by_sku(db, sku)
        if row is None:
            add(world, db, sku, entry, parent)
            changed = True
        elif row["parent"] != parent:
            refuse(400, "duplicated", f"{sku} belongs to another product")
        else:
            changed = _merge(world, db, row, entry) or changed
    return changed


def _values(world: World, body: Json) -> Json:
    """The numbers a body gives, as they are kept."""
    values: Json = {name: as_price(body[name], name) for name in ("price", "special_price") if name in body}
    if body.get("quantity") is not None:
        values["quantity"] = as_quantity(body["quantity"], world.switches)
    return values


def _detail(world: World, before: Json, body: Json) -> Json:
    own = {"id", "sku", "price", "special_price", "quantity", "reserved", "variations", "created", "modified"}
    own |= {"user_id", "created_by", "modified_by"}
    keep = world.switches.unknown_fields == "keep"
    return before | {name: value for name, value in body.items() if name not in own and (name in DETAIL or keep)}


def render(world: World, db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> Iterable[Json]:
    """The rows as the hub's products, variations inside."""
    children = _children(db, rows, "*")
    client = world.credentials.client_id
    for row in rows:
        detail: Json = json.loads(row["detail"])
        yield {
            "id": row["id"],
            "sku": row["sku"],
            **detail,
            "price": row["price"],
            "special_price": row["special_price"],
            "quantity": shown_quantity(world, row),
            "reserved": row["reserved"],
            "user_id": "1",
            "created": row["created"],
            "created_by": client,
            "modified": row["modified"],
            "modified_by": client,
            "variations": [_variation(world, child) for child in children.get(row["seq"], ())],
        }


def shown_quantity(world: World, row: sqlite3.Row) -> Any:
    """The quantity as the switch reads it: gross, or less what orders reserve."""
    return row["quantity"] - row["reserved"] if world.switches.quantity_net_of_reserved else row["quantity"]


def _variation(world: World, row: sqlite3.Row) -> Json:
    detail: Json = json.loads(row["detail"])
    return {
        "id": row["id"],
        **_light(world, row),
        "reserved": row["reserved"],
        "ean": detail.get("ean"),
        "name": detail.get("name"),
        "attributes": detail.get("attributes"),
    }


def _light(world: World, row: sqlite3.Row) -> Json:
    return {
        "sku": row["sku"],
        "price": row["price"],
        "special_price": row["special_price"],
        "quantity": shown_quantity(world, row),
    }


def _children(
    db: sqlite3.Connection, rows: Sequence[sqlite3.Row], columns: str
) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = {}
    sql = f"SELECT {columns}, parent FROM product WHERE parent IN (SELECT value FROM json_each(?)) ORDER BY seq"
    for child in db.execute(sql, (dump([row["seq"] for row in rows]),)):
        found.setdefault(child["parent"], []).append(child)
    return found


def _answer(
    world: World, db: sqlite3.Connection, row: sqlite3.Row, status: int = 200, wrap: bool | None = None
) -> Answer:
    if row["parent"] is not None and world.switches.variation_answer == "parent":
        row = db.execute("SELECT * FROM product WHERE seq = ?", (row["parent"],)).fetchone()
    (product,) = render(world, db, [row])
    wrapped = world.switches.wrap_write_answers if wrap is None else wrap
    return reply({"Product": product} if wrapped else product, status)


def _by_sku(db: sqlite3.Connection, sku: str) -> sqlite3.Row | None:
    return cast("sqlite3.Row | None", db.execute("SELECT * FROM product WHERE sku = ?", (sku,)).fetchone())


def _found(row: sqlite3.Row | None) -> sqlite3.Row:
    if row is None:
        refuse(404, "not_found", "Product not found")
    return row
