"""The tracking window: made for a keyboard and a barcode scanner."""

from __future__ import annotations

from otimo_tray.ui.tracking.page import TrackingPage

__all__ = ["TrackingPage"]
