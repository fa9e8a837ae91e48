"""Fills a new data file with products and orders, and makes single sales for a living shop."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import cast

from . import clock, stock
from .catalogue import CatalogueItem, generate_catalogue
from .orders import INSERT as INSERT_ORDER
from .orders import complete, row_of
from .salesroom import ODD, Ware, order, put_items
from .wire import Json, dump, refuse
from .world import World

DAY = 86400.0


def generate(world: World, db: sqlite3.Connection, products: int, orders: int, seed: int) -> None:
    """Fill an empty file; the same numbers, seed and time give the same shop.

    Products are dated over the year before now, orders over the week before now, oldest first.
    """
    db.execute("DELETE FROM product")
    db.execute("DELETE FROM purchase")
    now = world.clock.now()
    db.executemany(
        "INSERT INTO product (seq, id, sku, parent, price, special_price, quantity, reserved, created,"
        " modified, detail) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
        _product_rows(products, seed, now),
    )
    rng = random.Random(f"orders {seed}")
    wares = _wares(db, limit=20000)
    odd = list(ODD.values())
    if not wares:
        return
    rows: list[tuple[object, ...]] = []
    reserved: Counter[str] = Counter()
    for number in range(1, orders + 1):
        moment = now - 7 * DAY * (orders - number + 1) / orders
        body = order(rng, wares, moment, number)
        if number % 3 == 0:
            odd[(number // 3 - 1) % len(odd)](body, rng, wares)
        made = complete(body, clock.iso(moment), world, lambda: f"{rng.getrandbits(96):024x}")
        made["order_id"] = number
        # Stock as generated is what is left after these orders, so nothing is taken from it again.
        lowered = stock.takes_units(made, world.switches)
        held = stock.holds(made, lowered, world.switches)
        reserved.update(held)
        rows.append(row_of(made, held, lowered, dump(made)))
    db.executemany(INSERT_ORDER, rows)
    db.executemany(
        "UPDATE product SET reserved = reserved + ? WHERE sku = ?",
        [(units, sku) for sku, units in reserved.items()],
    )


def sale(world: World, db: sqlite3.Connection, wish: Json) -> Json:
    """A channel's order of `quantity` (1) of `sku` (absent: any) now, with the other fields of `wish` over
    it.

    Raises:
        RefusedError: 404 no such SKU, or none in stock; 409 when the hub advertises fewer units, unless `force`
            is true.
    """
    wish = dict(wish)
    sku, quantity, force = wish.pop("sku", None), wish.pop("quantity", 1), wish.pop("force", False)
    if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
        refuse(400, "invalid_field", {"quantity": "must be a positive whole number"})
    net = world.switches.quantity_net_of_reserved
    number = cast(int, db.execute("SELECT coalesce(max(seq), 0) + 1 FROM purchase").fetchone()[0])
    rng = random.Random(f"sale {number}")
    if sku is None:
        wares = _in_stock(db, 0 if force is True else quantity, net, rng.random())
    else:
        wares = _wares(db, limit=1, sku=str(sku))
    if not wares:
        refuse(404, "not_found", "Product not found")
    ware = rng.choice(wares)
    row = db.execute("SELECT quantity, reserved FROM product WHERE sku = ?", (ware.sku,)).fetchone()
    left = row["quantity"] - (row["reserved"] if net else 0)
    if left < quantity and force is not True:
        refuse(409, "out_of_stock", {"sku": ware.sku, "advertised": left})
    body = order(rng, [ware], world.clock.now(), number)
    put_items(body, [(ware, quantity)], 9.9)
    if wish.get("status", "approved") != "approved":
        body["approved_date"] = None
    return body | wish


_WARE = """
SELECT p.sku, q.sku AS parent_sku, p.detail ->> 'name' AS name, p.detail ->> 'ean' AS ean,
    coalesce(p.special_price, p.price, 0) AS price
FROM product p LEFT JOIN product q ON q.seq = p.parent
"""


def _wares(db: sqlite3.Connection, limit: int, sku: str | None = None) -> list[Ware]:
    rows = db.execute(f"{_WARE} WHERE ?1 IS NULL OR p.sku = ?1 ORDER BY p.seq LIMIT ?2", (sku, limit))
    return [_ware(row) for row in rows]


def _in_stock(db: sqlite3.Connection, quantity: int, net: bool, place: float) -> list[Ware]:
    """Some wares of which so many units are left, from `place` (0 to 1) of the catalogue on."""
    last = db.execute("SELECT coalesce(max(seq), 0) FROM product").fetchone()[0]
    sql = f"{_WARE} WHERE p.seq > ? AND p.quantity - p.reserved * ? >= ? ORDER BY p.seq LIMIT 50"
    for start in (int(last * place), 0):
        if found := db.execute(sql, (start, net, quantity)).fetchall():
            return [_ware(row) for row in found]
    return []


def _ware(row: sqlite3.Row) -> Ware:
    return Ware(row["sku"], row["parent_sku"], row["name"], row["ean"], float(row["price"]))


def _product_rows(products: int, seed: int, now: float) -> Iterator[tuple[object, ...]]:
    number = random.Random(f"ids {seed}").getrandbits
    parent = 0
    for seq, item in enumerate(generate_catalogue(products, seed), 1):
        if item.parent_sku is None:
            parent = seq
        created = clock.iso(now - 365 * DAY * (1 - item.number / (products + 1)))
        yield (
            seq, f"{number(96):024x}", item.sku, parent if item.parent_sku else None, float(item.price),
            float(item.special_price), item.quantity, created, created, dump(_detail(item)),
        )  # fmt: skip


def _detail(item: CatalogueItem) -> Json:
    size = {"width": 20, "weight": item.weight / 1000, "length": 30, "height": 15}
    return {
        "name": item.name, "type": "product", "external": None, "ean": item.ean, "ncm": item.ncm,
        "brand": item.brand, "model": item.sku, "description": f"{item.name}. Produto novo, com nota fiscal.",
        "short_description": item.name, "stock_code": None, "supplier_id": None, "dimension": size,
        "real_dimension": size, "stock_table": [],
        "categories": [{"id": item.ncm, "name": item.category}],
        "photos": [{"id": item.sku, "url": f"https://example.invalid/{item.sku}.jpg", "order": 1}],
        "attributes": [],
    }  # fmt: skip
