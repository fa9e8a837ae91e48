"""Rigs of the database connector: the shipped DDL over an ERP's tables, in SQLite and in real servers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Generator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database import DatabaseErp, open_database_erp
from otimo_tray.erp.database.address import parse_address
from otimo_tray.erp.database.flavours import flavour_of
from tests.servers import Server
from tests.servers.door import Door
from tests.support.clock import FakeClock

ZONE = ZoneInfo("America/Sao_Paulo")
DDL = Path(__file__).parents[2] / "resources" / "erp"
Cells = tuple[str | None, ...]
Line = tuple[str, int, Decimal, Decimal]

_PRODUCTS = {
    "sqlite": "TEXT",
    "firebird": "VARCHAR(6000) CHARACTER SET UTF8",
    "mariadb": "TEXT",
    "postgresql": "TEXT",
}
_XML = {
    "sqlite": "BLOB",
    "firebird": "BLOB SUB_TYPE TEXT CHARACTER SET UTF8",
    "mariadb": "LONGBLOB",
    "postgresql": "BYTEA",
}


def tables_of(kind: str) -> list[str]:
    """An ERP's own tables, as sloppy as ERPs are: everything is text."""
    text, short = _PRODUCTS[kind], "VARCHAR(60)"
    columns = ["codigo", "saldo", "preco", "preco_promocional", "promocao_inicio", "promocao_fim"]
    products = ", ".join([*(f"{name} {short}" for name in columns), f"descricao {text}", f"ean {short}"])
    notes = ", ".join(
        f"{name} {short}"
        for name in (
            "alterado",
            "pedido",
            "numero",
            "serie",
            "data",
            "chave",
            "cnpj",
            "documento",
            "total",
            "cancelada",
        )
    )
    if kind == "mariadb":
        notes = notes.replace("data VARCHAR", "`data` VARCHAR")
    return [
        f"CREATE TABLE produto ({products})",
        f"CREATE TABLE nota (id BIGINT NOT NULL PRIMARY KEY, xml {_XML[kind]}, {notes})",
    ]


def statements(script: str) -> list[str]:
    """A DDL file's statements, as any tool splits them."""
    bare = re.sub(r"--[^\n]*", "", script)
    return [one.strip() for one in bare.split(";") if one.strip()]


def set_up(address: str, kind: str) -> sa.Engine:
    """The ERP's tables and the shipped DDL in a new database; answers the ERP's own engine."""
    engine = flavour_of(parse_address(address), 30).engine()
    with engine.connect() as connection:
        for statement in [*tables_of(kind), *statements((DDL / f"{kind}.sql").read_text("utf-8"))]:
            connection.exec_driver_sql(statement)
            connection.commit()
    return engine


class DatabaseRig:
    """The connector on one database; `door` stands between it and a server."""

    def __init__(self, folder: Path, kind: str, server: Server | None = None) -> None:
        self.clock = FakeClock()
        self.kind = kind
        self._notes = 0
        self.file = folder / "erp.sqlite"
        self.door: Door | None = None
        self.server = server
        if server is None:
            self.file.touch()
            self.address = f"sqlite:///{self.file}"
            self.direct = self.address
        else:
            self.direct = server.new_database()
            self.door = Door(server.port)
            self.address = self.direct.replace(f":{server.port}/", f":{self.door.port}/")
        self.engine = set_up(self.direct, kind)
        if kind == "sqlite":
            with self.write() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = DELETE")

    def close(self) -> None:
        self.engine.dispose()
        if self.door is not None and self.server is not None:
            self.door.close()
            self.server.drop_database(self.direct)

    @contextlib.contextmanager
    def write(self) -> Generator[sa.Connection]:
        """The ERP at work."""
        with self.engine.connect() as connection:
            yield connection
            connection.commit()

    def open(self, **settings: Any) -> DatabaseErp:
        return open_database_erp(ErpSettings(kind="database", **settings), self.address, ZONE, self.clock)

    def put_stock(self, rows: Sequence[Cells]) -> None:
        self.clock.advance(60)
        with self.write() as connection:
            if self.kind == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.execute(sa.text("DELETE FROM produto"))
            if not rows:
                return
            columns = "codigo, saldo, preco, preco_promocional, promocao_inicio, promocao_fim, descricao, ean"
            if self.kind == "firebird" and len(rows) > 100:
                self._many(connection, rows, columns)
                return
            marks = ", ".join(f":c{place}" for place in range(8))
            connection.execute(
                sa.text(f"INSERT INTO produto ({columns}) VALUES ({marks})"),
                [{f"c{place}": cell for place, cell in enumerate(row)} for row in rows],
            )

    @staticmethod
    def _many(connection: sa.Connection, rows: Sequence[Cells], columns: str) -> None:
        """Firebird 3 takes a row a round trip, or a block of them as a program."""
        for start in range(0, len(rows), 150):
            lines = [
                f"INSERT INTO produto ({columns}) VALUES ({', '.join(_literal(cell) for cell in row)});"
                for row in rows[start : start + 150]
            ]
            connection.execution_options(no_parameters=True).exec_driver_sql(
                "EXECUTE BLOCK AS BEGIN " + " ".join(lines) + " END"
            )

    def orders(self) -> dict[str, list[list[Line]]]:
        found: dict[str, list[list[Line]]] = {}
        with self.engine.connect() as connection:
            for key, hub_id in connection.execute(sa.text("SELECT chave, id_pluggto FROM otimo_pedidos")).all():
                lines = connection.execute(
                    sa.text(
                        "SELECT codigo, quantidade, preco_unitario, total_linha FROM otimo_pedidos_itens"
                        " WHERE chave = :chave ORDER BY linha"
                    ),
                    {"chave": key},
                ).all()
                copy = [(code, n, Decimal(str(unit)), Decimal(str(total))) for code, n, unit, total in lines]
                found.setdefault(hub_id, []).append(copy)
            connection.rollback()
        return found

    def add_invoice(self, xml: bytes) -> None:
        self._notes += 1
        with self.write() as connection:
            value: bytes | str = xml.decode("utf-8") if self.kind == "firebird" else xml
            connection.execute(
                sa.text("INSERT INTO nota (id, xml) VALUES (:id, :xml)"), {"id": self._notes, "xml": value}
            )

    @contextlib.contextmanager
    def failing(self, step: int, *, after: bool) -> Generator[list[int]]:
        steps = [0]
        kind = type(self.engine.dialect)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("do_execute", "do_executemany", "do_execute_no_params", "do_commit"):
                patch.setattr(kind, name, self._failing(getattr(kind, name), steps, step, after))
            yield steps

    def _failing(self, real: Callable[..., Any], steps: list[int], step: int, after: bool) -> Callable[..., Any]:
        dbapi: Any = self.engine.dialect.dbapi

        def call(*arguments: Any, **keywords: Any) -> Any:
            number, steps[0] = steps[0], steps[0] + 1
            if number == step and not after:
                raise dbapi.OperationalError("server closed the connection")
            answer = real(*arguments, **keywords)
            if number == step:
                raise dbapi.OperationalError("server closed the connection")
            return answer

        return call

    @contextlib.contextmanager
    def away(self) -> Generator[None]:
        if self.door is not None:
            self.door.set("shut")
            try:
                yield
            finally:
                self.door.set("open")
            return
        hidden = self.file.with_suffix(".hidden")
        self.file.rename(hidden)
        try:
            yield
        finally:
            hidden.rename(self.file)


def _literal(cell: str | None) -> str:
    return "NULL" if cell is None else "'" + cell.replace("'", "''") + "'"


def database_rig(kind: str, folder: Path, request: pytest.FixtureRequest) -> DatabaseRig:
    """A rig of one kind, on the session's server where it needs one."""
    server: Server | None = None if kind == "sqlite" else request.getfixturevalue(f"{kind}_server")
    return DatabaseRig(folder, kind, server)
