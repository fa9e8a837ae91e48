"""The law of every test: nothing left behind, no network but loopback, no unexpected error in the log.

The watches and fixtures are in `tests.support`; this file settles the surroundings before Qt is loaded.
"""

from __future__ import annotations

from tests.support import surroundings

surroundings.settle()

pytest_plugins = [
    "tests.support.watch",
    "tests.support.fixtures",
    "tests.servers.plugin",
]
