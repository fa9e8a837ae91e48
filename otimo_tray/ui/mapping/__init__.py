"""The De/Para window: which ERP code stands behind each SKU of the hub, edited as in a spreadsheet."""

from __future__ import annotations

from otimo_tray.ui.mapping.page import MappingPage

__all__ = ["MappingPage"]
