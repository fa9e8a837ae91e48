"""A throw-away MariaDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymysql

from tests.servers.server import PASSWORD, Server
from tests.support.tls import AUTHORITY, certificate


class MariaDb(Server):
    """Durability off: nothing in it is worth keeping. Offers TLS, as MySQL and MariaDB do by themselves these days."""

    package = "mariadb-server"
    needs = ("mariadbd", "mariadb-install-db")

    @property
    def authority(self) -> Path:
        """The file of the certificate, for `localhost`, that vouches for it."""
        return self.folder / AUTHORITY

    def prepare(self) -> None:
        (self.folder / "tmp").mkdir()
        init = self.folder / "init.sql"
        init.write_text(
            f"CREATE USER otimo@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
            "GRANT ALL ON *.* TO otimo@'127.0.0.1' WITH GRANT OPTION;\n"
        )
        _, self._key = certificate(self.folder)
        self.own()
        self.run(
            [
                self.program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={self.folder / 'data'}",
                f"--tmpdir={self.folder / 'tmp'}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ]
        )

    def command(self) -> list[str]:
        return [
            self.program("mariadbd"),
            "--no-defaults",
            f"--datadir={self.folder / 'data'}",
            f"--tmpdir={self.folder / 'tmp'}",
            f"--socket={self.folder / 'socket'}",
            f"--pid-file={self.folder / 'pid'}",
            f"--port={self.port}",
            "--bind-address=127.0.0.1",
            f"--init-file={self.folder / 'init.sql'}",
            "--skip-name-resolve",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-flush-method=nosync",
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=16M",
            "--skip-log-bin",
            f"--ssl-cert={self.authority}",
            f"--ssl-key={self._key}",
            "--performance-schema=off",
            "--character-set-server=utf8mb4",
        ]

    def connect(self, database: str | None = None) -> Any:
        return pymysql.connect(
            host="127.0.0.1",
            port=self.port,
            user="otimo",
            password=PASSWORD,
            database=database,
            autocommit=True,
            ssl_disabled=True,
        )

    def ping(self) -> None:
        self.connect().close()

    def new_database(self) -> str:
        name = f"loja_{next(self._numbers)}"
        with self.connect() as connection:
            connection.cursor().execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return f"mariadb://otimo:{PASSWORD}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, address: str) -> None:
        with self.connect() as connection:
            connection.cursor().execute(f"DROP DATABASE {address.rpartition('/')[2]}")
