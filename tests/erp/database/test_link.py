"""The way into the database keeps to itself: what it does to logs and connections touches nobody else's."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from otimo_tray.erp.database.address import parse_address
from otimo_tray.erp.database.flavours import flavour_of
from otimo_tray.erp.database.link import Link
from otimo_tray.errors import ErpAway
from tests.contract.database_rigs import DatabaseRig, database_rig


def break_off(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that can't be closed orderly."""

    def fails(connection: Any) -> None:
        connection.close()
        raise RuntimeError("the line is broken")

    connection = engine.connect()
    for name in ("do_close", "do_terminate"):
        monkeypatch.setattr(engine.dialect, name, fails)
    connection.invalidate()
    connection.close()


@pytest.mark.logs_errors("Exception terminating connection")
def test_a_broken_line_is_told_by_our_error_and_other_engines_logs_stay_as_they_are(
    sqlite_rig: DatabaseRig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    for name in ("sqlalchemy", "sqlalchemy.pool", "sqlalchemy.pool.impl", "sqlalchemy.pool.impl.NullPool"):
        assert logging.getLogger(name).level in {logging.NOTSET, logging.WARNING}, name
    ours = flavour_of(parse_address(sqlite_rig.address), 5).engine()
    break_off(ours, monkeypatch)
    assert caplog.records == []

    other = sa.create_engine(sqlite_rig.address, poolclass=NullPool)
    break_off(other, monkeypatch)
    assert [record.name for record in caplog.records] == ["sqlalchemy.pool.impl.NullPool"]
    ours.dispose()
    other.dispose()


def test_a_line_that_breaks_says_so_once_and_nothing_else(
    server_rig: DatabaseRig, caplog: pytest.LogCaptureFixture
) -> None:
    link = Link(flavour_of(parse_address(server_rig.address), 5))

    def read() -> None:
        with link.reading("produto") as connection:
            link.flavour.cut(connection.connection.dbapi_connection)
            connection.exec_driver_sql("SELECT codigo FROM produto")

    with pytest.raises(ErpAway, match="E-210"):
        read()

    assert caplog.records == []
    link.close()


def test_mariadb_is_reached_by_tls_without_reading_the_systems_certificates(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = database_rig("mariadb", tmp_path, request)

    def reads(**_: object) -> None:
        pytest.fail("the system's certificates were read")

    monkeypatch.setattr(ssl, "create_default_context", reads)
    link = Link(flavour_of(parse_address(rig.address), 5))
    for _ in range(2):
        with link.reading("produto") as connection:
            name, cipher = connection.exec_driver_sql("SHOW STATUS LIKE 'Ssl_cipher'").one()
            assert (name, bool(cipher)) == ("Ssl_cipher", True)
    link.close()
    rig.close()
