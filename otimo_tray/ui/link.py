"""What a desk away from the shop's server shows: one calm line on every page, and buttons that wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from otimo_tray.ui.desk import DeskLink
from otimo_tray.ui.formats import near_moment
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, count_words, label, row
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.text import translate


def away_words(bench: Bench) -> str:
    """Return why something that needs the server can't be done now; empty while it can."""
    link = bench.desk.link
    since = link.away_since
    if since is None:
        return ""
    when = near_moment(since, bench.desk.clock.now(), bench.zone())
    return translate("Link", "Sem contato com o servidor desde {time}: isto espera até ele voltar.").format(time=when)


def banner_words(bench: Bench) -> str:
    """Return the banner's sentences; empty while the server answers."""
    link, now, zone = bench.desk.link, bench.desk.clock.now(), bench.zone()
    if link.away_since is None:
        return ""
    parts = [
        translate("Link", "Sem contato com o servidor desde {time}.").format(
            time=near_moment(link.away_since, now, zone)
        )
    ]
    if link.as_of is not None:
        parts.append(
            translate("Link", "Você vê o que havia às {time}.").format(time=near_moment(link.as_of, now, zone))
        )
    parts.append(translate("Link", "Códigos de rastreio digitados ficam guardados aqui e sobem sozinhos."))
    if link.kept_count:
        one, many = translate("Link", "código guardado"), translate("Link", "códigos guardados")
        parts.append(count_words(link.kept_count, one, many) + ".")
    return " ".join(parts)


def leader_words(link: DeskLink) -> str:
    """Return who runs the synchronisation; empty where there is one desk only."""
    if not link.is_shared or link.away_since is not None:
        return ""
    leader = link.leader
    if leader is None:
        return translate("Link", "Sincronização: nenhum computador assumiu ainda")
    where, who = leader.desk or leader.person, leader.person if leader.desk else ""
    text = translate("Link", "Sincronização em: {desk}").format(desk=where) + (f" ({who})" if who else "")
    return translate("Link", "{leader}, neste computador").format(leader=text) if link.leads else text


class LinkWatch(QObject):
    """Says in the GUI thread that the link changed; lives as long as its parent.

    Signals:
        changed: something of the link is otherwise.
    """

    changed = Signal()

    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)

        def tell() -> None:
            if shiboken6.isValid(self):
                self.changed.emit()

        stop = bench.desk.link.subscribe(lambda: bench.bridge.post(tell))
        self.destroyed.connect(stop)


class LinkBanner(QFrame):
    """The line above every page while the server is away."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setObjectName("away-banner")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        sign = label("▲", tone=Tone.WARN)
        sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.told = ToneLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        line = row(sign, self.told)
        line.setContentsMargins(MARGIN, 6, MARGIN, 6)
        line.setStretch(1, 1)
        self.setLayout(line)
        LinkWatch(bench, self).changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show how it stands now."""
        text = banner_words(self._bench)
        self.told.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class NeedsServer(QObject):
    """Keeps what needs the server from being pressed while it is away, with the reason as its tool tip.

    A page may go on switching its buttons on and off: what it wants counts again once the server is back.
    """

    def __init__(
        self, bench: Bench, parent: QObject, parts: Sequence[QWidget | QAction], models: Sequence[RowsModel[Any]] = ()
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._parts: list[QWidget | QAction] = []
        self._models = list(models)
        self._wanted: dict[int, tuple[bool, str]] = {}
        self._switching = False
        if not bench.desk.link.is_shared:
            return  # nothing to be away from
        for part in parts:
            self.add(part)
        LinkWatch(bench, self).changed.connect(self.look)
        self.look()

    def add(self, part: QWidget | QAction) -> None:
        """Look after one more."""
        if not self._bench.desk.link.is_shared:
            return
        self._parts.append(part)
        if isinstance(part, QAction):
            part.enabledChanged.connect(lambda _on=False, part=part: self._moved(part))
        else:
            part.installEventFilter(self)
        self._hold(part, away_words(self._bench))

    def look(self) -> None:
        """Switch everything by how it stands now."""
        reason = away_words(self._bench)
        for part in self._parts:
            self._hold(part, reason)
        for model in self._models:
            model.locked = reason

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note when a page switches a part on or off meanwhile."""
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget):
            self._moved(watched)
        return super().eventFilter(watched, event)

    def _moved(self, part: QWidget | QAction) -> None:
        kept = self._wanted.get(id(part))
        if kept is not None and not self._switching and part.isEnabled():
            self._wanted[id(part)] = (True, kept[1])
            self._switch(part, on=False)

    def _hold(self, part: QWidget | QAction, reason: str) -> None:
        kept = self._wanted.get(id(part))
        if reason:
            if kept is None:
                self._wanted[id(part)] = (part.isEnabled(), part.toolTip())
                self._switch(part, on=False)
            part.setToolTip(reason)
        elif kept is not None:
            del self._wanted[id(part)]
            self._switch(part, on=kept[0])
            part.setToolTip(kept[1])

    def _switch(self, part: QWidget | QAction, *, on: bool) -> None:
        self._switching = True
        part.setEnabled(on)
        self._switching = False
