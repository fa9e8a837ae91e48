"""The problems window: what needs a person, and the plans that wait for a release."""

from __future__ import annotations

from otimo_tray.ui.problems.page import ProblemsPage

__all__ = ["ProblemsPage"]
