"""The settings window: credentials, the ERP connection, and every other setting, declared once."""

from __future__ import annotations

from otimo_tray.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
