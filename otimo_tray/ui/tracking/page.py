"""The tracking page: scan the order, scan the code, next."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
)

from otimo_tray.domain.tracking import Carrier
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.formats import due_day, parse_moment
from otimo_tray.ui.look import MARGIN, Tone, alarm_ground, heading_font, tone_colour
from otimo_tray.ui.mapping.preview import SheetPreview
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, ToneLabel, button, count_words, label, row, waiting_text
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.tracking import words
from otimo_tray.ui.tracking.field import ScanField
from otimo_tray.ui.tracking.paste import PasteResult, paste_codes
from otimo_tray.ui.tracking.pasted import PasteDialog
from otimo_tray.ui.tracking.session import Answer, Choice, Outcome, give, read

DAYS_SHOWN = 1
"""Codes typed within so many days stay on the list when they are confirmed."""
FLASH_MS = 900


class TrackingPage(Page):
    """Where tracking codes are given."""

    kinds = frozenset({"tracking", "orders", "invoices"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.current: ParcelRow | None = None
        self._order: ParcelRow | None = None
        """The chosen order as the writers' lane sees it; ahead of `current` while readings wait."""
        self._undo: list[tuple[int, str]] = []
        self._warned: Answer | None = None
        self._read_once = False
        self._reading = 0
        columns = words.columns(self.desk.clock.now, bench.zone(), self._title)
        self.model: RowsModel[ParcelRow] = RowsModel(columns, words.search_text)
        self.model.setParent(self)
        self.model.alarm = lambda found: found.cancelled
        self.table = Table(self.model, "tracking", bench.layout)
        self.table.empty_text = self._empty_text
        self.table.row_menu = self._row_menu
        self.table.opened.connect(self._choose)
        self.tabs = Tabs(words.tabs())
        self.tabs.chosen.connect(self._show_tab)
        self.search = SearchField(self.tr("Filtrar a lista"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self.table.setFocus)
        self.field = ScanField()
        self.field.setAccessibleName(self.tr("Bipe o pedido, a nota ou o código"))
        self.prompt = ToneLabel()
        self.prompt.setFont(heading_font())
        self.prompt.setTextFormat(Qt.TextFormat.PlainText)
        self.said = label(wrap=True)
        self.accept = button(self.tr("Usar &assim mesmo"), self.use_anyway, name="accept")
        self.accept.hide()
        self.undo_button = button(self.tr("Desfazer o último (Ctrl+Z)"), self.undo_last, name="undo")
        self.undo_button.setEnabled(False)
        self.carrier = QComboBox()
        self.carrier.setAccessibleName(self.tr("Transportadora"))
        self.carrier.addItem(self.tr("Automática"), None)
        self.volumes = QCheckBox(self.tr("Vários &volumes por pedido"))
        self._build()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(lambda: self._paint_head(None))
        self.field.scanned.connect(self.scan)
        self.field.dropped.connect(self.drop)
        self.field.undo_asked.connect(self.undo_last)
        self.field.pasted.connect(self.paste)
        for keys, act in (("Ctrl+Z", self.undo_last), ("Ctrl+Return", self.use_anyway), ("Ctrl+B", self._to_field)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._show_tab("waiting")
        self._ask()

    def _build(self) -> None:
        self.head = QFrame()
        self.head.setAutoFillBackground(True)
        inside = QVBoxLayout(self.head)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        inside.setSpacing(4)
        inside.addWidget(self.prompt)
        scan = QHBoxLayout()
        scan.setSpacing(8)
        scan.addWidget(self.field, 2)
        scan.addWidget(self.said, 3)
        scan.addWidget(self.accept)
        scan.addWidget(self.undo_button)
        inside.addLayout(scan)
        fixed = label(self.tr("&Transportadora:"))
        fixed.setBuddy(self.carrier)
        more = QPushButton(self.tr("&Mais"))
        menu = QMenu(more)
        menu.addAction(self.tr("Importar planilha de códigos…")).triggered.connect(self._import)
        menu.addAction(self.tr("Colar pedido e código do Excel")).triggered.connect(
            lambda: self.paste(QApplication.clipboard().text())
        )
        more.setMenu(menu)
        inside.addLayout(row(fixed, self.carrier, 8, self.volumes, None, more))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        bar = row(self.tabs, None, self.search, margin=MARGIN)
        bar.setContentsMargins(MARGIN, 8, MARGIN, 8)
        whole.addLayout(bar)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.messages)

    # --- reading ------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Be ready to scan."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the list."""
        since = stored(self.desk.clock.now() - timedelta(days=DAYS_SHOWN))
        reader, storage = self.desk.reader.tracking, self.desk.storage

        def both() -> tuple[list[ParcelRow], list[Carrier]]:
            return reader.parcels(since), storage.trackings.carriers()

        self.work.run(self, both, self._show, self.failed)

    def _show(self, found: tuple[list[ParcelRow], list[Carrier]]) -> None:
        rows, carriers = found
        self._read_once = True
        self.model.set_rows(rows)
        self.tabs.set_counts(words.counts(rows, self.desk.clock.now()))
        if self.carrier.count() != len(carriers) + 1:
            chosen = self.carrier.currentText()
            while self.carrier.count() > 1:
                self.carrier.removeItem(1)
            for carrier in carriers:
                self.carrier.addItem(carrier.name, carrier)
            self.carrier.setCurrentIndex(max(0, self.carrier.findText(chosen)))

    def show_item(self, item: str) -> None:
        """Choose an order."""
        self.work.run(
            self, lambda: self.desk.reader.tracking.parcel(item), lambda parcel: parcel and self._choose(parcel)
        )

    # --- scanning -----------------------------------------------------------------------------------------------------

    def scan(self, text: str) -> None:
        """Deal with one reading. Readings that come while one is being saved wait their turn and are lost never."""
        choice = self._choice()
        self._reading += 1
        # The order is looked up when the reading's turn comes: the reading before may have chosen it.
        self.work.save(self, lambda: self._read(text, choice), self._answered, self._not_read)

    def _read(self, text: str, choice: Choice) -> Answer:
        """Runs in the writers' lane, one after the other: a fast scanner's code may come before its order was shown."""
        answer = read(self.desk, text, self._order, choice, self.desk.clock.now())
        if answer.outcome is Outcome.ORDER:
            self._order = answer.parcel
        elif answer.outcome is Outcome.ALARM or (answer.outcome is Outcome.SAVED and not choice.volumes):
            self._order = None
        return answer

    def _answered(self, answer: Answer) -> None:
        self._reading -= 1
        self._take(answer)

    def _not_read(self, error: Exception) -> None:
        self._reading -= 1
        self._say(self.desk.error_sentence(error), Tone.BAD)

    def _take(self, answer: Answer) -> None:
        self._warned = None
        self.accept.hide()
        parcel, code = answer.parcel, answer.scan.code
        if answer.outcome is Outcome.ORDER:
            assert parcel is not None
            self._choose(parcel)
        elif answer.outcome is Outcome.SAVED:
            assert parcel is not None
            assert answer.tracking_id is not None
            self._undo.append((answer.tracking_id, code))
            self.undo_button.setEnabled(True)
            volume = self.tr(", volume {n}").format(n=answer.volume) if answer.volume > 1 else ""
            self._say(
                self.tr("✓ {code} gravado para o pedido {order}{volume}").format(
                    code=code, order=_name(parcel), volume=volume
                ),
                Tone.GOOD,
            )
            if not self.volumes.isChecked():
                self._set_current(None)
            self.reload()
        elif answer.outcome is Outcome.WARNED:
            self._warned = answer
            self.accept.show()
            why = " ".join(
                self.desk.sentence(warning, {"code": code, "order": _name(parcel)}) for warning in answer.warnings
            )
            self._say(f"⚠ {why}", Tone.WARN)
        elif answer.outcome is Outcome.ALARM:
            self._set_current(None)
            self._say(
                self.tr("✖ NÃO DESPACHAR: o pedido {order} foi cancelado.").format(order=_name(parcel)),
                Tone.BAD,
                alarm=True,
            )
        elif answer.outcome is Outcome.SEVERAL:
            self._say(
                self.tr("▲ Mais de um pedido tem o número {text}. Escolha na lista.").format(text=answer.scan.text),
                Tone.WARN,
            )
            self.tabs.choose("all")
            self.search.setText(answer.scan.text)
        elif answer.outcome is Outcome.UNKNOWN:
            self._say(
                self.tr("▲ Nenhum pedido com “{text}”. Bipe o número do pedido ou a chave da nota.").format(
                    text=answer.scan.text[:60]
                ),
                Tone.WARN,
            )
        elif answer.error is not None:
            self._say("▲ " + self.desk.error_sentence(answer.error), Tone.BAD)

    def use_anyway(self) -> None:
        """Take the code in spite of the warning."""
        warned, self._warned = self._warned, None
        if warned is None or warned.parcel is None:
            return
        self.accept.hide()
        parcel, choice = warned.parcel, self._choice(accept=True)
        self._reading += 1
        self.work.save(
            self,
            lambda: give(self.desk, warned.scan, parcel, choice, self.desk.clock.now()),
            self._answered,
            self._not_read,
        )
        self._to_field()

    def undo_last(self) -> None:
        """Take the last code back, if it didn't go yet."""
        if not self._undo:
            return
        tracking_id, code = self._undo.pop()
        self.undo_button.setEnabled(bool(self._undo))

        def undone(removed: bool) -> None:
            if removed:
                self._say(self.tr("{code} desfeito").format(code=code), Tone.NOTE)
            else:
                self._say(
                    self.tr("{code} já foi transmitido. Para corrigir, bipe o pedido e o código certo.").format(
                        code=code
                    ),
                    Tone.WARN,
                )
            self.reload()

        now = self.desk.clock.now()
        self.work.save(self, lambda: self.desk.storage.trackings.remove(tracking_id, now), undone, self.failed)

    def drop(self) -> None:
        """Let the chosen order go."""
        self._warned = None
        self.accept.hide()
        self._set_current(None)
        self.said.clear()

    def paste(self, text: str) -> None:
        """Take two columns from Excel: order and code, one a row."""
        choice, now = self._choice(), self.desk.clock.now()
        self.work.save(self, lambda: paste_codes(self.desk, text, choice, now), self._pasted, self.failed)

    def _pasted(self, results: list[PasteResult]) -> None:
        saved = [result for result in results if result.answer is not None and result.answer.outcome is Outcome.SAVED]
        self._undo += [(result.answer.tracking_id or 0, result.code) for result in saved if result.answer is not None]
        self.undo_button.setEnabled(bool(self._undo))
        words_ = count_words(len(saved), self.tr("código gravado"), self.tr("códigos gravados"))
        wrong = len(results) - len(saved)
        self._say(
            words_ if not wrong else self.tr("{saved}; {wrong} com problema").format(saved=words_, wrong=wrong),
            Tone.WARN if wrong else Tone.GOOD,
        )
        if wrong:
            PasteDialog(self, self.bench, results).open()
        self.reload()

    def _import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Importar planilha de códigos"), "", self.tr("Planilhas (*.xlsx *.xls *.csv);;Todos (*)")
        )
        if not chosen:
            return
        path = Path(chosen)

        def show(rows: list[SheetRow]) -> None:
            preview = SheetPreview(self, self.bench, path.name, rows)
            preview.accepted.connect(
                lambda: self.work.save(
                    self, lambda: self.desk.import_tracking(path, True), lambda _rows: self.reload(), self.failed
                )
            )
            preview.open()

        self.work.run(self, lambda: self.desk.import_tracking(path, False), show, self.failed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _choose(self, parcel: ParcelRow) -> None:
        if parcel.cancelled:
            self._set_current(None)
            self._say(
                self.tr("✖ NÃO DESPACHAR: o pedido {order} foi cancelado.").format(order=_name(parcel)),
                Tone.BAD,
                alarm=True,
            )
            return
        self._set_current(parcel)
        self._say(self._about(parcel), None)
        place = next((n for n, found in enumerate(self.model.rows) if found.hub_id == parcel.hub_id), None)
        if place is not None:
            self.table.go_to(place)
        self._to_field()

    def _about(self, parcel: ParcelRow) -> str:
        due = parse_moment(parcel.expected_send)
        now, zone = self.desk.clock.now(), self.bench.zone()
        parts = [parcel.channel, parcel.buyer, " ".join(part for part in (parcel.company, parcel.method) if part)]
        if due is not None:
            parts.append(self.tr("despachar até {when}").format(when=due_day(due, now, zone)))
        if parcel.codes:
            parts.append(self.tr("já tem {codes}").format(codes=words.codes_text(parcel)))
        return " · ".join(part for part in parts if part)

    def _set_current(self, parcel: ParcelRow | None) -> None:
        self.current = parcel
        if not self._reading:
            self._order = parcel
        self._ask()

    def _ask(self) -> None:
        if self.current is None:
            self.prompt.setText(self.tr("Bipe o pedido ou a nota"))
            self.field.setPlaceholderText(self.tr("número do pedido ou chave da nota"))
        else:
            self.prompt.setText(self.tr("Pedido {order}: bipe o código de rastreio").format(order=_name(self.current)))
            self.field.setPlaceholderText(self.tr("código de rastreio"))

    def _say(self, text: str, tone: Tone | None, *, alarm: bool = False) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
        if tone in {Tone.BAD, Tone.WARN}:
            QApplication.beep()
        self._paint_head(tone, alarm=alarm)
        self._flash.stop()
        if not alarm:
            self._flash.start()

    def _paint_head(self, tone: Tone | None, *, alarm: bool = False) -> None:
        palette = QPalette()
        if alarm:
            palette.setColor(QPalette.ColorRole.Window, alarm_ground())
            palette.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
        elif tone in {Tone.GOOD, Tone.WARN, Tone.BAD}:
            colour = tone_colour(tone)
            colour.setAlphaF(0.22)
            palette.setColor(QPalette.ColorRole.Window, colour)
        self.head.setPalette(palette)
        text = QPalette()
        if alarm:
            text.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
            self.said.setPalette(text)
        self.prompt.setPalette(text)

    def _choice(self, *, accept: bool = False) -> Choice:
        return Choice(self.carrier.currentData(), self.volumes.isChecked(), accept)

    def _title(self, code: str, params: dict[str, object]) -> str:
        return self.desk.title(code, params)

    def _show_tab(self, tab: str) -> None:
        self.model.set_tab(words.mask(tab, self.desk.clock.now))

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_menu(self, menu: QMenu, rows: list[ParcelRow]) -> None:
        menu.addAction(self.tr("Dar o código deste pedido")).triggered.connect(lambda: self._choose(rows[0]))
        menu.addAction(self.tr("Ver o pedido")).triggered.connect(lambda: self.go.emit("orders", rows[0].hub_id))

    def _empty_text(self) -> str:
        if not self._read_once:
            return waiting_text()
        if self.model.query.strip():
            return self.tr("Nada encontrado para “{text}”.").format(text=self.model.query.strip())
        return {
            "waiting": self.tr("Nenhum pedido aguarda código. Eles aparecem aqui assim que a nota é transmitida."),
            "late": self.tr("Nenhum atraso."),
            "moving": self.tr("Nenhum código digitado desde ontem."),
            "problem": self.tr("Nenhum problema com códigos."),
        }.get(self.tabs.current, self.tr("Nada a mostrar."))


def _name(parcel: ParcelRow | None) -> str:
    return "" if parcel is None else parcel.original_id or parcel.hub_id
