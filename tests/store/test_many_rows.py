"""Many rows at once are the same as one after the other, whichever database takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from otimo_tray.store import StateStore
from otimo_tray.store.dialect import given, many, tuples, upsert
from otimo_tray.store.schema import hub_product, push, sent_value, sku_value

NAMES = ("sku", "kind", "confirmed", "confirmed_at", "lease")
PUT = upsert(sku_value, NAMES[2:])
FIRST = upsert(sku_value, NAMES[2:], only_if=sku_value.c.confirmed.is_(None))
KEEP = upsert(sku_value, ())
DROP = delete(sku_value).where(sku_value.c.sku == given("of_sku"), sku_value.c.kind == "stock")


def values(store: StateStore) -> list[tuple[Any, ...]]:
    with store.database.read() as connection:
        return tuples(connection, select(*(sku_value.c[name] for name in NAMES)).order_by(sku_value.c.sku))


def put(store: StateStore, statement: Any, rows: Sequence[Sequence[object]], names: Sequence[str] = NAMES) -> None:
    with store.database.write() as connection:
        many(connection, statement, names, iter(rows))


def row(sku: str, value: str | None, lease: int = 1) -> tuple[object, ...]:
    return (sku, "stock", value, None, lease)


def test_rows_of_several_blocks_and_none(store: StateStore) -> None:
    rows = [row(f"S{number:05}", str(number), number) for number in range(4_321)]
    put(store, PUT, rows)
    put(store, PUT, [])
    assert values(store) == rows
    put(store, DROP, [(f"S{number:05}",) for number in range(1, 4_321)], ("of_sku",))
    assert values(store) == rows[:1]


@pytest.mark.parametrize(
    ("statement", "left"),
    [(PUT, "last"), (FIRST, "first"), (KEEP, "first")],
)
def test_the_same_key_twice_in_a_block_is_taken_in_order(store: StateStore, statement: Any, left: str) -> None:
    put(store, statement, [row("A", "first"), row("B", "other"), row("A", "last")])
    assert values(store) == [row("A", left), row("B", "other")]


def test_what_is_there_is_looked_at(store: StateStore) -> None:
    put(store, PUT, [row("A", None), row("B", "was")])
    put(store, FIRST, [row("A", "new"), row("B", "new"), row("C", "new")])
    assert values(store) == [row("A", "new"), row("B", "was"), row("C", "new")]


def test_odd_texts_and_numbers_arrive_as_they_are(store: StateStore) -> None:
    odd = ['"', "\\", "\\u0000", "{}", "%s", "ção", "😀", "\n\t", "", "null", " x ", "x" * 5_000]
    rows = [row(f"{place:02}{text}", text, 2**40) for place, text in enumerate(odd)]
    put(store, PUT, rows)
    assert values(store) == rows


def test_booleans_stay_booleans(store: StateStore) -> None:
    names = ("sku", "product_id", "name", "ean", "has_price_table", "has_stock_table", "read_at", "gone")
    put(store, upsert(hub_product, names[1:]), [("A", "1", "n", "", True, False, "t", False)], names)
    with store.database.read() as connection:
        found = connection.execute(select(hub_product.c.has_price_table, hub_product.c.has_stock_table)).one()
    assert tuple(found) == (True, False)


def test_rows_without_a_key_of_their_own_get_one(store: StateStore) -> None:
    names = ("sku", "kind", "value", "reason", "basis", "at", "answer", "lease")
    put(
        store,
        insert(sent_value),
        [("A", "stock", str(n), "changed", "{}", "t", "confirmed", 0) for n in range(3)],
        names,
    )
    with store.database.read() as connection:
        found = tuples(connection, select(sent_value.c.id, sent_value.c.value).order_by(sent_value.c.id))
    assert [value for _, value in found] == ["0", "1", "2"]
    assert len({number for number, _ in found}) == 3


def test_a_key_that_is_taken_is_an_error_and_leaves_nothing(store: StateStore) -> None:
    names = ("sku", "kind", "confirmed")
    put(store, insert(sku_value), [("A", "stock", "1")], names)
    with pytest.raises(Exception, match=r"(?i)unique"):
        put(store, insert(sku_value), [("B", "stock", "1"), ("A", "stock", "2")], names)
    assert [found[:3] for found in values(store)] == [("A", "stock", "1")]


def test_a_row_of_a_plan_that_is_not_there_is_refused(store: StateStore) -> None:
    names = (
        "sku",
        "kind",
        "value",
        "reason",
        "basis",
        "state",
        "plan_id",
        "priority",
        "attempts",
        "due_at",
        "created_at",
    )
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        put(store, upsert(push, names[2:]), [("A", "stock", "1", "changed", "{}", "held", 99, 5, 0, "t", "t")], names)
