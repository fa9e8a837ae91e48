"""The shop's carriers: name, where a parcel can be followed, and the service said when the channel filled in none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from otimo_tray.domain.text import fold
from otimo_tray.domain.tracking import DEFAULT_CARRIERS, Carrier
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate

SAMPLE = "AA473124829BR"
"""Stands for a code in the look at an address."""
_USUAL = {carrier.name: carrier for carrier in DEFAULT_CARRIERS}


def fault(name: str, url: str, method: str, others: list[str]) -> str:
    """Return what is wrong with a carrier as typed; "" when it can be saved."""
    if not name:
        return translate("Carriers", "Dê um nome à transportadora.")
    if len(name) > 60 or len(method) > 60:
        return translate("Carriers", "Nome e serviço têm até 60 letras.")
    if fold(name) in {fold(other) for other in others}:
        return translate("Carriers", "Já existe uma transportadora com este nome.")
    if url and not url.lower().startswith(("https://", "http://")):
        return translate("Carriers", "O endereço começa com https://")
    if url and "{code}" not in url:
        return translate("Carriers", "Escreva {code} no lugar do código, por exemplo https://site.com/?c={code}")
    return ""


class CarriersDialog(QDialog):
    """The list, and the chosen one's three fields; usual ones can be changed but not removed.

    Signals:
        changed: something was saved or removed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, bench: Bench) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Transportadoras"))
        self.resize(760, 460)
        self._bench = bench
        self._chosen: Carrier | None = None
        columns: list[Column[Carrier]] = [
            Column("name", self.tr("Transportadora"), lambda carrier: carrier.name, 22),
            Column("method", self.tr("Serviço padrão"), lambda carrier: carrier.default_method, 16),
            Column("url", self.tr("Endereço de rastreio"), lambda carrier: carrier.url_template, 0, code=True),
        ]
        self.model: RowsModel[Carrier] = RowsModel(columns, lambda carrier: carrier.name)
        self.model.setParent(self)
        self.table = Table(self.model, "carriers", bench.layout)
        self.table.current_changed.connect(self._choose)
        self.name, self.method, self.url = QLineEdit(), QLineEdit(), QLineEdit()
        self.url.setPlaceholderText("https://…/{code}")
        form = QFormLayout()
        for title, box in (
            (self.tr("&Nome"), self.name),
            (self.tr("Serviço &padrão"), self.method),
            (self.tr("&Endereço"), self.url),
        ):
            box.setAccessibleName(title.replace("&", ""))
            box.textChanged.connect(self._judge)
            box.returnPressed.connect(self._save)
            form.addRow(title, box)
        self.said = ToneLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.new = button(self.tr("N&ova"), self._clear, name="carrier-new")
        self.save = button(self.tr("&Salvar"), self._save, name="carrier-save")
        self.remove = button(self.tr("&Remover"), self._remove, name="carrier-remove")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("Transportadoras")))
        why = self.tr("O nome e o endereço vão para o Plugg.to junto com o código; o comprador segue o pacote por ele.")
        layout.addWidget(label(why, wrap=True, tone=Tone.QUIET))
        layout.addWidget(self.table, 1)
        layout.addLayout(form)
        layout.addWidget(self.said)
        layout.addLayout(row(self.new, self.save, self.remove, None, buttons))
        self._clear()
        self._read()

    def _read(self, name: str = "") -> None:
        trackings = self._bench.desk.storage.trackings

        def show(carriers: list[Carrier]) -> None:
            self.model.set_rows(carriers)
            place = next((n for n, carrier in enumerate(carriers) if carrier.name == name), None)
            if place is not None:
                self.table.go_to(place)

        self._bench.work.run(self, trackings.carriers, show, self._failed)

    def _choose(self, carrier: Carrier) -> None:
        self._chosen = carrier
        self.name.setText(carrier.name)
        self.method.setText(carrier.default_method)
        self.url.setText(carrier.url_template)
        self._judge()

    def _clear(self) -> None:
        self._chosen = None
        self.table.clearSelection()
        for box in (self.name, self.method, self.url):
            box.clear()
        self._judge()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> Carrier:
        return Carrier(" ".join(self.name.text().split()), self.url.text().strip(), self.method.text().strip())

    def _judge(self) -> None:
        typed, chosen = self._typed(), self._chosen
        usual = chosen is not None and chosen.name in _USUAL
        self.name.setReadOnly(usual)
        others = [carrier.name for carrier in self.model.rows if chosen is None or carrier.name != chosen.name]
        wrong = fault(typed.name, typed.url_template, typed.default_method, others)
        empty = typed == Carrier("", "", "")
        example = self.tr("Exemplo: {url}").format(url=typed.url(SAMPLE)) if typed.url_template else ""
        self.said.setText("" if empty else wrong or example)
        self.said.set_tone(Tone.BAD if wrong else Tone.QUIET)
        self.save.setEnabled(not wrong and typed != chosen)
        own = chosen is not None and (not usual or chosen != _USUAL.get(chosen.name))
        self.remove.setEnabled(own)
        self.remove.setText(self.tr("Voltar ao &original") if usual else self.tr("&Remover"))

    def _save(self) -> None:
        typed, chosen = self._typed(), self._chosen
        if not self.save.isEnabled():
            return
        trackings = self._bench.desk.storage.trackings

        def save() -> None:
            trackings.put_carrier(typed)
            if chosen is not None and chosen.name != typed.name:
                trackings.drop_carrier(chosen.name)

        self._bench.work.save(self, save, lambda _: self._done(typed.name), self._failed)

    def _remove(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        trackings = self._bench.desk.storage.trackings
        self._bench.work.save(self, lambda: trackings.drop_carrier(chosen.name), lambda _: self._done(""), self._failed)

    def _done(self, name: str) -> None:
        self._clear()
        self._read(name)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.said.setText(self._bench.desk.error_sentence(error))
        self.said.set_tone(Tone.BAD)
