"""The panel: one look says whether all is well."""

from __future__ import annotations

from otimo_tray.ui.panel.page import PanelPage

__all__ = ["PanelPage"]
