"""Many codes at once, pasted or from a sheet: saved, told row by row, put right, and taken back together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from otimo_tray.desktop.sound import Sound
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.preview import SheetList, SheetPreview, sheet_list
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import count_words
from otimo_tray.ui.tracking.paste import PasteResult, PasteRow, from_sheet, paste_codes, preview_codes, read_block
from otimo_tray.ui.tracking.paste_preview import PastePreview
from otimo_tray.ui.tracking.pasted import PasteDialog

if TYPE_CHECKING:
    from otimo_tray.ui.tracking.page import TrackingPage

MANY_PASTED = 20
"""From so many rows on saying that they are being saved is worth it."""


class Bulk(QObject):
    """Does it for the tracking page, and says so there."""

    def __init__(self, page: TrackingPage, bench: Bench) -> None:
        super().__init__(page)
        self._page = page
        self._bench = bench

    def paste(self, text: str) -> None:
        """Take two columns from Excel, order and code, one a row: shown first, saved when the person says so."""
        rows = read_block(text)
        choice, now = self._page.pane.choice(), self._bench.desk.clock.now()

        def show(results: list[PasteResult]) -> None:
            preview = PastePreview(self._page, self._bench, results)
            preview.accepted.connect(lambda: self._give(rows))
            preview.open()

        if rows:
            self._bench.work.save(
                self, lambda: preview_codes(self._bench.desk, rows, choice, now), show, self._page.failed
            )

    def _give(self, rows: Sequence[PasteRow]) -> None:
        choice, now = self._page.pane.choice(), self._bench.desk.clock.now()
        if len(rows) > MANY_PASTED:
            self._page.pane.say(self.tr("Gravando {n} códigos…").format(n=number(len(rows))), Tone.NOTE)
        self._bench.work.save(
            self, lambda: paste_codes(self._bench.desk, rows, choice, now), self._pasted, self._page.failed
        )

    def _pasted(self, results: list[PasteResult]) -> None:
        saved = self.note_saved(results)
        words_ = count_words(saved, self.tr("código gravado"), self.tr("códigos gravados"))
        wrong = len(results) - saved
        text = words_ if not wrong else self.tr("{saved}; {wrong} com problema").format(saved=words_, wrong=wrong)
        self._page.pane.say(text, Tone.WARN if wrong else Tone.GOOD)
        self._page.pane.sounds.play(Sound.ATTENTION if wrong else Sound.SUCCESS)
        ids = [found.answer.tracking_id for found in results if found.good and found.answer is not None]
        if saved > 1:
            self._page.messages.say(
                words_, action=self.tr("&Desfazer"), todo=lambda: self._take_back([n for n in ids if n]), seconds=60
            )
        if wrong:
            self._put_right(results)

    def _take_back(self, ids: Sequence[int]) -> None:
        """Undo a whole paste: what went to the hub already stays, and is told."""
        trackings, now = self._bench.desk.storage.trackings, self._bench.desk.clock.now()

        def done(removed: int) -> None:
            text = count_words(removed, self.tr("código desfeito"), self.tr("códigos desfeitos"))
            gone = len(ids) - removed
            if gone:
                text += self.tr("; {n} já transmitidos ficam").format(n=number(gone))
            self._page.messages.say(text, tone=Tone.WARN if gone else None)
            self._page.reload()

        self._page.pane.forget(ids)
        self._bench.work.save(self, lambda: sum(trackings.remove(one, now) for one in ids), done, self._page.failed)

    def _put_right(self, results: Sequence[PasteResult]) -> None:
        dialog = PasteDialog(self._page, self._bench, results, self._page.pane.choice)
        dialog.saved.connect(self.note_saved)
        dialog.open()

    def note_saved(self, results: Sequence[PasteResult]) -> int:
        """Let undo take pasted codes back, and show them; answers how many were saved."""
        saved = [result.answer for result in results if result.answer is not None and result.good]
        for answer in saved:
            if answer.tracking_id is not None and answer.parcel is not None:
                self._page.pane.note_saved(answer.tracking_id, answer.scan.code, answer.parcel.hub_id)
        self._page.reload()
        return len(saved)

    def choose_sheet(self) -> None:
        """Ask for a sheet."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._page,
            self.tr("Importar planilha de códigos"),
            "",
            self.tr("Planilhas (*.xlsx *.xls *.csv);;Todos (*)"),
        )
        if chosen:
            self.import_sheet(Path(chosen))

    def import_sheet(self, path: Path) -> None:
        """Show what a sheet would type; type it when the person says so."""
        self._page.messages.say(self.tr("Lendo {file}…").format(file=path.name), seconds=600)

        def read() -> tuple[SheetList, list[PasteResult]]:
            rows = self._bench.desk.import_tracking(path, False)
            return sheet_list(rows, self._bench.desk.sentence), from_sheet(rows)

        def show(found: tuple[SheetList, list[PasteResult]]) -> None:
            self._page.messages.clear()
            listed, wrong = found
            if wrong and not listed.counts["new"] + listed.counts["changed"]:
                self._put_right(wrong)  # nothing else in it to apply
                return
            preview = SheetPreview(self._page, self._bench, path.name, listed, key=self.tr("Pedido"))
            preview.accepted.connect(lambda: self._apply_sheet(path))
            preview.open()

        self._bench.work.run(self, read, show, self._page.failed)

    def _apply_sheet(self, path: Path) -> None:
        def done(rows: list[SheetRow]) -> None:
            written = sum(1 for found in rows if found.outcome in {"new", "changed"})
            wrong = from_sheet(rows)
            text = count_words(written, self.tr("código gravado"), self.tr("códigos gravados"))
            if wrong:
                text += self.tr("; {n} para corrigir").format(n=len(wrong))
                self._put_right(wrong)
            self._page.messages.say(text, tone=Tone.WARN if wrong else None)
            self._page.reload()

        self._bench.work.save(self, lambda: self._bench.desk.import_tracking(path, True), done, self._page.failed)
