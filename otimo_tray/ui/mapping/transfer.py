"""Sheets in and out, and links by equal code or EAN: each with a preview, each undone as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.editing import Editing
from otimo_tray.ui.mapping.edits import Change, Components
from otimo_tray.ui.mapping.preview import LinkList, LinkPreview, SheetList, SheetPreview, link_list, sheet_list
from otimo_tray.ui.page import Page
from otimo_tray.ui.parts import button, count_words


class Transfers(QObject):
    """What goes in and out as a whole."""

    def __init__(self, page: Page, editing: Editing) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._editing = editing
        self.link = _menu_button(
            self.tr("&Vincular"),
            "link",
            (self.tr("Por código igual…"), lambda: self.preview_links(by_ean=False)),
            (self.tr("Por EAN…"), lambda: self.preview_links(by_ean=True)),
        )
        self.import_button = button(self.tr("&Importar planilha…"), self._choose_sheet, name="import")
        self.export = _menu_button(
            self.tr("&Exportar"),
            "export",
            (self.tr("De/Para inteiro…"), lambda: self._export(self.tr("de-para.xlsx"), self._whole)),
            (self.tr("Só os SKUs sem De/Para…"), lambda: self._export(self.tr("sku-sem-de-para.xlsx"), self._unmapped)),
            (self.tr("Códigos do ERP…"), self.export_codes),
        )

    # --- links ----------------------------------------------------------------------------------------------------

    def preview_links(self, *, by_ean: bool) -> None:
        """Show which SKUs would be linked; do it when the person says so."""
        reader = self._desk.reader.mapping
        title = self.tr("vincular por EAN") if by_ean else self.tr("vincular por código igual")

        def read() -> LinkList:
            return link_list(reader.equal_eans() if by_ean else reader.equal_codes())

        def show(found: LinkList) -> None:
            preview = LinkPreview(self._page, self._page.bench, found, by_ean=by_ean)
            preview.accepted.connect(lambda: self._editing.link(title, found.clear))
            preview.open()

        self._page.work.run(self._page, read, show, self._page.failed)

    # --- out --------------------------------------------------------------------------------------------------------

    def export_codes(self) -> None:
        """Write the ERP's codes, for a new shop's registration sheet."""
        self._export(self.tr("codigos-do-erp.xlsx"), self._desk.export_codes)

    def _whole(self, path: Path) -> int:
        return self._desk.export_mapping(path, False)

    def _unmapped(self, path: Path) -> int:
        return self._desk.export_mapping(path, True)

    def _export(self, name: str, write: Callable[[Path], int]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Exportar"), name, self.tr("Excel (*.xlsx);;CSV (*.csv)")
        )
        if chosen:
            path = Path(chosen)
            self._page.work.run(self._page, lambda: write(path), lambda n: self._exported(n, path), self._page.failed)

    def _exported(self, count: int, path: Path) -> None:
        words = count_words(count, self.tr("linha"), self.tr("linhas"))
        self._page.messages.say(self.tr("{rows} em {file}").format(rows=words, file=path.name))

    # --- in ---------------------------------------------------------------------------------------------------------

    def _choose_sheet(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Importar planilha"), "", self.tr("Planilhas (*.xlsx *.xls *.csv);;Todos (*)")
        )
        if chosen:
            self.import_sheet(Path(chosen))

    def import_sheet(self, path: Path, note: str = "") -> None:
        """Show what a sheet would change, with a note beside it; apply it when the person says so."""
        self._page.messages.say(self.tr("Lendo {file}…").format(file=path.name), seconds=600)
        sentence = self._page.desk.sentence

        def read() -> tuple[SheetList, dict[str, int]]:
            rows = self._desk.import_mapping(path, False)
            todo = [row.key for row in rows if row.outcome in {"new", "changed"}]
            return sheet_list(rows, sentence), self._versions(todo)

        def show(found: tuple[SheetList, dict[str, int]]) -> None:
            listed, seen = found
            self._page.messages.clear()
            if note:
                self._page.messages.say(note, tone=Tone.WARN, seconds=60)
            preview = SheetPreview(self._page, self._page.bench, path.name, listed)
            preview.accepted.connect(lambda: self._apply_sheet(path, seen))
            preview.open()

        self._page.work.run(self._page, read, show, self._page.failed)

    def _versions(self, skus: Sequence[str]) -> dict[str, int]:
        """Of these SKUs' De/Para, 0 where there is none. In a worker."""
        found = dict.fromkeys(skus, 0)
        for block in self._desk.storage.catalogue.mappings(skus):
            found.update((mapping.sku, mapping.version) for mapping in block)
        return found

    def _apply_sheet(self, path: Path, seen: Mapping[str, int]) -> None:
        """Apply what the preview showed; where another desk changed one of its rows since, it is shown anew instead."""
        expected = list(seen)
        self._page.messages.say(self.tr("Importando {file}…").format(file=path.name), seconds=600)
        title = self.tr("importar {file}").format(file=path.name)
        catalogue = self._desk.storage.catalogue
        versions: dict[str, int] = {}

        def components(skus: Sequence[str]) -> dict[str, Components]:
            found: dict[str, Components] = {}
            for block in catalogue.mappings(skus):
                found.update((mapping.sku, mapping.components) for mapping in block)
                versions.update((mapping.sku, mapping.version) for mapping in block)
            return found

        def apply() -> Change | None:
            if self._versions(expected) != seen:
                return None
            before = components(expected)
            rows = self._desk.import_mapping(path, True)
            taken = list(dict.fromkeys(row.key for row in rows if row.outcome in {"new", "changed"}))
            after = components(taken)
            self._editing.learn({sku: versions[sku] for sku in after})
            change = Change(title)
            change.before = {sku: before.get(sku, ()) for sku in taken}
            change.after = {sku: after.get(sku, ()) for sku in taken}
            change.settle()
            return change

        def done(change: Change | None) -> None:
            self._editing.unsaved -= 1
            if change is None:
                told = self.tr("Alguém alterou De/Para desta planilha enquanto você conferia. Veja de novo.")
                self.import_sheet(path, told)
                return
            self._editing.did(change)
            words = count_words(len(change.after), self.tr("De/Para importado"), self.tr("De/Para importados"))
            self._page.messages.say(words, action=self.tr("&Desfazer"), todo=self._editing.undo.undo, seconds=60)
            self._editing.stored.emit()

        def failed(error: Exception) -> None:
            self._editing.unsaved -= 1
            self._page.failed(error)

        self._editing.unsaved += 1
        self._page.work.save(self._page, apply, done, failed)


def _menu_button(text: str, name: str, *entries: tuple[str, Callable[[], object]]) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    menu = QMenu(made)
    for title, act in entries:
        menu.addAction(title).triggered.connect(act)
    made.setMenu(menu)
    return made
