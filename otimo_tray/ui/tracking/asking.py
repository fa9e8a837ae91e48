"""Asks once, for each channel and way of sending that nothing tells about: who informs the code?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from otimo_tray.domain.code_source import CodeSource
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.sync.code_sources import answer, answers
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import button, count_words, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table

_Said = tuple[str, CodeSource]


def spelt(question: str) -> tuple[str, str]:
    """Return a question's channel and way of sending."""
    channel, _, method = question.partition("|")
    return channel, method


class SourceBar(QFrame):
    """A line above the list with one question at a time; nothing else waits for its answer.

    Signals:
        answered: a person said who.
    """

    answered = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._question = ""
        self._later: set[str] = set()
        self.text = label(wrap=True)
        self.us = button(self.tr("&Nós digitamos"), lambda: self._answer("person"), name="source-person")
        self.channel = button(self.tr("O &canal informa"), lambda: self._answer("channel"), name="source-channel")
        self.later = button(self.tr("Depois"), self._postpone, name="source-later")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 6, MARGIN, 0)
        layout.addWidget(self.text, 1)
        for part in (self.us, self.channel, self.later):
            layout.addWidget(part)
        self.hide()

    def ask_of(self, parcels: Iterable[ParcelRow]) -> None:
        """Ask about the way of sending that most of these parcels wait for; hide when nothing is unknown."""
        unknown = Counter(found.question for found in parcels if found.source == "unknown" and found.is_waiting)
        open_questions = [(count, asked) for asked, count in unknown.items() if asked not in self._later]
        if not open_questions:
            self._question = ""
            self.hide()
            return
        count, self._question = max(open_questions)
        channel, method = spelt(self._question)
        how = f"{channel}, {method}" if method else channel
        self.text.setText(
            self.tr("? Quem informa o código de rastreio de “{how}”? ({parcels} na lista)").format(
                how=how, parcels=count_words(count, self.tr("pedido"), self.tr("pedidos"))
            )
        )
        self.show()

    def _answer(self, source: CodeSource) -> None:
        question, facts = self._question, self._bench.desk.storage.facts
        self.hide()
        self._bench.work.save(
            self, lambda: answer(facts, question, source), lambda _: self.answered.emit(), self._failed
        )

    def _failed(self, error: Exception) -> None:
        self.text.setText(self._bench.desk.error_sentence(error))
        self.show()

    def _postpone(self) -> None:
        self._later.add(self._question)
        self.hide()


class SourcesDialog(QDialog):
    """What was answered; each answer can be taken back, and is asked again then.

    Signals:
        changed: an answer was taken back.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, bench: Bench) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Quem informa o código"))
        self.resize(620, 360)
        self._bench = bench
        who = {"person": self.tr("nós digitamos"), "channel": self.tr("o canal informa")}
        columns: list[Column[_Said]] = [
            Column("channel", self.tr("Canal"), lambda said: spelt(said[0])[0], 20),
            Column("method", self.tr("Modo de envio"), lambda said: spelt(said[0])[1] or self.tr("(não informado)"), 0),
            Column("who", self.tr("Quem informa"), lambda said: who.get(said[1], said[1]), 22),
        ]
        self.model: RowsModel[_Said] = RowsModel(columns, lambda said: said[0])
        self.model.setParent(self)
        self.table = Table(self.model, "code-sources", bench.layout)
        self.table.empty_text = lambda: self.tr("Nada foi perguntado ainda: os modos de envio conhecidos bastam.")
        self.forget = button(self.tr("&Perguntar de novo"), self._forget, name="forget-source")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("Quem informa o código")))
        why = self.tr("O que você respondeu vale para todos os pedidos do mesmo canal e modo de envio.")
        layout.addWidget(label(why, wrap=True, tone=Tone.QUIET))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.forget, None, buttons))
        self._read()

    def _read(self) -> None:
        facts = self._bench.desk.storage.facts
        self._bench.work.run(self, lambda: sorted(answers(facts).items()), self.model.set_rows)

    def _forget(self) -> None:
        facts, chosen = self._bench.desk.storage.facts, [asked for asked, _ in self.table.selected_rows()]

        def save() -> None:
            for asked in chosen:
                answer(facts, asked, "unknown")

        def done(_: None) -> None:
            self._read()
            self.changed.emit()

        self._bench.work.save(self, save, done)
