"""Where updates come from. Empty in the source: no address, no check, no network. A publisher's build fills it in
(`dev.py windows --update-address … --update-key …`)."""

from __future__ import annotations

from typing import Final

ADDRESS: Final = ""
"""https address of the signed manifest."""
PUBLIC_KEY: Final = ""
"""The publisher's Ed25519 key, 64 hexadecimal digits."""
