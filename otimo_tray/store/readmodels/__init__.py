"""What the windows read: plain queries over their own read connection, never in the way of the writer."""

from __future__ import annotations

from otimo_tray.store.readmodels.reader import Reader

__all__ = ["Reader"]
