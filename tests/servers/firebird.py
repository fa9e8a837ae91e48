"""A throw-away Firebird, with a root folder of its own that borrows the package's plug-ins."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import firebirdsql

from tests.servers.server import PASSWORD, NotInstalledError, Server


class Firebird(Server):
    """Firebird 3 as Debian has it: the super server, SRP log-in, encrypted wire."""

    package = "firebird3.0-server"
    needs = ("firebird", "isql-fb")

    def prepare(self) -> None:
        roots = sorted(Path("/usr/lib").glob("*/firebird/*/firebird.msg"))
        script = sorted(Path("/usr/share/firebird").glob("*/security.sql"))
        if not roots or not script:
            raise NotInstalledError("Firebird's own files aren't there (Debian package firebird3.0-server).")
        for name in ("plugins", "plugins.conf", "fbtrace.conf", "firebird.msg"):
            (self.folder / name).symlink_to(roots[-1].parent / name)
        (self.folder / "databases.conf").write_text("")
        # A real copy: the server looks for the charsets' library beside the file that names it.
        shutil.copytree(roots[-1].parent / "intl", self.folder / "intl")
        (self.folder / "run").mkdir()
        security = self.folder / "security.fdb"
        (self.folder / "firebird.conf").write_text(
            f"ServerMode = Super\nRemoteServicePort = {self.port}\nRemoteBindAddress = 127.0.0.1\n"
            f"SecurityDatabase = {security}\nAuthServer = Srp\nUserManager = Srp\nWireCrypt = Required\n"
            f"IpcName = otimo{self.port}\nDefaultDbCachePages = 512\n"
        )
        self.own()
        self.run(
            [self.program("isql-fb"), "-user", "SYSDBA", "-q"],
            input=f"CREATE DATABASE '{security}';\n{script[-1].read_text()}\n"
            f"CREATE USER SYSDBA PASSWORD '{PASSWORD}' USING PLUGIN Srp;\nCOMMIT;\n",
        )

    def environment(self) -> dict[str, str]:
        run = str(self.folder / "run")
        return super().environment() | {"FIREBIRD": str(self.folder), "FIREBIRD_LOCK": run, "FIREBIRD_TMP": run}

    def command(self) -> list[str]:
        return [self.program("firebird")]

    def connect(self, database: str, *, new: bool = False) -> Any:
        make = firebirdsql.create_database if new else firebirdsql.connect
        return make(
            host="127.0.0.1",
            port=self.port,
            database=database,
            user="SYSDBA",
            password=PASSWORD,
            charset="UTF8",
            timeout=30,
        )

    def ping(self) -> None:
        try:
            self.connect("none").close()
        except firebirdsql.OperationalError as error:
            if "Unauthorized" in str(error):
                raise

    def new_database(self) -> str:
        if not self.is_own:
            theirs = f"{self.folder.as_posix()}/loja_{next(self._numbers)}.fdb"
            self.connect(theirs, new=True).close()
            return f"firebird://SYSDBA:{PASSWORD}@127.0.0.1:{self.port}/{theirs}"
        empty = self.folder / "empty.fdb"
        if not empty.exists():
            self.connect(str(empty), new=True).close()
            # A database that nobody needs tomorrow doesn't wait for the disk.
            self.run([self.program("gfix"), "-write", "async", "-user", "SYSDBA", str(empty)])
        path = self.folder / f"loja_{next(self._numbers)}.fdb"
        shutil.copyfile(empty, path)
        self.own()
        return f"firebird://SYSDBA:{PASSWORD}@127.0.0.1:{self.port}/{path}"

    def drop_database(self, address: str) -> None:
        path = address.partition(f":{self.port}/")[2]
        self.connect(path).drop_database()
