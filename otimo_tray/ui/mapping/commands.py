"""Undoable edits of the De/Para and of its rules."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from otimo_tray.ui.mapping.edits import Change, Components, Draft

Put = Callable[[dict[str, Components], dict[tuple[str, int], "Draft | None"]], None]


class EditCommand(QUndoCommand):
    """Does and undoes a `Change` through whoever shows and saves it.

    Args:
        done: it happened already (an import): only what follows an undo does it.
    """

    def __init__(self, change: Change, put: Put, *, done: bool = False) -> None:
        super().__init__(change.title)
        self.change = change
        self._put = put
        self._done = done

    def redo(self) -> None:
        """Do it."""
        if self._done:
            self._done = False
            return
        self._put({sku: self.change.after[sku] for sku in self.change.changed}, self.change.drafts_after)

    def undo(self) -> None:
        """Undo it."""
        self._put({sku: self.change.before[sku] for sku in self.change.changed}, self.change.drafts_before)


class ActCommand(QUndoCommand):
    """Does and undoes anything else by two calls."""

    def __init__(self, title: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(title)
        self._do, self._undo = do, undo

    def redo(self) -> None:
        """Do it."""
        self._do()

    def undo(self) -> None:
        """Undo it."""
        self._undo()
