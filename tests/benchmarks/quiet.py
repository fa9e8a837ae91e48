"""A cycle in which nothing changed, beside the bare driver's fetch of the same rows; then one change of each sort."""

from __future__ import annotations

import csv
import gc
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from otimo_tray.domain.catalogue import Component, RawRow, SkuMapping
from otimo_tray.domain.orders import Order, OrderItem, OrderStage
from otimo_tray.domain.rules import PatternRule, SkuRule
from tests.benchmarks.shop import SELECT, SKUS, BenchShop, Stopwatch, check, median

TIMES = 9


@dataclass
class Quiet:
    """Ratios to the bare driver; `same_bytes` only where a file can be the same."""

    warm: float
    cold: float
    puts: int
    same_bytes: float | None = None


def measure(shop: BenchShop, say: Callable[[str], None]) -> Quiet:
    """Raises CheckError when a cycle sent something, or missed a change afterwards."""
    shop.first_cycles()
    shop.hub_process.forget_requests()
    warm = _ratio(shop, fresh=False)
    same = None
    if shop.source == "csv":
        same = _ratio(shop, fresh=False, same_bytes=True)
    cold = _ratio(shop, fresh=True)
    puts = shop.puts()
    say(f"{shop.source}: warm {warm:.2f}, cold {cold:.2f}, {puts} PUTs" + (f", same bytes {same:.2f}" if same else ""))
    for name, change in _CHANGES:
        shop.hub_process.forget_requests()
        expected = change(shop)
        shop.cycle()
        found = _put_values(shop)
        check(found == expected, f"{shop.source}: PUTs after {name}", f"{found} instead of {expected}")
        shop.hub_process.forget_requests()
        shop.cycle()
        check(not shop.puts(), f"{shop.source}: PUTs in the cycle after {name}", shop.puts())
    return Quiet(warm, cold, puts, same)


def _ratio(shop: BenchShop, *, fresh: bool, same_bytes: bool = False) -> float:
    """Median of the cycles by the median of the fetches, taken in turn in this process."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(TIMES):
        if shop.source == "csv":
            shop.write_sheet(same_bytes=same_bytes)
        if fresh:
            shop.close()
        gc.collect()
        with Stopwatch() as driver:
            rows = _fetch(shop)
        check(len(rows) >= SKUS, "rows of the driver", len(rows))
        del rows
        gc.collect()
        with Stopwatch() as cycle:
            reports = shop.cycle()
        check(not any(report.counts.get("changed_rows") for report in reports), "rows changed in a quiet cycle")
        if not same_bytes:
            check(all(report.counts.get("changed_rows") == 0 for report in reports), "a cycle that read nothing")
        bare.append(driver.seconds)
        ours.append(cycle.seconds)
    return median(ours) / median(bare)


def _fetch(shop: BenchShop) -> list[Any]:
    """The bare driver."""
    if shop.source == "csv":
        with shop.sheet.open(encoding="cp1252", newline="") as file:
            return list(csv.reader(file, delimiter=";"))
    connection = sqlite3.connect(shop.erp_file)
    try:
        return connection.cursor().execute(SELECT).fetchall()
    finally:
        connection.close()


# --- one change of each sort -----------------------------------------------------------------------------------------

_Puts = list[tuple[str, str]]


def _put_values(shop: BenchShop) -> _Puts:
    """(path, what was sent) of each PUT that the hub saw, in order of path."""
    report = shop.hub_process.get("/_sim/requests?last=500")
    check(report["total"] <= 500, "requests after one change", report["calls"])
    return sorted(
        (entry["path"], "price" if "price" in entry["body"] else "stock")
        for entry in report["last"]
        if entry["method"] == "PUT"
    )


def _stock(sku: str) -> tuple[str, str]:
    return f"/skus/{sku}/stock", "stock"


def _price(sku: str) -> tuple[str, str]:
    return f"/skus/{sku}", "price"


def _pick(shop: BenchShop, number: int, fits: Callable[[RawRow], bool]) -> str:
    """A SKU that fits, another one for each number; never one with variations, never one with a promotion's end."""
    start = (number * 7919) % SKUS
    codes = list(shop.rows)
    for code in codes[start:] + codes[:start]:
        row = shop.rows[code]
        if "-" not in code and not code.endswith("0") and row[5] is None and fits(row):
            return code
    raise AssertionError("no SKU fits")


def _enough(row: RawRow) -> bool:
    return int(str(row[1])) >= 3


def _one_row(shop: BenchShop) -> _Puts:
    code = _pick(shop, 1, _enough)
    row = shop.rows[code]
    shop.change({code: (code, str(int(str(row[1])) - 1), *row[2:])})
    return [_stock(code)]


def _one_rule(shop: BenchShop) -> _Puts:
    code = _pick(shop, 2, _enough)
    _store(shop).catalogue.set_rules({code: SkuRule(safety_stock=1)}, shop.clock.now())
    return [_stock(code)]


def _one_pattern(shop: BenchShop) -> _Puts:
    code = _pick(shop, 6, _enough)
    shop.settings = replace(shop.settings, rules=(PatternRule(code.casefold(), SkuRule(safety_stock=1)),))
    return [_stock(code)]


def _one_mapping(shop: BenchShop) -> _Puts:
    """Another product of another balance and a price near by: both values follow."""
    sku = _pick(shop, 3, lambda row: _enough(row) and row[3] is None)
    mine = shop.rows[sku]
    price = Decimal(str(mine[2]))

    def near(row: RawRow) -> bool:
        moved = abs(Decimal(str(row[2])) - price)
        return row[3] is None and _enough(row) and row[1] != mine[1] and 0 < moved < price / 4

    other = _pick(shop, 4, near)
    _store(shop).catalogue.set_mappings([SkuMapping(sku, (Component(other, 1),))], shop.clock.now())
    return sorted([_stock(sku), _price(sku)])


def _one_commitment(shop: BenchShop) -> _Puts:
    sku = _pick(shop, 5, _enough)
    order = Order("bench-1", "BENCH-1", "approved", items=(OrderItem(sku, "", 1, Decimal(1)),))
    _store(shop).orders.add(order, OrderStage.SEEN, shop.clock.now())
    return [_stock(sku)]


def _one_promotion(shop: BenchShop) -> _Puts:
    ending = [code for code, row in shop.rows.items() if row[5] is not None]
    check(len(ending) == 1, "promotions with an end", len(ending))
    shop.clock.advance(hours=5)
    return [_price(ending[0])]


def _store(shop: BenchShop) -> Any:
    assert shop.opened is not None
    return shop.opened.store


_CHANGES: tuple[tuple[str, Callable[[BenchShop], _Puts]], ...] = (
    ("one changed row", _one_row),
    ("one changed rule", _one_rule),
    ("one changed rule by pattern", _one_pattern),
    ("one changed mapping", _one_mapping),
    ("one new commitment", _one_commitment),
    ("one ended promotion", _one_promotion),
)
