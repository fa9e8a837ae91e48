"""What the throw-away servers have in common: their folder, port, process, and who they run as."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

PASSWORD = "otimo-secret"
START_S = 60.0


class NotInstalledError(Exception):
    """The server's program isn't on this machine."""


class Server:
    """One server. Sub-classes give its commands.

    Attributes:
        port: where it listens, on 127.0.0.1.
        folder: everything it has.
    """

    package: ClassVar[str] = ""
    needs: ClassVar[tuple[str, ...]] = ()
    folders: ClassVar[tuple[str, ...]] = ("/usr/sbin", "/usr/bin")

    def __init__(self) -> None:
        self.port = 0
        self.folder = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)

    def program(self, name: str) -> str:
        """The path of a program. Raises NotInstalledError."""
        found = shutil.which(name, path=os.pathsep.join([*self.folders, os.environ.get("PATH", "")]))
        if found is None:
            raise NotInstalledError(f"{name} isn't installed (Debian package {self.package}).")
        return found

    def start(self) -> None:
        """Starts it and waits until it answers. Raises NotInstalledError."""
        for name in (*self.needs, "setpriv"):
            self.program(name)
        self.folder = Path(tempfile.mkdtemp(prefix=f"otimo-{type(self).__name__.lower()}-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.prepare()
        with (self.folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                self.as_nobody(self.command(), "--pdeathsig", self.end_signal),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                cwd=self.folder,
            )
        ends = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                text = (self.folder / "server.log").read_text("utf-8", "replace")[-2000:]
                self.stop()
                raise RuntimeError(f"{self.package} did not start: {text}")
            time.sleep(0.05)

    def attach(self, port: int, folder: str) -> None:
        """Uses one that another process started and will end: Windows' Python asks Debian's servers that way."""
        self.port = port
        self.folder = Path(folder)

    @property
    def is_own(self) -> bool:
        """Whether this process started it, and may touch its files."""
        return self._process is not None

    end_signal: ClassVar[str] = "TERM"

    def _answers(self) -> bool:
        try:
            self.ping()
        except Exception:
            return False
        return True

    def stop(self) -> None:
        """Ends it and removes its folder."""
        process = self._process
        if process is not None:
            process.kill()  # nothing in it is worth an orderly end
            process.wait(10)
            self._process = None
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def as_nobody(self, command: Sequence[str], *options: str) -> list[str]:
        """The command under a user without rights, when we are root."""
        before = [self.program("setpriv"), *options]
        if os.geteuid() == 0:
            import pwd  # not on Windows

            nobody = pwd.getpwnam("nobody")
            before += ["--reuid", str(nobody.pw_uid), "--regid", str(nobody.pw_gid), "--clear-groups"]
        return [*before, *command]

    def own(self) -> None:
        """Gives the folder to whoever the server runs as."""
        if os.geteuid() == 0:
            import pwd  # not on Windows

            nobody = pwd.getpwnam("nobody")
            for path in [self.folder, *self.folder.rglob("*")]:
                with contextlib.suppress(OSError):
                    os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)

    def run(self, command: Sequence[str], **keywords: str) -> None:
        """Runs one of its tools to the end."""
        result = subprocess.run(
            self.as_nobody(command),
            capture_output=True,
            check=False,
            env=self.environment(),
            cwd=self.folder,
            text=True,
            input=keywords.get("input", ""),
            timeout=START_S,
        )
        if result.returncode != 0:
            raise RuntimeError(f"{command[0]}: {result.stdout}{result.stderr}")

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def prepare(self) -> None:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def ping(self) -> None:
        """Raises while it isn't ready."""
        raise NotImplementedError

    def new_database(self) -> str:
        """Makes an empty database; answers its address with user and password."""
        raise NotImplementedError

    def drop_database(self, address: str) -> None:
        """Removes one again."""
