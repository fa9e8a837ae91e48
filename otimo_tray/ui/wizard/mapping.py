"""The De/Para: by equal codes or by the sheet that goes to the ERP vendor's support and comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.status import Flow
from otimo_tray.sync.decisions import edit_mappings
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.wizard.step import Step


class MappingStep(Step):
    """Counts, and the three ways to make a De/Para."""

    key = "mapping"

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("De/Para"),
            self.tr("Cada SKU do Plugg.to precisa do seu código no ERP. Códigos iguais se ligam sozinhos."),
        )
        self.counts = {
            "products": label(),
            "mapped": label(tone=Tone.GOOD),
            "unmapped": label(),
        }
        titles = {
            "products": self.tr("SKUs no Plugg.to"),
            "mapped": self.tr("com De/Para"),
            "unmapped": self.tr("sem De/Para"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for line, (name, shown) in enumerate(self.counts.items()):
            grid.addWidget(shown, line, 0)
            grid.addWidget(label(titles[name]), line, 1)
        self.equal = button(self.tr("&Ligar por código igual"), self.link_equal, name="link-equal")
        self.bring = button(self.tr("&Importar planilha…"), self._choose, name="import-mapping")
        self.out = button(self.tr("E&xportar SKUs sem De/Para…"), self._export, name="export-unmapped")
        self.codes = button(self.tr("Exportar &códigos do ERP…"), self._export_codes, name="export-codes")
        self.apply = button(self.tr("A&plicar a planilha"), self._apply, name="apply-sheet")
        self.apply.hide()
        self.open = button(
            self.tr("&Abrir o De/Para"), lambda: self.go.emit("mapping", "unmapped"), name="open-mapping"
        )
        self.said = label(wrap=True)
        self._sheet: Path | None = None
        self.body.addLayout(grid)
        self.body.addSpacing(8)
        self.body.addLayout(row(self.equal, self.bring, self.open, None))
        self.body.addLayout(row(self.out, self.codes, None))
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.apply, None))
        self.body.addWidget(
            label(
                self.tr(
                    "SKUs sem De/Para não recebem estoque nem preço, e os pedidos deles esperam. "
                    "Dá para completar depois, em De/Para."
                ),
                wrap=True,
                tone=Tone.QUIET,
            )
        )
        self.body.addStretch(1)

    def enter(self) -> None:
        """Count; the catalogue is read as soon as both sides are known."""
        self.bench.desk.engine.wake(Flow.STOCK)
        self._count()
        self.equal.setFocus()

    def heard(self, kind: str) -> None:
        """Count anew."""
        if kind in {"mappings", "status", "values"}:
            self._count()

    def _count(self) -> None:
        catalogue = self.bench.desk.storage.catalogue

        def show(counts: dict[str, int]) -> None:
            for name, shown in self.counts.items():
                shown.setText(number(counts.get(name, 0)))
            if not counts.get("products"):
                self.counts["products"].setText(self.tr("lendo…"))

        self.bench.work.run(self, catalogue.counts, show, self._failed)

    def link_equal(self) -> None:
        """Link every unmapped SKU whose name is a code of the ERP."""
        desk = self.bench.desk

        def link() -> tuple[int, int]:
            clear, ambiguous = desk.reader.mapping.equal_codes()
            mappings = [SkuMapping(sku, (Component(code, 1),)) for sku, code in clear]
            return edit_mappings(desk.storage, mappings, desk.clock.now()), len(ambiguous)

        def done(found: tuple[int, int]) -> None:
            linked, unsure = found
            text = self.tr("✓ %n SKU(s) ligados por código igual.", "", linked)
            if unsure:
                text += " " + self.tr("%n ficaram de fora por haver mais de um código.", "", unsure)
            self._say(text, Tone.GOOD)
            desk.engine.wake(Flow.STOCK)
            self._count()

        self.bench.work.save(self, link, done, self._failed)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Planilha do De/Para"), "", self.tr("Planilhas (*.xlsx *.xls *.csv)")
        )
        if name:
            self.preview(Path(name))

    def preview(self, path: Path) -> None:
        """Read a sheet and say what it would do."""
        desk = self.bench.desk
        self._say(self.tr("Lendo a planilha…"), None)

        def show(rows: list[SheetRow]) -> None:
            self._sheet = path
            counts = Counter(found.outcome for found in rows)
            self._say(
                self.tr("{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.").format(
                    new=number(counts["new"]),
                    changed=number(counts["changed"]),
                    same=number(counts["same"]),
                    refused=number(counts["refused"]),
                ),
                Tone.WARN if counts["refused"] else None,
            )
            self.apply.setVisible(bool(counts["new"] or counts["changed"]))
            self.apply.setFocus()

        self.bench.work.run(self, lambda: desk.import_mapping(path, False), show, self._failed)

    def _apply(self) -> None:
        desk, path = self.bench.desk, self._sheet
        if path is None:
            return
        self.apply.hide()

        def done(rows: list[SheetRow]) -> None:
            written = sum(found.outcome in {"new", "changed"} for found in rows)
            self._say(self.tr("✓ %n linha(s) aplicadas.", "", written), Tone.GOOD)
            self._count()

        self.bench.work.save(self, lambda: desk.import_mapping(path, True), done, self._failed)

    def _export(self) -> None:
        self._save_as(self.tr("sku-sem-de-para.xlsx"), lambda path: self.bench.desk.export_mapping(path, True))

    def _export_codes(self) -> None:
        self._save_as(self.tr("codigos-do-erp.xlsx"), self.bench.desk.export_codes)

    def _save_as(self, name: str, write: Callable[[Path], int]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, name, name, self.tr("Planilhas (*.xlsx *.csv)"))
        if chosen:
            self.bench.work.save(
                self,
                lambda: write(Path(chosen)),
                lambda rows: self._say(self.tr("✓ %n linha(s) gravadas.", "", rows), Tone.GOOD),
                self._failed,
            )

    def _failed(self, error: Exception) -> None:
        self._say("▲ " + self.bench.desk.error_sentence(error), Tone.BAD)

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
