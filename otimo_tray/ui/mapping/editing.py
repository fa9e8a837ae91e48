"""Edits of the De/Para: made from keys, pastes, links and kits; shown at once, saved in order, undone one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack

from otimo_tray.domain.desks import Edited
from otimo_tray.domain.status import Flow
from otimo_tray.errors import EnvironmentFault
from otimo_tray.store.readmodels.mapping import NAME
from otimo_tray.sync.decisions import change_mappings
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.codes import CodeBook
from otimo_tray.ui.mapping.columns import CODE_COLUMN, UNITS_COLUMN
from otimo_tray.ui.mapping.commands import EditCommand
from otimo_tray.ui.mapping.conflicts import Conflict, shown
from otimo_tray.ui.mapping.edits import Change, Components, Draft, Editor
from otimo_tray.ui.mapping.kit import KitDialog
from otimo_tray.ui.mapping.model import MappingModel, Placed
from otimo_tray.ui.mapping.table import MappingTable
from otimo_tray.ui.page import Page
from otimo_tray.ui.parts import count_words
from otimo_tray.ui.tables.clipboard import from_block

LARGE = 300
"""From so many rows on a change is worked out, and shown, by way of a worker: keys stay quick meanwhile."""
_COLUMNS = (CODE_COLUMN, UNITS_COLUMN)
HUGE = 10_000
"""From so many changed SKUs on everything is read anew."""


class Saved(NamedTuple):
    """How a save went, and the rows as they are now; None: read everything anew."""

    edited: Edited
    placed: Placed | None


class Editing(QObject):
    """All edits of one page.

    Signals:
        shown: rows show other things now: counts are to be made anew.
        lost: a save failed: what is shown isn't what is stored.
        stored: something was stored that isn't shown yet (an import): read anew.
        quarrelled: there are other conflicts now.
        saved: an edit was stored; what isn't shown with the rows (codes without SKU) may be others now.

    An edit carries the versions of the rows that it was made on, and its undo those that this page wrote: a row that
    another desk has changed meanwhile stays as it is, and becomes a conflict with two choices.

    Attributes:
        book: the ERP's codes; the page puts a new one when it read them.
        undo: every edit, newest last.
        unsaved: edits on their way to the database.
    """

    shown = Signal()
    lost = Signal()
    stored = Signal()
    saved = Signal()
    quarrelled = Signal()

    def __init__(self, page: Page, model: MappingModel, table: MappingTable) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._table = table
        self.book = CodeBook()
        self.undo = QUndoStack(self)
        self.unsaved = 0
        self._mine: dict[str, int] = {}
        """The version that this page last wrote of a SKU; only the writers' lane touches it."""
        model.typed.connect(self._typed)
        table.paste_asked.connect(self.paste)
        table.fill_asked.connect(self.fill_down)
        table.clear_asked.connect(self.clear_cells)

    # --- what a person does ---------------------------------------------------------------------------------------

    def paste(self) -> None:
        """Paste a block from the clipboard at the current cell; at the SKU column rows find their SKU by themselves."""
        index = self._table.currentIndex()
        text = QGuiApplication.clipboard().text()
        if not index.isValid() or not text:
            return
        lines = text.count("\n") + 1
        columns = self._table.columns_from(index.column())
        picked, below = self._table.picked(), self._table.below(index, lines)

        def pasted() -> Change:
            block = from_block(text)
            if columns[:1] == [0] and any(len(cells) > 1 for cells in block):
                known = self._model.components_of(cells[0].strip() for cells in block if cells)
                editor = self._editor(self.tr("colar"), known)
                editor.paste_by_sku(block, known)
                return editor.change
            if len(block) == 1 and picked.height > 1:
                skus = picked.skus()
                block = block * len(skus)
            else:
                skus = below.skus()
            editor = self._editor(self.tr("colar"), self._model.components_of(skus))
            editor.paste(skus, columns, block)
            return editor.change

        self._work_out(pasted, max(lines, picked.height if lines <= 2 else 0))

    def fill_down(self) -> None:
        """Copy the topmost selected cells into those below."""
        picked = self._table.picked()
        if picked.height < 2:
            return

        def filled() -> Change:
            cells = picked.cells()
            skus = list(cells)
            editor = self._editor(self.tr("preencher para baixo"), self._model.components_of(skus))
            editor.fill(skus, sorted(cells[skus[0]] & set(_COLUMNS)))
            return editor.change

        self._work_out(filled, picked.height)

    def clear_cells(self) -> None:
        """Clear the selected codes (that takes the De/Para away) and set selected units to one."""
        picked = self._table.picked()

        def cleared() -> Change:
            cells = picked.cells()
            editor = self._editor(self.tr("limpar"), self._model.components_of(cells))
            for sku, columns in cells.items():
                if CODE_COLUMN in columns:
                    editor.set_code(sku, "")
                elif UNITS_COLUMN in columns:
                    editor.set_units(sku, "1")
            return editor.change

        self._work_out(cleared, picked.height)

    def link(self, title: str, pairs: Sequence[tuple[str, str]]) -> None:
        """Give each SKU its code."""

        def linked() -> Change:
            editor = self._editor(title, self._model.components_of(sku for sku, _ in pairs))
            for sku, code in pairs:
                if sku in editor.known:
                    editor.set_code(sku, code)
            return editor.change

        self._work_out(linked, len(pairs))

    def edit_kit(self, sku: str) -> None:
        """Open the editor of a kit's components."""
        place = self._model.place_of(sku)
        if place is None:
            return
        found = self._model.rows[place]
        dialog = KitDialog(self._page, sku, found[NAME], self._model.components(found), self.book)

        def take() -> None:
            editor = self._editor(self.tr("kit {sku}").format(sku=sku), self._model.components_of([sku]))
            editor.set_components(sku, dialog.components())
            self.do(editor.change)

        dialog.accepted.connect(take)
        dialog.open()

    def _typed(self, sku: str, column: int, text: str) -> None:
        editor = self._editor(self.tr("editar {sku}").format(sku=sku), self._model.components_of([sku]))
        editor.set_cell(sku, column, text)
        self.do(editor.change)

    # --- doing and undoing ----------------------------------------------------------------------------------------

    def do(self, change: Change) -> None:
        """Do a change: shown at once, saved in order, undone by one key."""
        if self._model.locked:
            self._page.messages.say(self._model.locked, tone=Tone.WARN)
            return
        if change.is_empty:
            if change.outside:
                self._page.messages.say(self._outside_words(change.outside), tone=Tone.WARN)
            else:
                self._page.messages.clear()
            return
        self.undo.push(EditCommand(change, self._put))
        self._tell(change)

    def did(self, change: Change) -> None:
        """Take a change that is stored already (an import) among what can be undone."""
        if not change.is_empty:
            self.undo.push(EditCommand(change, self._put, done=True))

    def _work_out(self, make: Callable[[], Change], rows: int) -> None:
        """Make a change and do it; a large one is made in a worker, so that keys stay quick."""
        if rows <= LARGE:
            self.do(make())
            return
        self._page.messages.say(self.tr("Conferindo {n} linhas…").format(n=number(rows)), seconds=600)

        def made() -> Change:
            change = make()
            change.settle()
            return change

        self._page.work.run(self, made, self.do, self._page.failed)

    def _editor(self, title: str, now: Mapping[str, Components]) -> Editor:
        return Editor(title, self.book, now, self._model.drafts, _COLUMNS, self._model.versions_of(now))

    def learn(self, versions: Mapping[str, int]) -> None:
        """This page wrote these versions another way (an import). In the writers' lane."""
        self._mine.update(versions)

    def take_theirs(self, sku: str) -> None:
        """Leave a row as somebody else made it."""
        self._model.put_conflicts({}, [sku])
        self.quarrelled.emit()

    def take_mine(self, sku: str) -> None:
        """Put what was typed here in place of what somebody else wrote meanwhile; that can be undone like any edit."""
        found = self._model.conflicts.get(sku)
        if found is None:
            return
        change = Change(self.tr("usar o meu: {sku}").format(sku=sku))
        change.before, change.after = {sku: found.theirs.value or ()}, {sku: found.mine}
        change.versions = {sku: found.theirs.version}
        self.take_theirs(sku)
        self.do(change)

    def _put(
        self, after: dict[str, Components], drafts: dict[tuple[str, int], Draft | None], change: Change, first: bool
    ) -> None:
        """Show and save. A large edit is shown once it is stored: finding its rows takes longer than a key may wait."""
        self._model.put_drafts(drafts)
        if len(after) <= LARGE:
            self._model.put_components(after)
        self.shown.emit()
        if not after:
            return
        desk = self._page.desk
        storage, reader, now = desk.storage, desk.reader.mapping, desk.clock.now()
        seen = change.versions if first else {}

        def save() -> Saved:
            done = change_mappings(storage, after, self._expected(after, seen), now)
            self._mine.update(done.versions)
            desk.engine.wake(Flow.STOCK)
            desk.engine.wake(Flow.PRICE)
            desk.engine.wake(Flow.ORDERS)  # orders may have waited for this De/Para
            if len(after) > HUGE:
                return Saved(done, None)  # everything is read anew
            theirs = (there.value or () for there in done.refused.values())
            kits = reader.kits() if any(len(parts) > 1 for parts in (*after.values(), *theirs)) else {}
            return Saved(done, self._model.placed(reader.rows_of(list(after)), kits))

        self.unsaved += 1
        self._page.work.save(
            self, save, lambda saved: self._saved(saved, change, after), lambda error: self._not_saved(error, after)
        )

    def _expected(self, after: Mapping[str, Components], seen: Mapping[str, int]) -> dict[str, set[int]]:
        """The versions that each row may have: what was seen when the edit was made, and what this page wrote last."""
        return {
            sku: {version for version in (seen.get(sku), self._mine.get(sku)) if version is not None} for sku in after
        }

    def _saved(self, saved: Saved, change: Change, after: Mapping[str, Components]) -> None:
        self.unsaved -= 1
        refused = saved.edited.refused
        change.leave_out(refused)
        if refused or self._model.conflicts:
            conflicts = {sku: Conflict(after[sku], theirs) for sku, theirs in refused.items()}
            self._model.put_conflicts(conflicts, saved.edited.versions)
            self.quarrelled.emit()
        if refused:
            self._page.messages.clear()  # it said that they were changed
        if self.unsaved == 0 and (saved.placed is None or not self._model.put_placed(saved.placed)):
            self.stored.emit()
        self.saved.emit()

    def _not_saved(self, error: Exception, after: Mapping[str, Components]) -> None:
        self.unsaved -= 1
        self._page.failed(error)
        if isinstance(error, EnvironmentFault) and len(after) <= LARGE:
            # What was typed stays in its cell, marked: typed again once the state can be written, it counts.
            reason = self._page.desk.error_sentence(error)
            self._model.put_drafts({(sku, CODE_COLUMN): Draft(shown(parts), reason) for sku, parts in after.items()})
        self.undo.clear()
        self.lost.emit()

    # --- words ------------------------------------------------------------------------------------------------------

    def _tell(self, change: Change) -> None:
        changed = change.changed
        parts: list[str] = []
        if changed:
            parts.append(count_words(len(changed), self.tr("SKU alterado"), self.tr("SKUs alterados")))
        if change.completed:
            parts.append(self.tr("{n} com o código completado").format(n=number(change.completed)))
        if change.refused:
            parts.append(self.tr("{n} recusados, marcados com ⚠").format(n=number(change.refused)))
        if change.outside:
            parts.append(self._outside_words(change.outside))
        tone = Tone.WARN if change.refused or change.outside else None
        action, todo, seconds = self.tr("&Desfazer"), self.undo.undo, 12
        if change.refused > 1:
            action, todo, seconds = self.tr("Ver os recusados"), lambda: self._model.show_tab("refused"), 60
        self._page.messages.say("; ".join(parts), tone=tone, action=action, todo=todo, seconds=seconds)

    def _outside_words(self, count: int) -> str:
        return self.tr("{n} linhas coladas sem SKU correspondente").format(n=number(count))
