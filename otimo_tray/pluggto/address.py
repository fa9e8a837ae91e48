"""The hub's base address, and SKUs and ids as parts of a path."""

from __future__ import annotations

from urllib.parse import quote

from otimo_tray.errors import ConfigurationError, HubRefusedItem
from otimo_tray.web import address
from otimo_tray.web.address import Address


def parse_base(text: str) -> Address:
    """Checks a base address.

    Raises:
        ConfigurationError: C-411 it is no usable address; C-410 `http://` to another machine.
    """
    try:
        return address.parse(text)
    except address.AddressError as error:
        if error.plain:
            raise ConfigurationError("C-410", host=error.shown) from None
        raise ConfigurationError("C-411", value=error.shown) from None


def segment(key: str) -> str:
    """A SKU or id as one segment of a path, wholly encoded (seen: SKUs hold spaces, `/`, accents).

    Raises:
        HubRefusedItem: P-134, the key can't stand in an address (empty, or dots that would climb out of the
        path).
    """
    if key.strip() in {"", ".", ".."}:
        raise HubRefusedItem("P-134", sku=key)
    return quote(key, safe="")
