"""A base address, checked once: nothing ever leaves it, and `http://` leads to this very machine or nowhere."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


class AddressError(ValueError):
    """No usable base address.

    Attributes:
        shown: what may be told of it. Beside a user name a password may stand: then it is the host alone.
        plain: it is usable but for `http://` to another machine.
    """

    def __init__(self, shown: str, *, plain: bool = False) -> None:
        super().__init__("plain" if plain else "unusable")
        self.shown = shown
        self.plain = plain


@dataclass(frozen=True, slots=True)
class Address:
    """A checked base address.

    Attributes:
        url: without a slash at its end. origin: scheme, host and port.
        host, port: as they are shown to people. loopback: whether it is on this very machine.
    """

    url: str
    origin: str
    host: str
    port: int
    loopback: bool


def parse(text: str) -> Address:
    """Checks a base address. Raises AddressError."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressError(text) from None
    usable = parts.scheme in {"http", "https"} and host and not parts.query and not parts.fragment
    if not usable or parts.username is not None or any(one.isspace() for one in text.strip()):
        raise AddressError(host if parts.username is not None else text)
    loopback = is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise AddressError(host, plain=True)
    origin = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}" + (f":{port}" if port else "")
    shown = port or (80 if parts.scheme == "http" else 443)
    return Address(origin + parts.path.rstrip("/"), origin, host, shown, loopback)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's loopback, without asking the DNS."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
