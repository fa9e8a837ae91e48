"""A page's rows: the quick way for plain pages gives what the careful way gives, and takes no page that needs care."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.http import wire
from otimo_tray.erp.http.answer import Answer
from otimo_tray.errors import ErpMisconfigured

FIELDS = ("code", "balance", "price", "promo_price", "promo_from", "promo_until", "name", "ean")
CODES = ("1", "000001", "A B", " 7", "8\u00a0", "9\t", "", "  ", None, 5)
CELLS = ("19.90", "", None, " ", "São João", 12, 12.5, True)

PLAIN: Callable[[list[Any]], list[RawRow] | None] = wire._plain_rows


def rows_of(items: list[Any]) -> list[RawRow]:
    page = {
        "version": 1, "snapshot": "a", "as_of": "2026-11-24T12:00:00Z", "now": "2026-11-24T12:00:00Z", "full": False,
        "total": len(items), "items": items, "next": None,
    }  # fmt: skip
    return wire.page_of(Answer("/items", 200, {}, json.dumps(page).encode())).rows


def outcome(items: list[Any]) -> list[RawRow] | str:
    try:
        return rows_of(items)
    except ErpMisconfigured as error:
        return f"{error.code} {error.params}"


@pytest.mark.parametrize("odd", [0.0, 0.05, 0.5])
def test_both_ways_say_the_same(monkeypatch: pytest.MonkeyPatch, odd: float) -> None:
    rng = random.Random(int(odd * 100))
    pages: list[list[Any]] = []
    for _ in range(200):
        page: list[Any] = []
        for number in range(rng.randrange(5)):
            item: dict[str, Any] = {name: rng.choice(("5", "19.90", None)) for name in FIELDS} | {
                "code": f"{number:06d}"
            }
            if rng.random() < odd:
                item["code"] = rng.choice(CODES)
            if rng.random() < odd:
                item[rng.choice(FIELDS[1:])] = rng.choice(CELLS)
            if rng.random() < odd / 2:
                del item[rng.choice(FIELDS)]
            if rng.random() < odd / 2:
                item["removed"] = rng.choice((True, False))
            page.append(item if rng.random() >= odd / 10 else rng.choice(("x", ["code"], 1, None)))
        pages.append(page)
    quick = [outcome(page) for page in pages]

    def never(_: list[Any]) -> None:
        return None

    monkeypatch.setattr(wire, "_plain_rows", never)

    assert [outcome(page) for page in pages] == quick


def test_a_plain_page_needs_no_care() -> None:
    item = dict.fromkeys(FIELDS, "1")
    rows = [("1",) * 8, ("1", "1", "1", None, *("1",) * 4)]
    assert PLAIN([item, item | {"promo_price": None, "removed": False}]) == rows
    assert PLAIN([item, item | {"removed": True}]) is None
