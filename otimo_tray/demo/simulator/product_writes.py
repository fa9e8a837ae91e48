"""How products change: creation, partial updates, variations, and what the light table goes on showing.

A variation is a row of its own with a `parent`; it has its own id, SKU, stock and price (doc).
"""

from __future__ import annotations

import json
import sqlite3
from typing import cast

from . import clock
from .numbers import as_price, as_quantity
from .template import objects
from .wire import Json, dump, refuse
from .world import World, new_id

DETAIL: Json = {
    "name": None, "type": "product", "external": None, "ean": None, "ncm": None, "brand": None, "model": None,
    "description": None, "short_description": None, "stock_code": None, "supplier_id": None,
    "dimension": {"width": None, "weight": None, "length": None, "height": None},
    "real_dimension": {"width": None, "weight": None, "length": None, "height": None},
    "stock_table": [], "categories": [], "photos": [], "attributes": [],
}  # fmt: skip
"""What a product has besides its numbers; kept as one JSON text."""

EXTRA = frozenset({"price_table"})
"""Shown only by a product that was given it."""


INSERT = """
INSERT INTO product (id, sku, parent, price, special_price, quantity, reserved, created, modified, detail)
VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
"""


def add(world: World, db: sqlite3.Connection, sku: str, body: Json, parent: int | None = None) -> None:
    """Create a product (with its variations) or, with `parent`, a variation.

    Raises:
        RefusedError: 400, a value of the wrong kind.
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
        RefusedError: 404; 400 `not_updated` when nothing changes, or a value of the wrong kind.
    """
    if not _merge(world, db, found(by_sku(db, sku)), body):
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
    sql = f"UPDATE product SET modified = ?, detail = ?{assignments} WHERE seq = ?"
    db.execute(sql, (now, dump(detail), *numbers.values(), row["seq"]))
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
        row = by_sku(db, sku)
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
    known = DETAIL.keys() | EXTRA
    return before | {name: value for name, value in body.items() if name not in own and (name in known or keep)}


def by_sku(db: sqlite3.Connection, sku: str) -> sqlite3.Row | None:
    """The row of an SKU, compared letter for letter."""
    return cast("sqlite3.Row | None", db.execute("SELECT * FROM product WHERE sku = ?", (sku,)).fetchone())


def found(row: sqlite3.Row | None) -> sqlite3.Row:
    """The row that was looked for.

    Raises:
        RefusedError: 404 `not_found`, it is none.
    """
    if row is None:
        refuse(404, "not_found", "Product not found")
    return row
