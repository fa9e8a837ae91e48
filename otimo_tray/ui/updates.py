"""Tells the person of a newer version that is there and checked, and installs it on their word."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from otimo_tray.desktop.updates import Release, UpdateRefused
from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import MessageBar
from otimo_tray.ui.work import Work

FIRST_MS = 60_000
"""The start of the PC is busy enough without a download."""
EVERY_MS = 3_600_000
"""How often it is asked whether a day has passed."""
ENDED_MS = 1_000
_STAYS_S = 14 * 24 * 3600


class Watch(Protocol):
    """What `desktop.update_watch.UpdateWatch` does, for this module. Both may block and raise UpdateRefused."""

    def look(self) -> Release | None: ...
    def install(self, release: Release) -> subprocess.Popen[bytes]: ...


class UpdateDesk(QObject):
    """Asks the watch now and then, in a worker, and shows what it found.

    Args:
        watch: looks and installs.
        work: the workers.
        sentence: the words for a refusal.
        balloon: shows a notification: title, text, page.
        parent: whoever owns it.
    """

    def __init__(
        self,
        watch: Watch,
        work: Work,
        sentence: Callable[[Exception], str],
        balloon: Callable[[str, str, str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._work = work
        self._sentence = sentence
        self._balloon = balloon
        self._bar: MessageBar | None = None
        self._release: Release | None = None
        self._setup: subprocess.Popen[bytes] | None = None
        self._show: Callable[[], None] = lambda: None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._ended = QTimer(self)
        self._ended.setInterval(ENDED_MS)
        self._ended.timeout.connect(self._has_ended)

    def start(self) -> None:
        """Begin to look now and then."""
        self._timer.start(FIRST_MS)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._ended.stop()

    def attach(self, bar: MessageBar) -> None:
        """The window is there: show in it what there is to tell."""
        self._bar = bar
        self._show()

    def look(self) -> None:
        """Look now, if a day has passed."""
        self._work.run(self, self._watch.look, self._found, self._refused)
        self._timer.start(EVERY_MS)

    def _found(self, release: Release | None) -> None:
        if release is None or release == self._release or self._setup is not None:
            return
        self._release = release
        self._tell(self._offer)
        self._balloon(
            self.tr("Nova versão pronta"),
            self.tr("A versão {version} foi baixada e conferida. Instale quando quiser.").format(
                version=release.version
            ),
            "",
        )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UpdateRefused):
            raise error
        self._release = None
        said = self._sentence(error)
        self._tell(lambda: self._complain(said))

    def _tell(self, show: Callable[[], None]) -> None:
        self._show = show
        show()

    def _complain(self, said: str) -> None:
        if self._bar is not None:
            self._bar.say(said, tone=Tone.BAD)

    def _offer(self) -> None:
        if self._bar is None or self._release is None:
            return
        text = self.tr("A versão {version} está pronta. Ao instalar, o programa fecha e volta sozinho em um minuto.")
        self._bar.say(
            text.format(version=self._release.version),
            action=self.tr("&Instalar agora"),
            todo=self._install,
            seconds=_STAYS_S,
        )

    def _install(self) -> None:
        release = self._release
        if release is None or self._setup is not None:
            return
        self._work.save(self, lambda: self._watch.install(release), self._started, self._refused)

    def _started(self, setup: subprocess.Popen[bytes]) -> None:
        self._setup = setup
        self._tell(self._installing)
        self._ended.start()

    def _installing(self) -> None:
        if self._bar is not None:
            self._bar.say(self.tr("Testando a nova versão neste PC e instalando…"), seconds=_STAYS_S)

    def _has_ended(self) -> None:
        """The installer closes us when it goes well; that it ended and we are here means that it didn't."""
        code = self._setup.poll() if self._setup is not None else None
        if code is None:
            return
        self._ended.stop()
        self._setup = None
        self._refused(UpdateRefused("setup", detail=str(code)))
