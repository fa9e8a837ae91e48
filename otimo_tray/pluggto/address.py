"""The hub's base address: checked once, and nothing ever leaves it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from otimo_tray.errors import ConfigurationError, HubRefusedItem


@dataclass(frozen=True, slots=True)
class Base:
    """A checked base address. `url` has no slash at its end; `origin` is scheme, host and port."""

    url: str
    origin: str
    host: str
    loopback: bool


def parse_base(text: str) -> Base:
    """Checks a base address.

    Raises:
        ConfigurationError: C-411 it is no usable address; C-410 `http://` to another machine.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ConfigurationError("C-411", value=text) from None
    usable = parts.scheme in {"http", "https"} and host and not parts.query and not parts.fragment
    if not usable or parts.username is not None or any(one.isspace() for one in text.strip()):
        # The address itself isn't shown when it holds a user name: a password may stand beside it.
        raise ConfigurationError("C-411", value=host if parts.username is not None else text)
    loopback = is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise ConfigurationError("C-410", host=host)
    shown = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
    return Base(origin + parts.path.rstrip("/"), origin, host, loopback)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's loopback, without asking the DNS."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def segment(key: str) -> str:
    """A SKU or id as one segment of a path, wholly encoded (seen: SKUs hold spaces, `/`, accents).

    Raises:
        HubRefusedItem: P-134, the key can't stand in an address (empty, or dots that would climb out of the
        path).
    """
    if key.strip() in {"", ".", ".."}:
        raise HubRefusedItem("P-134", sku=key)
    return quote(key, safe="")
