"""Sentences about stock and price: what can't be told (S-3xx) and what a guard holds (G-2xx)."""

from __future__ import annotations

from typing import Final

_RELEASE = "See the list and release or discard it."

SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "G-201": (
        "Empty reading",
        "The ERP's reading came empty[[ ({source})]]; nothing was changed.",
        "Check the export in the ERP, or release it if it is right.",
    ),
    "G-202": (
        "Products missing in the reading",
        "The ERP's reading came with too few products[[: {rows} instead of {before}]]; nothing was changed.",
        "Check the export in the ERP, or release it if it is right.",
    ),
    "G-203": (
        "Same reading again",
        "The ERP's reading[[ ({source})]] equals one before the last, like a backup; nothing was changed.",
        "Check the ERP's export, or release it if it is right.",
    ),
    "G-211": (
        "Price moved too far",
        "The price would move by more than the limit[[ at SKU {sku}]][[: from {previous} to {value}]].",
        _RELEASE,
    ),
    "G-212": (
        "Under the minimum price",
        "The price would be under its minimum[[ at SKU {sku}]][[: {value}]].",
        _RELEASE,
    ),
    "G-213": (
        "A kit's first price",
        "It is the first time that this kit's price would be sent[[: SKU {sku}]][[, {value}]].",
        "Check the sum and release or discard it.",
    ),
    "G-214": (
        "SKU with a table at Plugg.to",
        "The SKU has a price or stock table at Plugg.to[[: {sku}]]; a single value might undo it.",
        "Decide who sets the value and release or discard it.",
    ),
    "G-221": (
        "First sync",
        "This is the shop's first sync[[: {count} values would be sent]].",
        "Check the list and release it to start.",
    ),
    "G-222": (
        "Many products to zero",
        "Too many SKUs would go to zero stock[[: {count} of {mapped} (limit {limit} %)]].",
        "Check the ERP's export and release or discard it.",
    ),
    "G-223": (
        "Many changes at once",
        "Too many values would change at once[[: {count} of {mapped} (limit {limit} %)]].",
        "Check the ERP's export and release or discard it.",
    ),
    "G-224": (
        "Many prices would move too far",
        (
            "Too many prices would move by more than the limit[[: {count} of {mapped} (limit {limit} %)]]; the "
            "export's columns may have shifted, and everything that changed with them waits."
        ),
        "Check the ERP's export and release or discard.",
    ),
    "G-230": (
        "Nothing to release",
        "Held plan no. {plan} doesn't exist or was settled already.",
        "See the list of what is held.",
    ),
    "S-301": (
        "No balance in the ERP",
        "Code {erp_code}, used by SKU {sku}, isn't in the ERP or has no balance; the SKU's stock wasn't sent.",
        "Correct the SKU mapping or the product in the ERP.",
    ),
    "S-302": (
        "SKU mapping incomplete",
        "The mapping of SKU {sku} has no code, or a Qty per SKU below 1.",
        "Correct it in SKU mapping.",
    ),
    "S-311": (
        "No price in the ERP",
        "Code {erp_code}, used by SKU {sku}, isn't in the ERP or has no price; the SKU's price wasn't sent.",
        "Enter the price in the ERP, or an own price for the SKU.",
    ),
    "S-312": (
        "Wrong price",
        "The price rules of SKU {sku} give zero or less; the price wasn't sent.",
        "Check the SKU's own price and markup.",
    ),
    "S-321": (
        "SKU isn't at Plugg.to",
        (
            "SKU {sku} is mapped but isn't in Plugg.to's catalogue; nothing was sent, or a product would be "
            "created by mistake."
        ),
        "Register the SKU at Plugg.to or remove its mapping.",
    ),
}
