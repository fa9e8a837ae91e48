"""The set-up wizard: from nothing to the first sync approved, in steps that can be left and resumed."""

from __future__ import annotations

from otimo_tray.ui.wizard.window import Wizard

__all__ = ["Wizard"]
