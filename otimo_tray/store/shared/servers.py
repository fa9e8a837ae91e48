"""The servers of this process: all its shops on one server share its few connections."""

from __future__ import annotations

import hashlib
import threading
from typing import Final

from otimo_tray.store.shared.server import Server

_Key = tuple[str, bytes, str]


class Servers:
    """Lends one `Server` for each address, password and CA file; the last who gives it back closes it."""

    def __init__(self, *, pool_size: int = 4, more: int = 4) -> None:
        self.pool_size = pool_size
        """Connections that a server opened from now on keeps."""
        self.more = more
        self._lock = threading.Lock()
        self._lent: dict[_Key, tuple[Server, int]] = {}

    def lend(self, address: str, password: str, ca_file: str = "") -> Server:
        """Connects to nothing yet. Raises ConfigurationError C-405."""
        key = (address, hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest(), ca_file)
        with self._lock:
            server, count = self._lent.get(key) or (
                Server(address, password, ca_file=ca_file, pool_size=self.pool_size, more=self.more),
                0,
            )
            self._lent[key] = server, count + 1
            return server

    def give_back(self, server: Server) -> None:
        """What was lent isn't used any more by this one."""
        with self._lock:
            for key, (known, count) in self._lent.items():
                if known is server:
                    if count > 1:
                        self._lent[key] = known, count - 1
                        return
                    del self._lent[key]
                    break
            else:
                return
        server.close()


SERVERS: Final = Servers()
