"""Starting the windows reads no source texts into memory."""

from __future__ import annotations

import subprocess
import sys

_LOOK = """
import linecache
import otimo_tray.ui.app, sqlalchemy, requests
print(sum(len(line) for entry in linecache.cache.values() if len(entry) > 2 for line in entry[2]))
"""


def test_no_module_is_read_as_text_because_of_pyside() -> None:
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 1_000_000
