"""The hub's products as sellable SKUs: a product alone, or each variation of one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.pluggto import guesses, wire
from otimo_tray.pluggto.wire import Json

_CENT: Final = Decimal("0.01")


def products_of(value: Any) -> list[HubProduct]:
    """Every sellable SKU of one product answer, wrapped in `{"Product": …}` or bare.

    A product with variations that have SKUs of their own gives these; what has no SKU can't be sold by us
    and is left out.
    """
    product = wire.unwrap(value, "Product")
    own = wire.exact_text(product.get("sku"))
    found: dict[str, HubProduct] = {}
    for variation in wire.rows(product.get("variations")):
        sku = wire.exact_text(variation.get("sku"))
        if sku and sku != own:
            found.setdefault(sku, _variation(sku, variation, product, own))
    if own and (not found or guesses.PARENT_SELLS):
        found[own] = _product(own, product)
    return list(found.values())


def find_sku(value: Any, sku: str) -> HubProduct | None:
    """The SKU inside a product answer: the product itself, one of its variations, or None.

    An SKU that differs only in case or outer spaces is the same entity for the hub's address; the asked form
    is kept.
    """
    product = wire.unwrap(value, "Product")
    own = wire.exact_text(product.get("sku"))
    variations = [(wire.exact_text(one.get("sku")), one) for one in wire.rows(product.get("variations"))]
    for form in (str, _folded):
        for candidate, variation in variations:
            if candidate and candidate != own and form(candidate) == form(sku):
                return _variation(sku, variation, product, own)
        if own and form(own) == form(sku):
            return _product(sku, product)
    return None


def _folded(sku: str) -> str:
    return sku.strip().casefold()


def _product(sku: str, product: Json) -> HubProduct:
    return HubProduct(
        sku=sku,
        product_id=wire.text(product.get("id")),
        name=wire.text(product.get("name")),
        ean=wire.text(product.get("ean")),
        quantity=wire.whole(product.get("quantity")),
        price=wire.cents(product.get("price")),
        special_price=wire.cents(product.get("special_price")),
        reserved=wire.whole(product.get("reserved")),
        parent_sku=wire.exact_text(product.get("parent_sku")) or None,
        has_price_table=_has_table(product, {}, "price_table"),
        has_stock_table=_has_table(product, {}, "stock_table"),
        brand=wire.text(product.get("brand")),
    )


def _variation(sku: str, variation: Json, parent: Json, parent_sku: str) -> HubProduct:
    return HubProduct(
        sku=sku,
        product_id=(guesses.VARIATION_ID_IS_OWN and wire.text(variation.get("id"))) or wire.text(parent.get("id")),
        name=_name(wire.text(parent.get("name")), wire.text(variation.get("name"))),
        ean=wire.text(variation.get("ean")),
        quantity=wire.whole(variation.get("quantity")),
        price=wire.cents(variation.get("price")),
        special_price=wire.cents(variation.get("special_price")),
        reserved=wire.whole(variation.get("reserved")),
        parent_sku=parent_sku or None,
        has_price_table=_has_table(variation, parent, "price_table"),
        has_stock_table=_has_table(variation, parent, "stock_table"),
        brand=wire.text(variation.get("brand")) or wire.text(parent.get("brand")),
    )


def _has_table(variation: Json, parent: Json, name: str) -> bool:
    return any(map(bool, [*wire.rows(variation.get(name)), *wire.rows(parent.get(name))]))


def _name(parent: str, own: str) -> str:
    if not own or not parent or own.casefold().startswith(parent.casefold()):
        return own or parent
    return f"{parent} {own}"


def stock_body(sku: str, quantity: int) -> Json:
    """`PUT /skus/{sku}/stock`: only `update` is safe to repeat (API notes, Products)."""
    return {"action": "update", "quantity": quantity, "sku": sku}


def price_body(price: Decimal, special_price: Decimal) -> Json:
    """`PUT /skus/{sku}`: list and selling price, exact to the cent.

    Raises:
        ValueError: a price of zero or less, or with parts of a cent; such a price must never reach the hub.
    """
    for one in (price, special_price):
        if not one.is_finite() or one <= 0 or one != one.quantize(_CENT):
            raise ValueError(f"not a price: {one}")
    return {"price": price.quantize(_CENT), "special_price": special_price.quantize(_CENT)}
