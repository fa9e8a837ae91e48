"""A throw-away PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg

from tests.servers.server import PASSWORD, Server


class PostgreSql(Server):
    """Durability off: nothing in it is worth keeping."""

    package = "postgresql"
    needs = ("initdb", "postgres")
    end_signal = "INT"
    folders = (*sorted((str(one) for one in Path("/usr/lib/postgresql").glob("*/bin")), reverse=True), "/usr/bin")

    def prepare(self) -> None:
        word = self.folder / "word"
        word.write_text(PASSWORD)
        self.own()
        data = str(self.folder / "data")
        more = ["-E", "UTF8", "--locale", "C.UTF-8", "-N"]
        self.run(
            [self.program("initdb"), "-D", data, "-U", "otimo", "-A", "scram-sha-256", "--pwfile", str(word), *more]
        )

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "full_page_writes": "off",
            "shared_buffers": "16MB",
            "max_connections": "60",
            "autovacuum": "off",
            "password_encryption": "scram-sha-256",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [self.program("postgres"), "-D", str(self.folder / "data"), *options]

    def connect(self, database: str = "postgres") -> Any:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="otimo", password=PASSWORD, dbname=database, autocommit=True
        )

    def ping(self) -> None:
        self.connect().close()

    def new_database(self) -> str:
        name = f"loja_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://otimo:{PASSWORD}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, address: str) -> None:
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE {address.rpartition('/')[2]} WITH (FORCE)")
