"""The real clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """Implements `ports.Clock` with the machine's clocks."""

    def now(self) -> datetime:
        """Aware UTC wall time; jumps when the machine's clock is set."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds for intervals; never goes back."""
        return time.monotonic()
