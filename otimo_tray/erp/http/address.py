"""The interface's base address and log-in: checked once, and nothing ever leaves that address."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Final, Literal

from otimo_tray.errors import ErpMisconfigured
from otimo_tray.web import address as web

_TOKEN: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the interface is and how it knows us.

    Attributes:
        authorization: the header's value; a secret.
    """

    place: web.Address
    authorization: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    """What must never be shown, in the forms in which an answer may repeat it."""


def target_of(address: str, auth: Literal["token", "basic"], secret: str) -> Target:
    """Checks address and secret.

    Raises:
        ErpMisconfigured: E-287 no usable address, E-288 `http://` to another machine, E-289 no usable secret.
    """
    try:
        place = web.parse(address)
    except web.AddressError as error:
        if error.plain:
            raise ErpMisconfigured("E-288", host=error.shown) from None
        raise ErpMisconfigured("E-287", address=error.shown) from None
    return Target(place, *_authorization(auth, secret))


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
