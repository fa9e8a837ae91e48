"""The shop that is simulated: its ERP codes, its SKUs (single, packs, kits) and how much each of them is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from otimo_tray.domain.catalogue import Component, SkuMapping

PACK_SIZES = (2, 3, 6)
_SHARE_OF_PACKS = 0.15
_SHARE_OF_KITS = 0.10
_BASKETS_A_DAY_AND_SKU = 0.08
_COUNTER_SALES_A_DAY_AND_SKU = 0.10
_KIT_POPULARITY = 0.4
"""Packs and kits are asked for less often than a single unit."""


@dataclass(slots=True)
class Shop:
    """A shop; SKUs and codes are their positions in these lists.

    Attributes:
        parts: by SKU: (code, units) of each component; a code stands once.
        popularity: by SKU: weight among the online buyers.
        counter_popularity: by code: weight among the customers at the counter.
        daily_demand: by code: units expected a day, online and counter.
    """

    parts: list[tuple[tuple[int, int], ...]]
    popularity: list[float]
    counter_popularity: list[float]
    baskets_a_day: float
    counter_sales_a_day: float
    codes: list[str] = field(default_factory=list[str])
    mappings: list[SkuMapping] = field(default_factory=list[SkuMapping])
    skus_of_code: list[tuple[int, ...]] = field(default_factory=list[tuple[int, ...]])
    daily_demand: list[float] = field(default_factory=list[float])

    def __post_init__(self) -> None:
        self.codes = [f"{1000 + code}" for code in range(len(self.counter_popularity))]
        self.mappings = [
            SkuMapping(f"SKU-{sku:05}", tuple(Component(self.codes[code], units) for code, units in parts))
            for sku, parts in enumerate(self.parts)
        ]
        users: list[list[int]] = [[] for _ in self.codes]
        for sku, parts in enumerate(self.parts):
            for code, _ in parts:
                users[code].append(sku)
        self.skus_of_code = [tuple(skus) for skus in users]
        self.daily_demand = self._expected()

    def _expected(self) -> list[float]:
        online, counter = sum(self.popularity), sum(self.counter_popularity)
        demand = [weight / counter * self.counter_sales_a_day for weight in self.counter_popularity]
        for sku, parts in enumerate(self.parts):
            asked = self.popularity[sku] / online * self.baskets_a_day
            for code, units in parts:
                demand[code] += asked * units
        return demand


def make_shop(rng: Random, skus: int, bustle: float) -> Shop:
    """A shop of `skus` SKUs: three quarters sell one unit of a code of their own, packs and kits share those codes.

    `bustle` multiplies buyers and customers.
    """
    packs, kits = int(skus * _SHARE_OF_PACKS), int(skus * _SHARE_OF_KITS)
    codes = skus - packs - kits
    # A few goods sell all day, most of them now and then.
    weights = [1.0 / (rank + 8) ** 0.9 for rank in range(codes)]
    rng.shuffle(weights)
    parts: list[tuple[tuple[int, int], ...]] = [((code, 1),) for code in range(codes)]
    popularity = list(weights)
    for _ in range(packs):
        code = rng.randrange(codes)
        parts.append(((code, rng.choice(PACK_SIZES)),))
        popularity.append(weights[code] * _KIT_POPULARITY)
    for _ in range(kits):
        chosen = rng.sample(range(codes), rng.choice((2, 2, 3)))
        parts.append(tuple((code, rng.choice((1, 1, 2))) for code in chosen))
        popularity.append(min(weights[code] for code in chosen) * _KIT_POPULARITY)
    counter = [weight * rng.choice((0.2, 1.0, 2.0)) for weight in weights]
    return Shop(
        parts,
        popularity,
        counter,
        baskets_a_day=skus * bustle * _BASKETS_A_DAY_AND_SKU,
        counter_sales_a_day=skus * bustle * _COUNTER_SALES_A_DAY_AND_SKU,
    )
