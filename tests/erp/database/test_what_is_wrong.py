"""Each way a connection can be wrong has its own code and a sentence that an implementer can act on."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database import open_database_erp
from otimo_tray.erp.database.address import parse_address
from otimo_tray.erp.database.flavours import Flavour, flavour_of
from otimo_tray.errors import ErpAway, OtimoError
from otimo_tray.words import sentence
from tests.contract.database_rigs import ZONE, DatabaseRig, database_rig
from tests.contract.test_erp import an_order
from tests.servers.mariadb import MariaDb
from tests.servers.postgresql import PostgreSql
from tests.servers.server import PASSWORD
from tests.support.clock import FakeClock

KINDS = ("firebird", "mariadb", "mssql", "postgresql")


def errors(rig: DatabaseRig, address: str | None = None) -> dict[str, OtimoError]:
    """What the check says, by its name; each error has its sentence in both languages, with everything filled in."""
    erp = open_database_erp(ErpSettings(kind="database", timeout_s=5.0), address or rig.address, ZONE, rig.clock)
    found = {result.name: result.error for result in erp.check() if result.error is not None}
    erp.close()
    for error in found.values():
        for language in ("pt_BR", "en"):
            line = sentence(error.code, error.params, language).line
            assert "?" not in line.replace("?charset", ""), line
            assert PASSWORD not in f"{line} {error.raw} {error.params}"
    return found


def codes(found: dict[str, OtimoError]) -> dict[str, str]:
    return {name: error.code for name, error in found.items()}


def change(rig: DatabaseRig, *statements: str) -> None:
    for statement in statements:
        with rig.write() as connection:
            connection.exec_driver_sql(statement)


def of_address(address: str, own: dict[str, str] | None = None) -> dict[str, OtimoError]:
    """What the check says of an address without a rig behind it."""
    settings = ErpSettings(kind="database", timeout_s=5.0, queries=own or {})
    erp = open_database_erp(settings, address, ZONE, FakeClock())
    found = {result.name: result.error for result in erp.check() if result.error is not None}
    erp.close()
    return found


ADDRESSES = [f"{kind}://otimo:{PASSWORD}@erp.loja.example/loja" for kind in KINDS]


@pytest.mark.parametrize("address", ADDRESSES, ids=KINDS)
@pytest.mark.parametrize("host", ["erp.loja.example", "a" * 64, "erp..loja"])
def test_the_host(address: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that no host can be called, of which Python says that it has no encoding."""

    def unknown(host: str, *_: object, **__: object) -> None:
        host.encode("idna")
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = of_address(address.replace("erp.loja.example", host))
    assert codes(found) == {"erp_connection": "E-260"}
    assert found["erp_connection"].params == {"host": host}


@pytest.mark.parametrize("address", ADDRESSES, ids=KINDS)
def test_the_driver_that_is_missing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = {"firebird": "firebirdsql", "postgresql": "psycopg", "mariadb": "pymysql", "mssql": "pymssql"}[
        address.partition(":")[0]
    ]
    monkeypatch.setitem(sys.modules, driver, None)
    found = of_address(address)
    assert codes(found) == {"erp_connection": "E-269"}
    params = found["erp_connection"].params
    assert str(params["driver"]).endswith(driver)
    assert params["reason"] == driver


def test_the_port_of_sql_server() -> None:
    """Its driver says the same of everything that is in the way; the port that is tried first says which."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = of_address(f"mssql://sa:{PASSWORD}@127.0.0.1:{port}/loja")
    assert codes(found) == {"erp_connection": "E-261"}
    assert found["erp_connection"].params == {"host": "127.0.0.1", "port": port}


def test_the_port(server_rig: DatabaseRig) -> None:
    assert server_rig.door is not None
    wrong = server_rig.address.replace(f":{server_rig.door.port}/", ":1/")
    found = errors(server_rig, wrong)
    assert codes(found) == {"erp_connection": "E-261"}
    assert found["erp_connection"].params["port"] == 1


def test_the_password(server_rig: DatabaseRig) -> None:
    found = errors(server_rig, server_rig.address.replace(PASSWORD, "errada"))
    assert codes(found) == {"erp_connection": "E-263"}


def test_the_database(rig: DatabaseRig) -> None:
    found = errors(rig, rig.address + "_outra")
    assert codes(found) == {"erp_connection": "E-210" if rig.kind == "sqlite" else "E-264"}


def test_a_view_that_is_missing(rig: DatabaseRig) -> None:
    change(rig, "DROP VIEW otimo_produtos")
    found = errors(rig)
    assert codes(found) == {"erp_items": "E-265"}
    assert found["erp_items"].params["view"] == "otimo_produtos"


def test_the_tables_that_are_missing(rig: DatabaseRig) -> None:
    change(rig, "DROP TABLE otimo_pedidos_itens")
    assert codes(errors(rig)) == {"erp_orders": "E-265"}


def test_a_column_that_is_missing(rig: DatabaseRig) -> None:
    change(rig, "DROP VIEW otimo_produtos", "CREATE VIEW otimo_produtos AS SELECT codigo, preco FROM produto")
    found = errors(rig)
    assert codes(found) == {"erp_items": "E-266"}
    assert found["erp_items"].params == {"view": "otimo_produtos", "missing": "saldo", "found": "codigo, preco"}


def test_a_query_of_the_shops_own_with_a_wrong_name(rig: DatabaseRig) -> None:
    found = of_address(rig.address, {"items": "SELECT codigo, saldu AS saldo FROM produto"})
    assert codes(found) == {"erp_items": "E-266"}
    found = of_address(rig.address, {"items": "SELECT codigo, saldo FROM produtu"})
    assert codes(found) == {"erp_items": "E-265"}


def test_a_column_of_the_tables_that_is_missing(rig: DatabaseRig) -> None:
    change(rig, "DROP TABLE otimo_pedidos_itens", "CREATE TABLE otimo_pedidos_itens (chave VARCHAR(64), linha INTEGER)")
    found = errors(rig)
    assert codes(found) == {"erp_orders": "E-266"}
    assert "preco_unitario" in str(found["erp_orders"].params["missing"])


def test_the_certificate(server_rig: DatabaseRig, tmp_path: Path) -> None:
    """Of another name, and a file that isn't there or is none; of a PostgreSQL that has none."""
    broken = tmp_path / "broken.pem"
    broken.write_text("-----BEGIN CERTIFICATE-----")
    server = server_rig.server
    if isinstance(server, MariaDb):
        good = server_rig.direct.replace("127.0.0.1", "localhost") + f"?ssl_ca={server.authority}"
        assert codes(errors(server_rig, good)) == {}
        options = [f"ssl_ca={server.authority}", f"ssl_ca={tmp_path / 'none.pem'}", f"ssl_ca={broken}"]
    elif isinstance(server, PostgreSql):
        options = ["sslmode=require", f"sslmode=verify-full&sslrootcert={tmp_path / 'none.pem'}"]
    else:
        return  # Firebird encrypts by the password's proof
    for option in options:
        found = errors(server_rig, f"{server_rig.address}?{option}")
        assert codes(found) == {"erp_connection": "E-222"}, option


BROKEN = {
    "sqlite": "SELECT '1' AS codigo, '1' AS saldo, CAST(x'53E36F' AS TEXT) AS descricao",
    "mariadb": "SELECT '1' AS codigo, '1' AS saldo WHERE _utf8mb4 'a' COLLATE utf8mb4_bin ="
    " _utf8mb4 'a' COLLATE utf8mb4_general_ci",
    "firebird": "SELECT '1' AS codigo, '1' AS saldo, CAST(_UTF8 x'F09F9880' AS VARCHAR(9) CHARACTER SET WIN1252)"
    " AS descricao FROM rdb$database",
    "postgresql": "SELECT '1' AS codigo, '1' AS saldo, convert_from('\\x53e36f', 'UTF8') AS descricao",
}


def test_the_charset(rig: DatabaseRig) -> None:
    """Texts that can't be brought into the connection's character set."""
    assert codes(of_address(rig.address, {"items": BROKEN[rig.kind]})) == {"erp_items": "E-268"}


@pytest.mark.parametrize("option", ["firebird?charset=KOI7", "postgresql?options=-c%20client_encoding%3Dkoi7"])
def test_a_charset_that_there_is_not(option: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    kind, _, query = option.partition("?")
    rig = database_rig(kind, tmp_path, request)
    assert codes(errors(rig, f"{rig.address}?{query}")) == {"erp_connection": "E-268"}
    rig.close()


def test_bytes_of_a_postgresql_that_keeps_no_encoding(request: pytest.FixtureRequest) -> None:
    """SQL_ASCII, as old databases are: the first row with an accent of Windows is told."""
    server = request.getfixturevalue("postgresql_server")
    assert isinstance(server, PostgreSql)
    with server.connect() as connection:
        connection.execute("CREATE DATABASE antigo ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    with server.connect("antigo") as connection:
        connection.execute("SET client_encoding = 'SQL_ASCII'")
        connection.execute("CREATE TABLE produto (codigo TEXT, saldo TEXT, descricao TEXT)")
        connection.execute(b"INSERT INTO produto VALUES ('1', '1', 'S\xe3o')")
    address = f"postgresql://otimo:{PASSWORD}@127.0.0.1:{server.port}/antigo"
    found = of_address(address, {"items": "SELECT codigo, saldo, descricao FROM produto"})
    server.drop_database(address)
    assert found["erp_items"].code == "E-268"


def test_no_right(server_rig: DatabaseRig) -> None:
    """A user that may read the products only."""
    kind, name = server_rig.kind, f"leitor{server_rig.address.rpartition('_')[2].split('.')[0]}"
    database = server_rig.direct.rpartition("/")[2]
    change(
        server_rig,
        *{
            "firebird": [
                f"CREATE USER {name} PASSWORD '{PASSWORD}' USING PLUGIN Srp",
                f"GRANT SELECT ON otimo_produtos TO {name}",
                f"GRANT SELECT ON otimo_pedidos TO {name}",
                f"GRANT SELECT ON otimo_pedidos_itens TO {name}",
            ],
            "postgresql": [
                f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'",
                f"GRANT SELECT ON otimo_produtos, otimo_pedidos, otimo_pedidos_itens TO {name}",
            ],
            "mariadb": [
                f"CREATE USER {name}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'",
                f"GRANT SELECT ON {database}.otimo_produtos TO {name}@'127.0.0.1'",
                f"GRANT SELECT ON {database}.otimo_pedidos TO {name}@'127.0.0.1'",
                f"GRANT SELECT ON {database}.otimo_pedidos_itens TO {name}@'127.0.0.1'",
            ],
        }[kind],
    )
    user = "SYSDBA" if kind == "firebird" else "otimo"
    found = errors(server_rig, server_rig.address.replace(f"//{user}:", f"//{name}:"))
    if kind == "postgresql":
        change(server_rig, f"DROP OWNED BY {name}", f"DROP ROLE {name}")
    assert codes(found) == {"erp_invoices": "E-267", "erp_orders": "E-267"}
    assert (found["erp_invoices"].params["right"], found["erp_orders"].params["right"]) == ("read", "write")


def test_a_server_that_hears_but_never_answers(server_rig: DatabaseRig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Flavour, "grace_s", 0.2)
    assert server_rig.door is not None
    server_rig.door.set("dead")
    erp = server_rig.open(timeout_s=0.5)
    with pytest.raises(ErpAway, match="E-262"):
        erp.find_order("1")
    with pytest.raises(ErpAway, match="E-262"):
        erp.import_order(an_order("1"))
    server_rig.door.set("open")
    assert erp.find_order("1") is None
    erp.close()


SLOW = {
    "postgresql": "SELECT '1' AS codigo, '1' AS saldo FROM pg_sleep(60)",
    "mariadb": "SELECT '1' AS codigo, SLEEP(60) AS saldo",
    "firebird": "SELECT '1' AS codigo, COUNT(*) AS saldo FROM rdb$fields a, rdb$fields b, rdb$fields c, rdb$fields d",
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 4000000000)"
    " SELECT '1' AS codigo, COUNT(*) AS saldo FROM n",
}


def test_a_statement_that_takes_too_long_is_broken_off(rig: DatabaseRig, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the server itself, which would go on for nobody if only the line were cut."""
    cut: list[object] = []
    kind = type(flavour_of(parse_address(rig.address), 1.0))
    monkeypatch.setattr(kind, "grace_s", 30.0)
    monkeypatch.setattr(kind, "cut", lambda _, connection: cut.append(connection))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    erp = rig.open(timeout_s=1.0, queries={"items": SLOW[rig.kind]})
    with pytest.raises(ErpAway) as caught:
        list(erp.read_items().chunks())
    assert caught.value.code == "E-262"
    assert cut == []
    assert erp.find_order("1") is None, "and the database is there for the next"
    erp.close()


def test_a_locked_table_is_busy_and_not_waited_for(sqlite_rig: DatabaseRig) -> None:
    with sqlite_rig.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(ErpAway, match="E-215"):
            sqlite_rig.open(timeout_s=1.0).find_order("1")
        connection.rollback()


def test_an_order_that_does_not_fit_is_refused_alone(server_rig: DatabaseRig) -> None:
    from otimo_tray.errors import ErpRefusedOrder

    change(server_rig, "DROP TABLE otimo_pedidos_itens")
    short = "CREATE TABLE otimo_pedidos_itens (chave VARCHAR(64), linha INTEGER, codigo VARCHAR(3), sku VARCHAR(200),"
    change(
        server_rig,
        f"{short} descricao VARCHAR(1000), quantidade INTEGER, preco_unitario NUMERIC(15,4),"
        " total_linha NUMERIC(15,2))",
    )
    erp = server_rig.open()
    with pytest.raises(ErpRefusedOrder, match="E-244"):
        erp.import_order(an_order("1"))
    assert erp.find_order("1") is None, "no half of it stays"
    erp.close()


def test_the_erps_own_number_is_the_reference(rig: DatabaseRig) -> None:
    erp = rig.open()
    assert erp.import_order(an_order("1")).reference == "1"
    with rig.write() as connection:
        connection.execute(sa.text("UPDATE otimo_pedidos SET referencia_erp = '4711'"))
    found = erp.find_order("1")
    assert found is not None
    assert found.reference == "4711"
    erp.close()
