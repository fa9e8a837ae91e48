"""Who else has what open: said and asked every ten seconds in a worker, shown as a mark in the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.tables.model import RowsModel

REFRESH_MS = 10_000
SOON_MS = 300
"""What is opened and closed within this time is said once: the arrow keys pass many rows."""


class PresenceDesk(QObject):
    """What is open at this desk, and at the others. One for all windows, a child of the bridge.

    Signals:
        changed: others have other things open now.
    """

    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.bridge)
        self._bench = bench
        self._open: dict[str, str] = {}
        self._looking: set[str] = set()
        self.others: dict[tuple[str, str], str] = {}
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.refresh)

    def open(self, place: str, item: str) -> None:
        """Say what is open at a place of this desk; "" = nothing any more."""
        if self._bench.desk.presence is None or self._open.get(place, "") == item:
            return
        if item:
            self._open[place] = item
        else:
            self._open.pop(place, None)
        self._soon.start()

    def watch(self, place: str, looking: bool) -> None:
        """A page that shows marks is seen, or isn't any more."""
        if self._bench.desk.presence is None:
            return
        if looking:
            self._looking.add(place)
            self._timer.start()
            self._soon.start()
        else:
            self._looking.discard(place)
            self.open(place, "")

    def name(self, place: str, item: str) -> str:
        """Return who else has something open; empty for nobody."""
        return self.others.get((place, item), "")

    def refresh(self) -> None:
        """Say and ask, in a worker."""
        presence = self._bench.desk.presence
        if presence is None or self._asking:
            return
        if self._bench.desk.link.away_since is not None:
            self._take({})
            return
        self._asking = True
        said = dict(self._open)
        mine = [("tracking" if place == "packing" else place, item) for place, item in said.items()]

        def told(others: dict[tuple[str, str], str]) -> None:
            self._asking = False
            if self._open != said:
                self._soon.start()  # opened or closed while this was under way
            elif not self._open and not self._looking:
                self._timer.stop()
            self._take(others)

        def failed(_error: Exception) -> None:
            self._asking = False  # away from the server nobody is seen
            told({})

        self._bench.work.run(self, lambda: presence.refresh(mine), told, failed)

    def _take(self, others: dict[tuple[str, str], str]) -> None:
        if others != self.others:
            self.others = others
            self.changed.emit()


def presence_of(bench: Bench) -> PresenceDesk:
    """Return the one of this bench, made when first asked for."""
    found = bench.bridge.findChild(PresenceDesk)
    return found if found is not None else PresenceDesk(bench)


class Marks(QObject):
    """Binds a page's list to the presence: says what is open there, and marks what others have open."""

    def __init__(
        self, page: Page, place: str, model: RowsModel[Any], item: Callable[[Any], str], words: Callable[[str], str]
    ) -> None:
        super().__init__(page)
        self._presence = presence_of(page.bench)
        self._place = place
        self._model = model
        self._seen = False
        self._item = ""
        self._item_of = item
        if page.desk.presence is None:
            return
        page.installEventFilter(self)
        model.mark = lambda found: self._presence.name(place, item(found))
        model.mark_words = words
        self._presence.changed.connect(model.remark)

    def open(self, item: str) -> None:
        """This item is open here now."""
        self._item = item
        if self._seen:
            self._presence.open(self._place, item)

    @Slot(object)
    def show(self, found: Any) -> None:
        """This row is open here now; None lets go."""
        self.open("" if found is None else self._item_of(found))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page is seen, or isn't any more."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide}:
            self._seen = event.type() == QEvent.Type.Show
            self._presence.watch(self._place, self._seen)
            if self._seen:
                self._presence.open(self._place, self._item)
        return super().eventFilter(watched, event)
