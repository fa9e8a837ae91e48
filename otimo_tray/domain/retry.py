"""When something that failed is tried again: later and later for an item, soon for what heals by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

Cause = Literal["environment", "busy", "item"]

STEPS: Final = (
    timedelta(seconds=25),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=5),
    timedelta(hours=24),
)
ENVIRONMENT_CAP: Final = timedelta(minutes=10)
BUSY_CAP: Final = timedelta(minutes=15)
GIVE_UP_AFTER: Final = 30
"""Attempts of one refused item (about 24 days of daily tries) after which only a person starts it again."""


def retry_delay(attempts: int, cause: Cause, retry_after: float | None = None) -> timedelta | None:
    """How long to wait after the `attempts`-th failure (1 = the first).

    Args:
        cause: "environment" (network, ERP away): capped at 10 minutes; "busy" (429): the seconds the hub
            asked for, capped at 15 minutes; "item": up to 24 hours.
        retry_after: seconds the other side asked for; only looked at when busy. Nonsense is ignored.

    Returns:
        The delay; None = not again until a person acts or the value changes (items only).
    """
    step = STEPS[min(max(attempts, 1), len(STEPS)) - 1]
    if cause == "item":
        return None if attempts >= GIVE_UP_AFTER else step
    step = min(step, ENVIRONMENT_CAP)
    if cause == "busy" and retry_after is not None and retry_after > 0:
        return timedelta(seconds=min(max(retry_after, 1.0), BUSY_CAP.total_seconds()))
    return step
