"""What a shop's desks agree on at the server beyond the schema: its advisory locks, and its channel."""

from __future__ import annotations

import hashlib
from typing import Final

LEAD: Final = "lead"
"""What the advisory lock of the leader's session is for."""


def lock_key(schema: str, purpose: str = "write") -> int:
    """The number of a schema's advisory lock (a signed 64-bit integer); advisory locks are the whole database's."""
    digest = hashlib.blake2b(f"otimo-tray {purpose} {schema}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def channel_of(schema: str) -> str:
    """The channel on which a shop's desks tell each other something, and its triggers which table was written."""
    return f"otimo_{schema}"
