"""Undoable edits of the De/Para and of its rules."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from otimo_tray.ui.mapping.edits import Change, Components, Draft

Put = Callable[[dict[str, Components], dict[tuple[str, int], "Draft | None"], Change, bool], None]
"""Components and marks to be put, the change they belong to, and whether they are put for the first time."""


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
        self._first = not done

    def redo(self) -> None:
        """Do it."""
        if self._done:
            self._done = False
            return
        first, self._first = self._first, False
        after = {sku: self.change.after[sku] for sku in self.change.changed}
        self._put(after, self.change.drafts_after, self.change, first)

    def undo(self) -> None:
        """Undo it."""
        before = {sku: self.change.before[sku] for sku in self.change.changed}
        self._put(before, self.change.drafts_before, self.change, False)


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
