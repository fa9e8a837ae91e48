"""Puts used files into *processados* and refused ones, with the reason beside them, into *recusados*; deletes none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.erp.folder.files import Disk, free_name
from otimo_tray.erp.folder.layout import Layout
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock

Explain = Callable[[OtimoError], str]
"""Turns an error into sentences for the shop."""

_FALLBACK: Final = "Este arquivo foi recusado e nada dele foi usado.\nCódigo: {code}\nDetalhes: {details}\n"


def plain_explanation(error: OtimoError) -> str:
    """The reason without the catalogue of words: code and details, in Portuguese."""
    details = "; ".join(f"{key}: {value}" for key, value in error.params.items() if value != "")
    return _FALLBACK.format(code=error.code, details=details)


class Shelf:
    """The two folders beside the incoming files. A move that fails now is no error: the file stays where it was."""

    def __init__(self, layout: Layout, clock: Clock, zone: ZoneInfo, disk: Disk, explain: Explain) -> None:
        self._layout = layout
        self._clock = clock
        self._zone = zone
        self._disk = disk
        self._explain = explain

    def put_away(self, path: Path, error: OtimoError | None) -> bool:
        """Moves a file; False when it couldn't be moved now (open in Excel, share away)."""
        now = self._clock.now().astimezone(self._zone)
        folder = self._layout.processed if error is None else self._layout.refused
        try:
            self._disk.make_folder(folder)
            target = free_name(folder, path.name, f"{now:%Y%m%d-%H%M%S}")
            if error is not None:
                # First the reason, so that a file in *recusados* is never without one.
                text = f"{path.name}\r\n{now:%d/%m/%Y %H:%M}\r\n\r\n" + self._explain(error).replace("\n", "\r\n")
                self._disk.write(target.with_name(target.name + ".motivo.txt"), text.encode("utf-8-sig"))
            self._disk.rename(path, target)
        except OSError:
            return False
        return True
