"""Rules of SKUs and patterns, and the undo of what was sent: opened from the De/Para, each undone like an edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from otimo_tray.domain.desks import Edited
from otimo_tray.domain.plan import Kind
from otimo_tray.domain.rules import PatternRule, SkuRule
from otimo_tray.domain.status import Flow
from otimo_tray.store.codec import dump
from otimo_tray.sync.storage import Storage, TakenBack
from otimo_tray.sync.undo import Undone, undo
from otimo_tray.ui.mapping.commands import ActCommand
from otimo_tray.ui.mapping.conflicts import Conflict
from otimo_tray.ui.mapping.patterns import PatternsDialog
from otimo_tray.ui.mapping.rule_dialog import RuleDialog
from otimo_tray.ui.mapping.undo_batch import UndoPreview, folded_undo
from otimo_tray.ui.page import Page
from otimo_tray.ui.parts import count_words
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.words.deeds import rule_text

T = TypeVar("T")
_FLOWS: dict[Kind, Flow] = {"stock": Flow.STOCK, "price": Flow.PRICE}


class Rules(QObject):
    """What the De/Para offers beside the De/Para itself.

    Signals:
        changed: values will be worked out anew.
        quarrelled: rules that met another desk's are others now.

    Attributes:
        conflicts: edits of rules that somebody else's stopped, by SKU.
    """

    changed = Signal()
    quarrelled = Signal()

    def __init__(self, page: Page, stack: QUndoStack) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._stack = stack
        self.conflicts: dict[str, Conflict] = {}
        self._mine: dict[str, int] = {}
        """The version that this page last wrote of a SKU's rule; only the writers' lane touches it."""

    # --- rules ----------------------------------------------------------------------------------------------------

    def edit(self, sku: str, name: str) -> RuleDialog:
        """Open the rule of one SKU."""

        def take(before: SkuRule, after: SkuRule) -> None:
            title = self.tr("regra de {sku}").format(sku=sku)
            seen: list[int | None] = [dialog.version]  # an undo, and doing it again, are made on what was written here

            def do() -> None:
                self._set(sku, after, seen[0])
                seen[0] = None

            self._push(title, do, lambda: self._set(sku, before, None))
            self._page.messages.say(
                self.tr("Regra de {sku} salva. O envio acontece em seguida.").format(sku=sku),
                action=self.tr("&Desfazer"),
                todo=self._stack.undo,
            )

        dialog = RuleDialog(self._page, self._page.bench, sku, name, take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def edit_patterns(self) -> PatternsDialog:
        """Open the rules for many SKUs at once."""

        def take(before: tuple[PatternRule, ...], after: tuple[PatternRule, ...]) -> None:
            self._push(
                self.tr("regras por padrão"),
                lambda: self._set_patterns(after, before),
                lambda: self._set_patterns(before, after),
            )
            words = count_words(len(after), self.tr("regra por padrão vale"), self.tr("regras por padrão valem"))
            self._page.messages.say(
                self.tr("{rules} a partir de agora.").format(rules=words),
                action=self.tr("&Desfazer"),
                todo=self._stack.undo,
            )

        dialog = PatternsDialog(self._page, self._page.bench, take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _push(self, title: str, do: Callable[[], None], back: Callable[[], None]) -> None:
        self._stack.push(ActCommand(title, do, back))

    def _set(self, sku: str, rule: SkuRule, seen: int | None) -> None:
        """Save a rule that was made on version `seen`, else on what this page last wrote."""
        storage, now = self._desk.storage, self._desk.clock.now()

        def write() -> Edited:
            expected = {version for version in (seen, self._mine.get(sku)) if version is not None}
            done = storage.catalogue.change_rule(sku, rule, expected, now)
            self._mine.update(done.versions)
            return done

        self._save(write, saved=lambda done: self._saved(sku, rule, done))

    def _saved(self, sku: str, rule: SkuRule, done: Edited) -> None:
        if sku in done.refused:
            self.conflicts[sku] = Conflict(rule, done.refused[sku], self._rule_words)
            self._page.messages.clear()  # it said that the rule was saved
        else:
            self.conflicts.pop(sku, None)
        self.quarrelled.emit()

    def _rule_words(self, rule: SkuRule) -> str:
        text = rule_text(dump(rule), self._desk.settings().shop.language)
        return text or self.tr("sem regra própria")

    def take_theirs(self, sku: str) -> None:
        """Leave a rule as somebody else made it."""
        self.conflicts.pop(sku, None)
        self.quarrelled.emit()

    def take_mine(self, sku: str) -> None:
        """Put this page's rule in place of what somebody else wrote meanwhile."""
        found = self.conflicts.get(sku)
        if found is None:
            return
        self.take_theirs(sku)
        seen: list[int | None] = [found.theirs.version]

        def do() -> None:
            self._set(sku, found.mine, seen[0])
            seen[0] = None

        title = self.tr("regra de {sku}").format(sku=sku)
        self._push(title, do, lambda: self._set(sku, found.theirs.value, None))

    def _set_patterns(self, rules: tuple[PatternRule, ...], seen: tuple[PatternRule, ...]) -> None:
        def write() -> None:
            now = self._desk.settings()
            self._desk.save_settings(replace(now, rules=rules), replace(now, rules=seen))

        self._save(write)

    def _save(
        self,
        write: Callable[[], T],
        flows: tuple[Flow, ...] = (Flow.STOCK, Flow.PRICE),
        saved: Callable[[T], None] | None = None,
    ) -> None:
        def save() -> T:
            done = write()
            for flow in flows:
                self._desk.engine.wake(flow)
            return done

        def shown(done: T) -> None:
            if saved is not None:
                saved(done)
            self.changed.emit()

        self._page.work.save(self._page, save, shown, self._page.failed)

    # --- what was sent ------------------------------------------------------------------------------------------------

    def undo_batch(self, kind: Kind) -> None:
        """Show what the last batch of this kind would go back to; do it when the person says so."""
        storage, now = self._desk.storage, self._desk.clock.now()

        def read() -> tuple[Undone, FoldedIndex[TakenBack]]:
            found = undo(storage, kind, now, dry_run=True)
            return found, folded_undo(found)

        def show(read_back: tuple[Undone, FoldedIndex[TakenBack]]) -> None:
            found, folded = read_back
            preview = UndoPreview(self._page, self._page.bench, found, folded)
            preview.accepted.connect(lambda: self._undo(found))
            preview.open()

        self._page.work.run(self._page, read, show, self._page.failed)

    def _undo(self, found: Undone) -> None:
        storage, kind = self._desk.storage, found.kind
        flows = (_FLOWS[kind],)
        keys: list[tuple[str, Kind]] = [(entry.sku, kind) for entry in found.back]

        def restore() -> None:
            def write() -> None:
                with storage.batch():
                    storage.audit.forget_taken_back(keys)
                    storage.values.mark_dirty(("sku", sku) for sku, _ in keys)

            self._save(write, flows)

        done: list[bool] = []

        def do() -> None:
            now = self._desk.clock.now()
            # Asked for again later, the last batch might be another one: then it is exactly these values.
            write = (lambda: storage.audit.take_back(found.back)) if done else (lambda: _undo_now(storage, kind, now))
            done.append(True)
            self._save(write, flows)

        self._push(self.tr("desfazer o último envio"), do, restore)
        words = count_words(len(keys), self.tr("valor volta ao de antes"), self.tr("valores voltam aos de antes"))
        self._page.messages.say(words, action=self.tr("&Desfazer"), todo=self._stack.undo, seconds=60)


def _undo_now(storage: Storage, kind: Kind, now: datetime) -> None:
    undo(storage, kind, now)
