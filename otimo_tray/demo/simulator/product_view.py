"""How products look from outside: the whole document, the light row, a variation inside its product."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from .wire import Json, dump
from .world import World

LIGHT = """
id, sku, seq, reserved,
CASE WHEN light_due > {now} THEN light_price ELSE price END AS price,
CASE WHEN light_due > {now} THEN light_special_price ELSE special_price END AS special_price,
CASE WHEN light_due > {now} THEN light_quantity ELSE quantity END AS quantity
"""
"""Columns of the light table at `now`: until a PUT's delay is over, the values before it (seen)."""


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
            "stock_table": detail["stock_table"] or _own_table(world, row),
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


def _own_table(world: World, row: sqlite3.Row) -> list[Json]:
    """The one entry that a shop with a single stock may have, when the switch says so."""
    if not world.switches.own_stock_table:
        return []
    entry: Json = {"id": row["id"], "code": "default", "type": "own", "reserved": row["reserved"]}
    return [entry | _light(world, row)]


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


def _children(db: sqlite3.Connection, rows: Sequence[sqlite3.Row], columns: str) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = {}
    inside = "parent IN (SELECT value FROM json_each(?))"
    sql = f"SELECT {columns}, parent FROM product WHERE {inside} ORDER BY seq"
    for child in db.execute(sql, (dump([row["seq"] for row in rows]),)):
        found.setdefault(child["parent"], []).append(child)
    return found


def light_products(world: World, db: sqlite3.Connection, rows: Sequence[sqlite3.Row], columns: str) -> list[Json]:
    """The rows of the light table, variations inside."""
    children = _children(db, rows, columns)
    return [
        {
            "id": row["id"],
            **_light(world, row),
            "variations": [_light(world, child) for child in children.get(row["seq"], ())],
        }
        for row in rows
    ]
