"""Help and support: guide, diagnostics, log, codes, moving to another PC, about."""

from __future__ import annotations

from otimo_tray.ui.support.windows import SUPPORT, SupportWindows

__all__ = ["SUPPORT", "SupportWindows"]
