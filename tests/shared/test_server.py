"""How a server is reached, what is told when it can't be, and what becomes of connections that died."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.store import StateStore
from otimo_tray.store.shared import faults, patience, server
from otimo_tray.store.shared.opening import open_shared_store
from otimo_tray.store.shared.server import Server, is_loopback
from otimo_tray.store.shared.servers import Servers
from otimo_tray.words import sentence
from tests.servers import Server as RealServer
from tests.servers.door import Door
from tests.servers.postgresql import PostgreSql
from tests.servers.server import PASSWORD
from tests.store.shared import Schemas
from tests.support.clock import FakeClock
from tests.support.tls import certificate

SECRET = "hunter2-geheim"


def refused(made: Server) -> StoreAway:
    try:
        with pytest.raises(StoreAway) as caught:
            made.check()
    finally:
        made.close()
    for told in (str(caught.value), repr(caught.value), repr(made), str(caught.value.__context__)):
        assert SECRET not in told
        assert PASSWORD not in told
    for language in ("pt_BR", "en"):
        assert "{" not in sentence(caught.value.code, caught.value.params, language).line
    return caught.value


@pytest.fixture
def door(postgresql_server: RealServer) -> Generator[Door]:
    made = Door(postgresql_server.port)
    yield made
    made.close()


def test_each_fault_has_its_own_sentence(postgresql_server: RealServer) -> None:
    port = postgresql_server.port
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, but nobody listens
        told = {
            "host": refused(Server(f"postgresql://otimo@nada.invalid:{port}/postgres", SECRET)).code,
            "refused": refused(Server(f"postgresql://otimo@127.0.0.1:{nobody.getsockname()[1]}/x", SECRET)).code,
            "password": refused(Server(f"postgresql://otimo@127.0.0.1:{port}/postgres", SECRET)).code,
            "user": refused(Server(f"postgresql://ninguem@127.0.0.1:{port}/postgres", SECRET)).code,
            "database": refused(Server(f"postgresql://otimo@127.0.0.1:{port}/nenhum", PASSWORD)).code,
        }
    assert told == {"host": "L-330", "refused": "L-331", "password": "L-332", "user": "L-332", "database": "L-333"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('FATAL:  autenticação do tipo senha falhou para usuário "ana"', "L-332"),
        ('FATAL:  banco de dados "loja" não existe', "L-333"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.7", user "ana", database "loja", no encryption', "L-332"),
        ("FATAL:  sorry, too many clients already", "L-337"),
        ("FATAL:  the database system is starting up", "L-337"),
        ("could not receive data: Connection timed out", "L-336"),
        ("session is read-only", "L-339"),
        ("server does not support SSL, but SSL was required", "L-335"),
        ('server certificate for "x" does not match host name "y"', "L-335"),
        ("something never heard of", "L-331"),
    ],
)
def test_an_attempt_to_connect_is_judged_by_the_servers_words(words: str, code: str) -> None:
    error = psycopg.OperationalError(f'connection failed: connection to server at "10.0.0.7" failed: {words}')
    told = faults.translated(error, "10.0.0.7")
    assert told is not None
    assert told.code == code


@pytest.mark.parametrize(
    "address", ["", "oracle://a@b/c", "postgresql:///db", "postgresql://ana@servidor", f"postgresql://ana:{SECRET}@s"]
)
def test_what_is_no_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Server(address, SECRET)
    assert caught.value.code == "C-405"
    assert SECRET not in f"{caught.value} {caught.value.params}"


def test_only_this_computer_is_reached_without_tls() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LocalHost"))
    assert not any(is_loopback(host) for host in ("10.0.0.1", "servidor", "localhost.example.com", "::2", ""))
    url = server._url("postgresql://ana@servidor:5433/loja")
    asked = server._parameters(url, "x", "")
    assert (asked["sslmode"], asked["port"], asked["connect_timeout"]) == ("verify-full", 5433, 5)
    assert Path(asked["sslrootcert"]).is_file()  # the driver's own OpenSSL knows no authority
    assert server._parameters(url, "x", "/loja/ca.pem")["sslrootcert"] == "/loja/ca.pem"
    assert server._parameters(server._url("postgresql://ana@127.0.0.1/loja"), "x", "")["sslmode"] == "prefer"


def test_the_servers_identity_is_verified(
    postgresql_server: RealServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an authority that the shop names, for the very name that it connects to."""
    monkeypatch.setattr(server, "is_loopback", _is_never)
    address = f"postgresql://otimo@localhost:{postgresql_server.port}/postgres"
    assert refused(Server(address, PASSWORD)).code == "L-335"  # the server knows no TLS at all
    authority, key = certificate(tmp_path)
    data = postgresql_server.folder / "data"
    for source, name in ((authority, "server.crt"), (key, "server.key")):
        (data / name).write_bytes(source.read_bytes())
        (data / name).chmod(0o600)
    postgresql_server.own()
    assert isinstance(postgresql_server, PostgreSql)
    outside: Any = postgresql_server.connect()
    try:
        outside.execute("ALTER SYSTEM SET ssl = on")
        outside.execute("SELECT pg_reload_conf()")
        known = Server(address, PASSWORD, ca_file=str(authority))
        _until(lambda: _is_reached(known))
        with known.border(), known.connect() as connection:
            assert connection.pgconn.ssl_in_use
        known.close()
        assert refused(Server(address, PASSWORD)).code == "L-335"  # nobody vouches for it
        by_number = address.replace("localhost", "127.0.0.1")
        assert refused(Server(by_number, PASSWORD, ca_file=str(authority))).code == "L-335"  # another's certificate
        assert refused(Server(address, PASSWORD, ca_file=str(tmp_path / "nothing.pem"))).code == "L-335"
    finally:
        outside.execute("ALTER SYSTEM RESET ssl")
        outside.execute("SELECT pg_reload_conf()")
        outside.close()


def _is_never(_: str) -> bool:
    return False


def _is_reached(made: Server) -> bool:
    try:
        made.check()
    except StoreAway:
        return False
    return True


def _until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends


def test_connections_that_died_are_replaced_at_the_next_call(schemas: Schemas, shared_store: StateStore) -> None:
    shared_store.facts.set("a", "1")
    killed = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'otimo-tray'"
    database: Any = shared_store.database
    assert schemas.rows(database, killed)[0][0] >= 1
    assert shared_store.facts.get("a") == "1"
    schemas.rows(database, killed)
    shared_store.facts.set("a", "2")
    assert shared_store.facts.get("a") == "2"


def test_a_connection_that_dies_in_a_transaction_leaves_nothing(schemas: Schemas, shared_store: StateStore) -> None:
    database: Any = shared_store.database

    def broken() -> None:
        with shared_store.batch():
            shared_store.facts.set("a", "1")
            with database.read() as connection:
                pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            schemas.rows(database, "SELECT pg_terminate_backend(?)", pid)
            shared_store.facts.set("b", "1")

    with pytest.raises(StoreAway) as caught:
        broken()
    assert caught.value.code == "L-338"
    assert schemas.rows(database, "SELECT count(*) FROM fact") == [(0,)]
    shared_store.facts.set("c", "1")
    assert shared_store.facts.get("c") == "1"


def test_a_server_that_says_nothing_is_not_waited_for(
    schemas: Schemas, door: Door, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience.PatientConnection, "silent_s", 0.3)
    made = Server(schemas.address.replace(f":{schemas.port}/", f":{door.port}/"), PASSWORD)
    store = open_shared_store(made, schemas.lend(), clock)
    try:
        store.facts.set("a", "1")
        door.set("dead")
        with pytest.raises(StoreAway) as caught:
            store.facts.get("a")
        assert caught.value.code == "L-336"
        door.set("cut")
        door.set("shut")
        with pytest.raises(StoreAway) as caught:
            store.facts.get("a")
        assert caught.value.code in ("L-331", "L-338")
        door.set("open")
        assert store.facts.get("a") == "1"
    finally:
        store.close()
        made.close()
        schemas.give_back(store)


def test_a_desk_that_hangs_in_a_transaction_keeps_nobody_from_writing(
    schemas: Schemas, shared_store: StateStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that froze with the writers' lock: the server ends its session."""
    monkeypatch.setattr(server, "IDLE_S", 0.3)
    made = Server(schemas.address, PASSWORD)
    database: Any = shared_store.database
    frozen = open_shared_store(made, database.schema, clock)

    def freeze() -> None:
        with frozen.batch():
            frozen.facts.set("a", "frozen")
            shared_store.facts.set("b", "1")  # waits for the lock, and gets it
            frozen.facts.set("a", "thawed")

    try:
        with pytest.raises(StoreAway) as caught:
            freeze()
        assert caught.value.code == "L-338"
        assert (shared_store.facts.get("a"), shared_store.facts.get("b")) == (None, "1")
        frozen.facts.set("a", "again")
    finally:
        made.close()


def test_a_server_that_is_of_no_use_is_told(schemas: Schemas) -> None:
    """Another encoding would lose letters; a stand-by takes no writes."""
    schemas.run("CREATE DATABASE latim ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    schemas.run("CREATE DATABASE so_leitura")
    schemas.run("ALTER DATABASE so_leitura SET default_transaction_read_only = on")
    try:
        for name in ("latim", "so_leitura"):
            assert refused(Server(schemas.address.replace("/postgres", f"/{name}"), PASSWORD)).code == "L-339"
    finally:
        schemas.run("DROP DATABASE latim WITH (FORCE)")
        schemas.run("DROP DATABASE so_leitura WITH (FORCE)")


def test_an_old_server_is_told(schemas: Schemas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "OLDEST", 990000)
    told = refused(Server(schemas.address, PASSWORD))
    assert told.code == "L-339"
    assert "PostgreSQL" in str(told.params["detail"])


def test_a_rush_for_connections_is_bounded_and_told(schemas: Schemas) -> None:
    made = Server(schemas.address, PASSWORD, pool_size=1, more=1, wait_s=0.05)
    try:
        with made.border(), made.begin("BEGIN"), made.begin("BEGIN"), pytest.raises(StoreAway) as caught:
            _take_another(made)
        assert caught.value.code == "L-337"
    finally:
        made.close()


def _take_another(made: Server) -> None:
    with made.border(), made.begin("BEGIN"):
        raise AssertionError("there was none")


def test_shops_on_one_server_share_its_connections() -> None:
    servers = Servers()
    first, second = servers.lend("postgresql://a@127.0.0.1/x", "p"), servers.lend("postgresql://a@127.0.0.1/x", "p")
    other = servers.lend("postgresql://a@127.0.0.1/x", "q")
    assert first is second
    assert other is not first
    servers.give_back(first)
    assert servers.lend("postgresql://a@127.0.0.1/x", "p") is second
    servers.give_back(second)
    servers.give_back(second)
    fresh = servers.lend("postgresql://a@127.0.0.1/x", "p")
    assert fresh is not second
    for one in (fresh, other):
        servers.give_back(one)
