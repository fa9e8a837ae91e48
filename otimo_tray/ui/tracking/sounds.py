"""Plays success, attention and error while parcels are scanned; as loud as the packer chose, on this PC."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from otimo_tray.desktop.sound import TONES, Sound, Volume, play
from otimo_tray.ui.text import translate

BEEP_GAP_MS = 170
"""Where the system only beeps: one for success, two for attention, three for an error."""
_KEY = "tracking/volume"
Player = Callable[[Path, Sound, Volume], bool]


class Sounds(QObject):
    """The sounds of one window.

    Args:
        parent: whose life it shares.
        layout: where the volume is remembered.
        folder: where the sounds' files are kept.
        player: plays one; False when the system can't.
    """

    def __init__(self, parent: QObject, layout: QSettings, folder: Path, player: Player = play) -> None:
        super().__init__(parent)
        self._layout = layout
        self._folder = folder
        self._player = player
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BEEP_GAP_MS)
        self._timer.timeout.connect(self._beep)

    @property
    def volume(self) -> Volume:
        """How loud it is."""
        kept = str(self._layout.value(_KEY, Volume.NORMAL.value))
        return Volume(kept) if kept in set(Volume) else Volume.NORMAL

    def set_volume(self, volume: Volume) -> None:
        """Choose, and hear how loud that is."""
        self._layout.setValue(_KEY, volume.value)
        self.play(Sound.SUCCESS)

    def play(self, sound: Sound) -> None:
        """Play a sound and go on at once; a newer one ends the one before."""
        self._timer.stop()
        if not self._player(self._folder, sound, self.volume):
            self._left = sum(1 for hertz, _ in TONES[sound] if hertz)
            self._beep()

    def _beep(self) -> None:
        QApplication.beep()
        self._left -= 1
        if self._left > 0:
            self._timer.start()
        else:
            self._timer.stop()

    def fill(self, menu: QMenu) -> None:
        """Put the volumes into a menu, the present one checked."""
        menu.clear()
        for volume, title in (
            (Volume.OFF, translate("Sounds", "&Sem som")),
            (Volume.LOW, translate("Sounds", "&Baixo")),
            (Volume.NORMAL, translate("Sounds", "&Normal")),
            (Volume.LOUD, translate("Sounds", "&Alto")),
        ):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(volume is self.volume)
            action.triggered.connect(lambda _=False, volume=volume: self.set_volume(volume))
