"""Values of the trade for hypothesis: codes, balances, prices, mappings, rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from otimo_tray.domain.catalogue import Component, ErpItem, SkuMapping
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import PriceRules, StockRules

NOON = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CODES = ("0001", "0002", "0003", "0004")

codes = st.sampled_from(CODES)
whole = st.integers(min_value=-50, max_value=5_000)
balances = st.decimals(min_value=-100, max_value=5_000, places=3, allow_nan=False, allow_infinity=False)
percents = st.decimals(min_value=-20, max_value=150, places=2, allow_nan=False, allow_infinity=False)
prices = st.decimals(min_value=0, max_value=100_000, places=4, allow_nan=False, allow_infinity=False)
moments = st.integers(min_value=-100, max_value=100).map(lambda hours: NOON + timedelta(hours=hours))

mappings = st.lists(st.builds(Component, codes, st.integers(1, 12)), min_size=1, max_size=4).map(
    lambda parts: SkuMapping("SKU", tuple(parts))
)

items = st.fixed_dictionaries(
    {
        code: st.builds(
            ErpItem,
            st.just(code),
            balances,
            prices,
            st.none() | prices,
            st.none() | moments,
            st.none() | moments,
        )
        for code in CODES
    }
)

committed = st.dictionaries(codes, st.integers(min_value=0, max_value=300))

stock_rules = st.builds(StockRules, st.integers(-5, 50), percents, st.none() | st.integers(min_value=-5, max_value=500))

price_rules = st.builds(
    PriceRules,
    st.decimals(min_value=-90, max_value=300, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from(("none", "90", "99")),
    st.none() | st.decimals(min_value=0, max_value=500, places=2, allow_nan=False, allow_infinity=False),
    st.decimals(min_value=0, max_value=95, places=2, allow_nan=False, allow_infinity=False),
)

sku_rules = st.builds(
    SkuRule,
    safety_stock=st.none() | st.integers(-5, 50),
    safety_percent=st.none() | percents,
    max_announced=st.none() | st.integers(-5, 500),
    stop_selling=st.booleans(),
    markup_percent=st.none() | st.just(Decimal("12.5")),
    rounding=st.none() | st.sampled_from(("none", "90", "99")),
    floor=st.none() | st.just(Decimal("15.00")),
    own_price=st.none() | prices,
    own_special_price=st.none() | prices,
    special_from=st.none() | moments,
    special_until=st.none() | moments,
    margin_percent=st.none() | st.just(Decimal(16)),
)
