"""What is missing at the end of the day: the parcels without a code, to be printed, saved or copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.formats import DASH, date_time, due_day, near_letters, parse_moment
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import MessageBar, button, count_words, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate
from otimo_tray.ui.tracking import words


class MissingDialog(QDialog):
    """The list, with three ways to take it along."""

    def __init__(self, parent: QWidget, bench: Bench, parcels: Sequence[ParcelRow]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("O que falta despachar"))
        self.resize(860, 480)
        self._bench = bench
        now = bench.desk.clock.now()
        self.model: RowsModel[ParcelRow] = RowsModel(_columns(bench, now), lambda _: "")
        self.model.setParent(self)
        self.model.alarm = lambda found: found.cancelled
        self.table = Table(self.model, "missing", bench.layout)
        self.table.empty_text = lambda: self.tr("Não falta nada: todos os pedidos têm código.")
        self.model.set_rows(list(parcels))
        late = sum(1 for found in parcels if words.is_late(found, now))
        text = count_words(len(parcels), self.tr("pedido sem código"), self.tr("pedidos sem código"))
        if late:
            text += self.tr(", {n} em atraso").format(n=late)
        self.summary = label(text, tone=Tone.WARN if late else None)
        self.print = button(self.tr("&Imprimir (PDF)…"), self._print, name="missing-print")
        self.save = button(self.tr("&Salvar planilha…"), self._save, name="missing-save")
        self.copy = button(self.tr("&Copiar"), self._copy, name="missing-copy")
        for part in (self.print, self.save, self.copy):
            part.setEnabled(bool(parcels))
        self.messages = MessageBar()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("O que falta despachar")))
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.messages)
        layout.addLayout(row(self.print, self.save, self.copy, None, buttons))

    def cells(self) -> tuple[list[str], list[list[str]]]:
        """Return headings and rows as shown."""
        columns = self.model.columns
        return (
            [column.title for column in columns],
            [[column.show(found) for column in columns] for found in self.model.shown_rows()],
        )

    def _copy(self) -> None:
        self.table.selectAll()
        self.table.copy_selection()
        self.messages.say(self.tr("Copiado: cole no Excel ou numa mensagem."))

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Salvar planilha"),
            self._name("xlsx"),
            self.tr("Excel (*.xlsx);;CSV (*.csv)"),
        )
        if chosen:
            self.save_sheet(Path(chosen))

    def save_sheet(self, path: Path) -> None:
        """Write the list into a sheet."""
        titles, rows = self.cells()
        title = self.tr("O que falta")
        self._run(lambda: self._bench.desk.export_table(path, title, titles, rows), path)

    def _print(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Salvar para imprimir"), self._name("pdf"), self.tr("PDF (*.pdf)")
        )
        if chosen:
            self.save_pdf(Path(chosen), then_open=True)

    def save_pdf(self, path: Path, *, then_open: bool = False) -> None:
        """Write the list as pages of A4, with a box to tick for each parcel."""
        titles, rows = self.cells()
        now = date_time(self._bench.desk.clock.now(), self._bench.zone())
        heading_ = f"{self.tr('O que falta despachar')} – {now} – {self.summary.text()}"
        text = page_html(heading_, titles, rows)
        if not write_pdf(path, text):
            self.messages.say(self._bench.desk.sentence("C-483", {"file": path.name, "why": "other"}), tone=Tone.BAD)
            return
        self.messages.say(self.tr("Salvo em {file}.").format(file=path.name))
        if then_open:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _run(self, op: Callable[[], object], path: Path) -> None:
        self._bench.work.run(
            self,
            op,
            lambda _: self.messages.say(self.tr("Salvo em {file}.").format(file=path.name)),
            lambda error: self.messages.say(self._bench.desk.error_sentence(error), tone=Tone.BAD),
        )

    def _name(self, ending: str) -> str:
        day = self._bench.desk.clock.now().astimezone(self._bench.zone()).date()
        return self.tr("falta-despachar-{day}").format(day=day.isoformat()) + f".{ending}"


def page_html(title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the list as a page: black on white whatever the screen's colours."""
    head = "".join(f"<th align='left'>{escape(text)}</th>" for text in titles)
    body = "".join("<tr><td>☐</td>" + "".join(f"<td>{escape(text)}</td>" for text in cells) + "</tr>" for cells in rows)
    return (
        "<body style='color:#000'><p style='font-size:12pt'><b>" + escape(title) + "</b></p>"
        "<table width='100%' cellspacing='0' cellpadding='3' style='font-size:9pt'>"
        f"<thead><tr><th></th>{head}</tr></thead>{body}</table></body>"
    )


def write_pdf(path: Path, html: str) -> bool:
    """Write pages of A4, lying; False when the file can't be written."""
    try:
        with path.open("wb"):
            pass
    except OSError:
        return False
    writer = QPdfWriter(str(path))
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(12, 12, 12, 12),
                    QPageLayout.Unit.Millimeter)
    )  # fmt: skip
    writer.setResolution(300)
    document = QTextDocument()
    document.setHtml(html)
    document.print_(writer)
    return path.stat().st_size > 0


def _columns(bench: Bench, now: datetime) -> list[Column[ParcelRow]]:
    zone = bench.zone()

    def due(found: ParcelRow) -> str:
        moment = parse_moment(found.expected_send)
        return DASH if moment is None else due_day(moment, now, zone)

    def carrier(found: ParcelRow) -> str:
        return " ".join(part for part in (found.company, found.method) if part) or DASH

    def state(found: ParcelRow) -> str:
        return words.state_words(found, now, zone, bench.desk.title)[0]

    return [
        Column(
            "due",
            translate("Tracking", "Despachar até"),
            due,
            near_letters(13),
            sort=lambda found: found.expected_send or "9",
        ),
        Column("channel", translate("Tracking", "Canal"), lambda found: found.channel, 13),
        Column("order", translate("Tracking", "Pedido"), lambda found: found.name, 18, code=True),
        Column("invoice", translate("Tracking", "Nota"), lambda found: found.invoice_number or DASH, 8, code=True),
        Column("buyer", translate("Tracking", "Comprador"), lambda found: found.buyer, 0),
        Column("carrier", translate("Tracking", "Transportadora"), carrier, 16),
        Column("state", translate("Tracking", "Situação"), state, 31),
    ]
