"""The scanning pane of the tracking page and of the packer's window: scan the order, scan the code, next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from otimo_tray.desktop.sound import Sound
from otimo_tray.domain.tracking import Carrier
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.look import MARGIN, Tone, alarm_ground, heading_font, tone_colour
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.presence import presence_of
from otimo_tray.ui.tracking import said
from otimo_tray.ui.tracking.field import ScanField
from otimo_tray.ui.tracking.session import Answer, Choice, Outcome, give, read
from otimo_tray.ui.tracking.sounds import Sounds

FLASH_MS = 900
NO_SUFFIX_KEY = "tracking/no_suffix"
"""Set by the scanner's test: this PC's scanner ends its readings with nothing."""
_SOUNDS = {
    Outcome.SAVED: Sound.SUCCESS,
    Outcome.WARNED: Sound.ATTENTION,
    Outcome.UNKNOWN: Sound.ATTENTION,
    Outcome.SEVERAL: Sound.ATTENTION,
    Outcome.CARRIER: Sound.ATTENTION,
    Outcome.REFUSED: Sound.ERROR,
    Outcome.ALARM: Sound.ERROR,
}


class ScanPane(QFrame):
    """Field, prompt, answer, and what counts for the whole pile.

    Signals:
        found: an order was chosen (`ParcelRow`); None: let go.
        answered: a reading's `Answer`.
        pasted: a block with several cells was pasted.
    """

    found = Signal(object)
    answered = Signal(object)
    pasted = Signal(str)
    undone = Signal(str)

    def __init__(self, bench: Bench, scale: float = 1.0) -> None:
        super().__init__()
        self._bench = bench
        self._desk = bench.desk
        self.current: ParcelRow | None = None
        self._order: ParcelRow | None = None
        """The chosen order as the writers' lane sees it; ahead of `current` while readings wait."""
        self._undo: list[tuple[int, str, str]] = []
        self._warned: Answer | None = None
        self._reading = 0
        self.sounds = Sounds(self, bench.layout, bench.desk.profile_dir / "cache" / "sounds")
        self.setAutoFillBackground(True)
        self.field = ScanField(1.3 * scale)
        self.field.setAccessibleName(self.tr("Bipe o pedido, a nota ou o código"))
        self.prompt = ToneLabel()
        self.prompt.setFont(heading_font(1.25 * scale))
        self.prompt.setTextFormat(Qt.TextFormat.PlainText)
        self.prompt.setWordWrap(scale > 1)
        self.said = ToneLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.accept = button(self.tr("Usar &assim mesmo"), self.use_anyway, name="accept")
        self.accept.setToolTip("Ctrl+Enter")
        self.accept.hide()
        self.undo_button = button(self.tr("Desfazer o último (F8)"), self.undo_last, name="undo")
        self.undo_button.setEnabled(False)
        self.carrier = QComboBox()
        self.carrier.setAccessibleName(self.tr("Transportadora"))
        self.carrier.addItem(self.tr("Automática"), None)
        self.carrier.activated.connect(self.take_focus)
        self.volumes = QCheckBox(self.tr("Vários &volumes por pedido"))
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(lambda: self.paint_ground(None))
        self.field.scanned.connect(self.scan)
        self.field.dropped.connect(self.drop)
        self.field.undo_asked.connect(self.undo_last)
        self.field.pasted.connect(self.pasted)
        self._build(scale)
        self.learn_scanner()
        self._ask()

    def _build(self, scale: float) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        inside.setSpacing(4)
        inside.addWidget(self.prompt)
        fixed = label(self.tr("&Transportadora:"))
        fixed.setBuddy(self.carrier)
        self.more = row()
        self.tools = row(fixed, self.carrier, 8, self.volumes, None)
        self.tools.addLayout(self.more)
        if scale > 1:
            font = QFont(self.said.font())
            font.setPointSizeF(font.pointSizeF() * (1 + scale) / 2)
            self.said.setFont(font)
            inside.addWidget(self.field)
            inside.addWidget(self.said)
            inside.addLayout(row(self.accept, self.undo_button, None))
        else:
            self.field.setMaximumWidth(460)
            scan = QHBoxLayout()
            scan.setSpacing(8)
            scan.addWidget(self.field, 2)
            scan.addWidget(self.said, 3)
            scan.addWidget(self.accept)
            scan.addWidget(self.undo_button)
            inside.addLayout(scan)
        inside.addLayout(self.tools)

    def listen(self, page: QWidget) -> None:
        """Take the keys of a whole window: F8 or Ctrl+Z, Ctrl+Enter and Ctrl+B."""
        for keys, act in (
            ("F8", self.undo_last),
            ("Ctrl+Z", self.undo_last),
            ("Ctrl+Return", self.use_anyway),
            ("Ctrl+B", self.take_focus),
        ):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def learn_scanner(self) -> None:
        """Take over what the scanner's test found out."""
        self.field.ends_by_silence = str(self._bench.layout.value(NO_SUFFIX_KEY, "false")).lower() == "true"

    def take_focus(self) -> None:
        """Be ready to scan."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_carriers(self, carriers: list[Carrier]) -> None:
        """Offer these carriers; the chosen one stays."""
        offered = [self.carrier.itemData(place) for place in range(1, self.carrier.count())]
        if offered == carriers:
            return
        chosen = self.carrier.currentText()
        while self.carrier.count() > 1:
            self.carrier.removeItem(1)
        for carrier in carriers:
            self.carrier.addItem(carrier.name, carrier)
        self.carrier.setCurrentIndex(max(0, self.carrier.findText(chosen)))

    def choice(self, *, accept: bool = False) -> Choice:
        """What counts for the whole pile."""
        return Choice(self.carrier.currentData(), self.volumes.isChecked(), accept)

    # --- scanning -----------------------------------------------------------------------------------------------------

    def scan(self, text: str) -> None:
        """Deal with one reading. Readings that come while one is being saved wait their turn and are lost never."""
        choice = self.choice()
        self._reading += 1
        # The order is looked up when the reading's turn comes: the reading before may have chosen it.
        self._bench.work.save(self, lambda: self._read(text, choice), self._answered, self._not_read)

    def _read(self, text: str, choice: Choice) -> Answer:
        """Runs in the writers' lane, one after the other: a fast scanner's code may come before its order was shown."""
        answer = read(self._desk, text, self._order, choice, self._desk.clock.now())
        if answer.outcome is Outcome.ORDER:
            self._order = answer.parcel
        elif answer.outcome is Outcome.ALARM or (answer.outcome is Outcome.SAVED and not choice.volumes):
            self._order = None
        return answer

    def _answered(self, answer: Answer) -> None:
        self._reading -= 1
        self._warned = answer if answer.outcome is Outcome.WARNED else None
        self.accept.setVisible(self._warned is not None)
        text, tone = said.of(answer, self._desk)
        if answer.outcome is Outcome.ORDER and answer.parcel is not None:
            self.choose(answer.parcel)
        elif answer.outcome is Outcome.SAVED and answer.tracking_id is not None and answer.parcel is not None:
            self._note_undo(answer.tracking_id, answer.scan.code, answer.parcel.hub_id)
            if not self.volumes.isChecked():
                self._set_current(None)
        elif answer.outcome is Outcome.ALARM:
            self._set_current(None)
        if answer.outcome is not Outcome.ORDER:
            self.say(text, tone, alarm=answer.outcome is Outcome.ALARM)
        if (sound := _SOUNDS.get(answer.outcome)) is not None:
            self.sounds.play(sound)
        self.answered.emit(answer)

    def _not_read(self, error: Exception) -> None:
        self._reading -= 1
        self.say(self._desk.error_sentence(error), Tone.BAD)
        self.sounds.play(Sound.ERROR)

    def use_anyway(self) -> None:
        """Take the code in spite of the warning."""
        warned, self._warned = self._warned, None
        if warned is None or warned.parcel is None:
            return
        self.accept.hide()
        parcel, choice = warned.parcel, self.choice(accept=True)
        self._reading += 1

        def save() -> Answer:
            answer = give(self._desk, warned.scan, parcel, choice, self._desk.clock.now())
            if answer.outcome is Outcome.SAVED and not choice.volumes and self._order == parcel:
                self._order = None
            return answer

        self._bench.work.save(self, save, self._answered, self._not_read)
        self.take_focus()

    def note_saved(self, tracking_id: int, code: str, hub_id: str) -> None:
        """Remember a code that came another way (pasted), so that undo takes it back."""
        self._note_undo(tracking_id, code, hub_id)

    def _note_undo(self, tracking_id: int, code: str, hub_id: str) -> None:
        if not any(known == tracking_id for known, _, _ in self._undo):  # read twice, it is one entry still
            self._undo.append((tracking_id, code, hub_id))
        self.undo_button.setEnabled(True)

    def forget(self, ids: Sequence[int]) -> None:
        """Leave these codes out of what the next undo takes back: they were taken back together."""
        gone = set(ids)
        self._undo = [entry for entry in self._undo if entry[0] not in gone]
        self.undo_button.setEnabled(bool(self._undo))

    def undo_last(self) -> None:
        """Take the last code back, if it didn't go yet."""
        if not self._undo:
            return
        tracking_id, code, hub_id = self._undo.pop()
        self.undo_button.setEnabled(bool(self._undo))

        def shown(removed: bool) -> None:
            if removed:
                self.say(self.tr("{code} desfeito").format(code=code), Tone.NOTE)
            else:
                self.say(
                    self.tr("{code} já foi transmitido. Para corrigir, bipe o pedido e o código certo.").format(
                        code=code
                    ),
                    Tone.WARN,
                )
                self.sounds.play(Sound.ATTENTION)
            self.undone.emit(hub_id)

        now = self._desk.clock.now()
        trackings = self._desk.storage.trackings
        self._bench.work.save(self, lambda: trackings.remove(tracking_id, now), shown, self._failed)

    def _failed(self, error: Exception) -> None:
        self.say(self._desk.error_sentence(error), Tone.BAD)

    def drop(self) -> None:
        """Let the chosen order go."""
        self._warned = None
        self.accept.hide()
        self._set_current(None)
        self.said.clear()
        self.paint_ground(None)

    def choose(self, parcel: ParcelRow) -> None:
        """Choose an order: the next reading is its code. A cancelled one raises the alarm instead."""
        if parcel.cancelled:
            self._set_current(None)
            self.say(said.alarm(parcel), Tone.BAD, alarm=True)
            self.sounds.play(Sound.ERROR)
            return
        self._set_current(parcel)
        text = said.about(parcel, self._desk.clock.now(), self._bench.zone())
        other = presence_of(self._bench).name("tracking", parcel.hub_id)
        if other:
            text = self.tr("◉ {name} está com este pedido aberto.").format(name=other) + f" {text}"
        self.say(text, Tone.WARN if other else None)
        self.take_focus()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _set_current(self, parcel: ParcelRow | None) -> None:
        self.current = parcel
        if not self._reading:
            self._order = parcel
        self._ask()
        self.found.emit(parcel)

    def _ask(self) -> None:
        if self.current is None:
            self.prompt.setText(self.tr("Bipe o pedido ou a nota"))
            self.field.setPlaceholderText(self.tr("número do pedido ou chave da nota"))
        else:
            self.prompt.setText(self.tr("Pedido {order}: bipe o código de rastreio").format(order=self.current.name))
            self.field.setPlaceholderText(self.tr("código de rastreio"))

    def say(self, text: str, tone: Tone | None, *, alarm: bool = False) -> None:
        """Say what came of it; the ground's colour says it too, an alarm's until the next reading."""
        self.said.setText(text)
        if alarm:
            self.prompt.setText(self.tr("✖ NÃO DESPACHAR"))
        else:
            self._ask()
        self.said.set_tone(None if alarm else tone)  # on an alarm's ground it is white, as all else
        self._flash.stop()
        self.paint_ground(tone, alarm=alarm)
        if not alarm:
            self._flash.start()

    def paint_ground(self, tone: Tone | None, *, alarm: bool = False) -> None:
        """Colour the pane by what was said."""
        palette = QPalette()
        if alarm:
            palette.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
            palette.setColor(QPalette.ColorRole.Window, alarm_ground())
        elif tone in {Tone.GOOD, Tone.WARN, Tone.BAD}:
            colour = tone_colour(tone)
            colour.setAlphaF(0.22)
            palette.setColor(QPalette.ColorRole.Window, colour)
        self.setPalette(palette)
