"""The interface's base address and log-in: checked once, and nothing ever leaves that address."""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import urlsplit

from otimo_tray.errors import ErpMisconfigured

_TOKEN: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the interface is and how it knows us.

    Attributes:
        url: base address without a slash at its end. origin: its scheme, host and port.
        host, port: as they are shown to people. loopback: whether it is on this very machine.
        authorization: the header's value; a secret.
    """

    url: str
    origin: str
    host: str
    port: int
    loopback: bool
    authorization: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    """What must never be shown, in the forms in which an answer may repeat it."""


def target_of(address: str, auth: Literal["token", "basic"], secret: str) -> Target:
    """Checks address and secret.

    Raises:
        ErpMisconfigured: E-287 no usable address, E-288 `http://` to another machine, E-289 no usable secret.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ErpMisconfigured("E-287", address=address) from None
    usable = parts.scheme in ("http", "https") and host and not parts.query and not parts.fragment
    if not usable or parts.username is not None or any(one.isspace() for one in address.strip()):
        # Beside a user name a password may stand: then the host alone is shown.
        raise ErpMisconfigured("E-287", address=host if parts.username is not None else address)
    loopback = is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise ErpMisconfigured("E-288", host=host)
    origin = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}" + (f":{port}" if port else "")
    header, hidden = _authorization(auth, secret)
    shown = port or (80 if parts.scheme == "http" else 443)
    return Target(origin + parts.path.rstrip("/"), origin, host, shown, loopback, header, hidden)


def _authorization(auth: str, secret: str) -> tuple[str, tuple[str, ...]]:
    if auth == "basic":
        user, colon, password = secret.partition(":")
        if not (colon and user and password) or re.search(r"[\x00-\x1f\x7f]", secret):
            raise ErpMisconfigured("E-289", auth="basic")
        packed = base64.b64encode(secret.encode()).decode("ascii")
        return f"Basic {packed}", (packed, password)
    token = secret.strip()
    if _TOKEN.fullmatch(token) is None:
        raise ErpMisconfigured("E-289", auth="token")
    return f"Bearer {token}", (token,)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's loopback, without asking the DNS."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
