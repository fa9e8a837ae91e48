"""What was let go lately: small plans in a row count together, or a bad export that comes row by row would pass."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from otimo_tray.domain.guard import MASS_WINDOW, Change
from otimo_tray.sync.storage import Storage

FACT_RELEASED: Final = "masses_released_at"
"""When a person last released a held plan: what came before it has been looked at."""


def note_release(storage: Storage, now: datetime) -> None:
    """A person has seen what was going on: the masses are counted anew from here."""
    storage.facts.set(FACT_RELEASED, now.isoformat())


def let_go_lately(storage: Storage, now: datetime) -> list[Change]:
    """Values sent, or on their way, since `MASS_WINDOW` ago or the last release, oldest first."""
    since = now - MASS_WINDOW
    released = storage.facts.get(FACT_RELEASED)
    if released is not None:
        since = max(since, datetime.fromisoformat(released))
    return [Change(*entry) for entry in storage.audit.let_go(since)]
