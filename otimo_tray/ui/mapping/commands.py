"""One undoable edit of the De/Para."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from otimo_tray.ui.mapping.edits import Change, Components, Draft

Put = Callable[[dict[str, Components], dict[tuple[str, int], "Draft | None"]], None]


class EditCommand(QUndoCommand):
    """Does and undoes a `Change` through the page, which shows it and saves it."""

    def __init__(self, change: Change, put: Put) -> None:
        super().__init__(change.title)
        self.change = change
        self._put = put

    def redo(self) -> None:
        """Do it."""
        self._put({sku: self.change.after[sku] for sku in self.change.changed}, self.change.drafts_after)

    def undo(self) -> None:
        """Undo it."""
        self._put({sku: self.change.before[sku] for sku in self.change.changed}, self.change.drafts_before)
