"""Real database servers of the tests' own: from Debian's packages, in a temporary folder, on a free loopback port.

One of a kind for the whole session, a database for each test. They run as somebody without rights where the tests run
as root, end with the test process whatever becomes of it, and leave nothing behind.
"""

from __future__ import annotations

from typing import Final

from tests.servers.firebird import Firebird
from tests.servers.mariadb import MariaDb
from tests.servers.postgresql import PostgreSql
from tests.servers.server import NotInstalledError, Server

KINDS: Final[dict[str, type[Server]]] = {"firebird": Firebird, "mariadb": MariaDb, "postgresql": PostgreSql}

RUNNING: Final = "OTIMO_TEST_SERVERS"
"""Environment variable with the servers that run already, as `python -m tests.servers` tells them."""

__all__ = ["KINDS", "RUNNING", "NotInstalledError", "Server"]
