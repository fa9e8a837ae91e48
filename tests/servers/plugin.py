"""The fixtures that start the servers: one of a kind for the session, only when a test asks for it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator

import pytest

from tests.servers import KINDS, RUNNING, NotInstalledError, Server


def _session(kind: str) -> Generator[Server]:
    server = KINDS[kind]()
    running = json.loads(os.environ.get(RUNNING, "{}"))
    if kind in running:
        server.attach(**running[kind])
        yield server
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("the database servers of the tests are Debian's: this part is tested there")
    try:
        server.start()
    except NotInstalledError as error:
        if os.environ.get("OTIMO_STRICT"):
            raise
        pytest.skip(f"{error} `python3 installer/dev.py test` installs it.")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def firebird_server() -> Generator[Server]:
    yield from _session("firebird")


@pytest.fixture(scope="session")
def mariadb_server() -> Generator[Server]:
    yield from _session("mariadb")


@pytest.fixture(scope="session")
def postgresql_server() -> Generator[Server]:
    yield from _session("postgresql")
