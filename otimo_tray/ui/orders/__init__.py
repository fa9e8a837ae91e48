"""The orders window: where each order stands, with its whole history."""

from __future__ import annotations

from otimo_tray.ui.orders.page import OrdersPage

__all__ = ["OrdersPage"]
