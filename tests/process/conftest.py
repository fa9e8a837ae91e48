"""Small shops for the tests of the real command: few products, no order but those that a test sells."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.process.world import Hub, Shop, start_hub, stop_hub

MakeShop = Callable[..., Shop]
CALM = "[guards]\nchanges_percent = 100\nprice_move_percent = 1000\n"
"""A test changes all of its few products at once; that alone is nothing to hold."""


@pytest.fixture
def make_shop(tmp_path: Path, private_keyring: object) -> Generator[MakeShop]:
    """Makes the test's shop, not yet configured: a hub without orders and a sheet that knows all of its SKUs."""
    del private_keyring
    shops: list[Shop] = []

    def make(products: int = 15, *options: str) -> Shop:
        hub = start_hub(tmp_path, "--products", str(products), "--orders", "0", "--seed", "5", *options)
        folder = tmp_path / "Pasta de Integração"
        shop = Shop(hub, tmp_path / "perfil", folder)
        shops.append(shop)
        folder.mkdir()
        shop.write_stock(every_sku(hub))
        return shop

    yield make
    for shop in shops:
        stop_hub(shop.hub)


def every_sku(hub: Hub, stock: str = "40", price: str = "99,90") -> list[tuple[str, str, str]]:
    """Rows of a sheet that gives every SKU of the hub the same stock and price."""
    return [(sku, stock, price) for sku in sorted(hub.skus())]


@pytest.fixture
def ready(make_shop: MakeShop) -> Shop:
    """A small shop, configured and in step."""
    shop = make_shop()
    shop.setup(CALM)
    shop.run("sync", "--once")
    return shop
