"""The scanner's test: what it sends, how it ends, what was understood, and what to change in its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from otimo_tray.domain.labels import Kind, Oddity, Scan, read_scan
from otimo_tray.ui.look import Tone, fixed_font
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, heading, label, row
from otimo_tray.ui.text import translate
from otimo_tray.ui.tracking.pane import NO_SUFFIX_KEY

END_MS = 600
"""A reading without a suffix is over after so long."""
HAND_S = 0.05
"""Whoever needs longer than this for each character types by hand."""
_SIGNS = {"\t": "⇥", "\r": "⏎", "\n": "⏎", "\x02": "␂", "\x03": "␃", "\x1d": "␝", "\x1e": "␞", "\x04": "␄"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came: the text, how it ended ("enter", "tab" or "none"), and seconds for each character."""

    text: str
    end: str
    pace: float


def shown(text: str) -> str:
    """Return a text with its control characters made visible."""
    return "".join(_SIGNS.get(char, char if char.isprintable() else f"\\x{ord(char):02x}") for char in text)


def kind_word(scan: Scan) -> str:
    """Return what a reading is, in words."""
    if scan.kind is Kind.KEY:
        return translate("ScannerTest", "chave de nota fiscal (acha o pedido)")
    return {
        Kind.S10: translate("ScannerTest", "código dos Correios"),
        Kind.JSON: translate("ScannerTest", "QR do canal (Mercado Envios e semelhantes)"),
        Kind.URL: translate("ScannerTest", "QR com um endereço"),
        Kind.PLAIN: translate("ScannerTest", "código de outra transportadora ou número de pedido"),
        Kind.EMPTY: translate("ScannerTest", "nada"),
    }[scan.kind]


def advice(reading: Reading, scan: Scan) -> list[str]:
    """Return what to change at the scanner, the most useful first; empty when all is well."""
    said: list[str] = []
    if Oddity.KEYBOARD in scan.oddities:
        said.append(
            translate(
                "ScannerTest",
                "O leitor está com o teclado de outro país. O programa entende assim mesmo; "
                "para os outros programas, leia no manual dele o código “Português (Brasil)” ou “ABNT2”.",
            )
        )
    if reading.end == "none":
        said.append(
            translate(
                "ScannerTest",
                "O leitor não envia nada no fim. O programa espera uma pausa curta; com o sufixo Enter é mais rápido.",
            )
        )
    if Oddity.TWICE in scan.oddities:
        said.append(translate("ScannerTest", "O leitor enviou tudo duas vezes; uma só foi usada."))
    if Oddity.AIM in scan.oddities:
        said.append(translate("ScannerTest", "O leitor envia a marca do tipo de código (]C1); ela é retirada."))
    if Oddity.FRAME in scan.oddities:
        said.append(translate("ScannerTest", "O leitor envia caracteres de controle; eles são retirados."))
    if Oddity.MORE in scan.oddities:
        said.append(translate("ScannerTest", "A etiqueta tem mais do que o código; só o código é usado."))
    if Oddity.DIGIT in scan.oddities:
        said.append(translate("ScannerTest", "O dígito deste código não confere: será avisado, não impedido."))
    if reading.text and reading.pace > HAND_S:
        said.append(translate("ScannerTest", "Parece digitado à mão: use o leitor para testá-lo."))
    return said


class TrialField(QLineEdit):
    """Takes one reading with everything around it.

    Signals:
        read: a `Reading`.
    """

    read = Signal(object)

    def __init__(self, now: Callable[[], float] = perf_counter) -> None:
        super().__init__()
        self.setFont(fixed_font())
        self._now = now
        self._first = self._last = 0.0
        self._keys: list[str] = []
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(END_MS)
        self._silence.timeout.connect(lambda: self._end("none"))

    def event(self, event: QEvent) -> bool:
        """Take Tab as an end."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._keys
        ):
            self._end("tab")
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note each key and its time."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._end("enter")
            return
        if event.text():
            at = self._now()
            self._first = self._first if self._keys else at
            self._last = at
            self._keys.append(event.text())
            self._silence.start()
        super().keyPressEvent(event)

    def _end(self, how: str) -> None:
        self._silence.stop()
        if not self._keys:
            return
        # The field's own text: it holds what dead keys made of two; control characters it can't show are only keys.
        typed = "".join(self._keys)
        text = typed if any(ord(char) < 32 for char in typed) else self.text()
        pace = (self._last - self._first) / max(1, len(self._keys) - 1)
        self._keys.clear()
        self.clear()
        self.read.emit(Reading(text, how, pace))


class ScannerTest(QDialog):
    """Scan anything; nothing is saved."""

    def __init__(self, parent: QWidget, bench: Bench) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Testar o leitor"))
        self.resize(640, 420)
        self._bench = bench
        self.field = TrialField()
        self.field.setPlaceholderText(self.tr("bipe uma etiqueta ou uma nota"))
        self.field.setAccessibleName(self.tr("Leitura de teste"))
        self.field.read.connect(self.show_reading)
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setFont(fixed_font())
        self.raw.setMaximumHeight(72)
        self.raw.setAccessibleName(self.tr("O que veio"))
        self.end, self.kind, self.code = ToneLabel(), label(), label(select=True)
        self.code.setFont(fixed_font())
        self.said = ToneLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        form = QFormLayout()
        for title, part in (
            (self.tr("O que veio"), self.raw),
            (self.tr("No fim"), self.end),
            (self.tr("É"), self.kind),
            (self.tr("Entendido como"), self.code),
        ):
            form.addRow(title, part)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.again = button(self.tr("&Outra leitura"), self._clear, name="scanner-again")
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("Testar o leitor")))
        layout.addWidget(label(self.tr("Bipe qualquer código: nada é gravado."), tone=Tone.QUIET))
        layout.addWidget(self.field)
        layout.addLayout(form)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addLayout(row(self.again, None, buttons))
        self._clear()

    def _clear(self) -> None:
        self.raw.clear()
        for part in (self.end, self.kind, self.code, self.said):
            part.setText("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reading(self, reading: Reading) -> None:
        """Say what came and what it means; remember how this scanner ends its readings."""
        scan = read_scan(reading.text)
        self.raw.setPlainText(shown(reading.text))
        ends = {
            "enter": self.tr("✓ Enter"),
            "tab": self.tr("✓ Tab"),
            "none": self.tr("○ nada"),
        }
        self.end.setText(ends[reading.end])
        self.end.set_tone(Tone.WARN if reading.end == "none" else Tone.GOOD)
        self.kind.setText(kind_word(scan))
        self.code.setText(scan.key or scan.code)
        told = advice(reading, scan)
        self.said.setText("\n".join(f"● {text}" for text in told) or self.tr("✓ Tudo certo com o leitor."))
        self.said.set_tone(Tone.NOTE if told else Tone.GOOD)
        by_hand = reading.pace > HAND_S
        if not by_hand:
            self._bench.layout.setValue(NO_SUFFIX_KEY, "true" if reading.end == "none" else "false")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
