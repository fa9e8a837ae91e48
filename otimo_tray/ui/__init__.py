"""The windows and the tray icon, in Portuguese; the only package that knows Qt.

PySide6 reads the source text of every module that is imported after it, to see whether the module uses PySide's
`__feature__` switches, and Python's `linecache` keeps all of it: 20 MB, and a fifth of the start. No module here or
behind us uses the switches, so the question is answered before it is asked.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  # pyright: ignore[reportUnusedImport]  # first of all: later ones aren't read


def _uses_no_switches(module: object) -> bool:
    del module
    return False


_feature = sys.modules.get("shibokensupport.feature")
if hasattr(_feature, "_mod_uses_pyside"):
    setattr(_feature, "_mod_uses_pyside", _uses_no_switches)  # noqa: B010
